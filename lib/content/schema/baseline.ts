import type { z } from 'zod';
import * as is from './common.ts';
import { detectionTagsG1 } from './detection-g1.ts';

const body = {
  search: is.filledText('The search, in SPL.'),
  how_to_implement: is.text('What must be in place. Markdown.'),
  known_false_positives: is.text('What to be careful of. Markdown.'),
  references: is.references.optional(),
};

const tags = {
  analytic_story: is.texts('Names of the stories it belongs to.').optional(),
  detections: is.texts('Names of the detections that need it.').optional(),
  product: is.filledList(is.text('Product.'), 'Splunk products it is for.'),
  security_domain: is.oneOf(is.domains, 'Domain in Enterprise Security.'),
};

export const baselineG1 = is.object(
  {
    ...is.datedHead,
    ...body,
    type: is.oneOf(['Baseline'], 'Always `Baseline`.'),
    datamodel: is.texts('Data models it reads.').optional(),
    tags: is.object(
      {
        ...tags,
        required_fields: detectionTagsG1.required_fields.optional(),
        asset_type: detectionTagsG1.asset_type.optional(),
        confidence: detectionTagsG1.confidence.optional(),
        impact: detectionTagsG1.impact.optional(),
        risk_score: detectionTagsG1.risk_score.optional(),
        message: detectionTagsG1.message.optional(),
        observable: detectionTagsG1.observable.optional(),
        context: is.texts('Context labels.').optional(),
        kill_chain_phases: is.texts('Phases of the kill chain.').optional(),
      },
      'Annotations.',
    ),
    deployment: is.deployment.optional(),
  },
  'Baseline, security_content generation 1.',
);

export const baselineG2 = is.object(
  {
    ...is.datedHead,
    ...body,
    type: is.oneOf(['Baseline'], 'Always `Baseline`.'),
    status: is.oneOf(['production', 'deprecated', 'removed'], 'Maturity.'),
    tags: is.object(tags, 'Annotations.'),
    deployment: is.deployment.optional(),
  },
  'Baseline, security_content generation 2.',
);

export const baselineG3 = is.object(
  {
    ...is.trackedHead,
    ...body,
    status: is.oneOf(['production', 'experimental', 'deprecated'], 'Maturity.'),
    data_source: is.texts('Data sources.').optional(),
    security_domain: tags.security_domain,
    product: tags.product,
    atomic_guid: is.list(is.uuid('GUID of a test.'), 'Tests of Atomic Red Team.').optional(),
    schedule: is.text('Name of a schedule.').optional(),
    custom_schedule: is.scheduling.optional(),
    tests: is.list(is.openObject({}, 'A test.'), 'Tests.').optional(),
    deprecation_info: is.deprecationInfo.optional(),
  },
  'Baseline, security_content generation 3.',
);

export type BaselineG1 = z.infer<typeof baselineG1>;
export type BaselineG2 = z.infer<typeof baselineG2>;
export type BaselineG3 = z.infer<typeof baselineG3>;
