/** Splunk security_content, generation 2 (contentctl 5): November 2024 to May 2026. */
import type { z } from 'zod';
import * as is from './common.ts';

export const riskBasedAlerting = is.object(
  {
    message: is.text('Message of the risk event, with `$field$` tokens.'),
    risk_objects: is.filledList(
      is.object(
        {
          field: is.text('Field of the result.'),
          type: is.oneOf(is.riskObjectTypes, 'What the field holds.'),
          score: is.whole('Score it collects.', 0, 100),
        },
        'An entity that collects risk.',
      ),
      'Entities that collect risk.',
    ),
    threat_objects: is.list(
      is.object(
        {
          field: is.text('Field of the result.'),
          type: is.oneOf(is.threatObjectTypes, 'What the field holds.'),
        },
        'A part of the threat.',
      ),
      'Parts of the threat.',
    ),
  },
  'Risk that a result adds.',
);

export const detectionG2 = is.object(
  {
    ...is.datedHead,
    status: is.oneOf(['production', 'experimental', 'deprecated', 'removed'], 'Maturity.'),
    type: is.oneOf(is.detectionTypes, 'Type of analytic.'),
    data_source: is.texts('Data sources: entries are alternatives, `A AND B` needs both.').optional(),
    search: is.filledText('The search, in SPL.'),
    how_to_implement: is.text('What must be in place. Markdown.'),
    known_false_positives: is.text('What benign activity matches. Markdown.'),
    explanation: is.text('What the search does, step by step. Markdown.').optional(),
    references: is.references.optional(),
    drilldown_searches: is.drilldowns.optional(),
    rba: riskBasedAlerting.optional(),
    enabled_by_default: is.flag('Whether it is switched on when installed.').optional(),
    deployment: is.deployment.optional(),
    tags: is.object(
      {
        analytic_story: is.texts('Names of the stories it belongs to.'),
        asset_type: is.text('What it protects.'),
        group: is.texts('Threat groups.').optional(),
        mitre_attack_id: is.list(is.techniqueId('Technique.'), 'ATT&CK techniques.').optional(),
        product: is.filledList(is.text('Product.'), 'Splunk products it is for.'),
        security_domain: is.oneOf(is.domains, 'Domain in Enterprise Security.'),
        cve: is.list(is.cveId('CVE.'), 'Vulnerabilities it is about.').optional(),
        atomic_guid: is.list(is.uuid('GUID of a test.'), 'Tests of Atomic Red Team.').optional(),
        manual_test: is.text('Why it is tested by hand.').optional(),
        throttling: is
          .object(
            {
              fields: is.filledList(is.text('Field.'), 'Results with the same values are one.'),
              period: is.text('How long, such as `1h`.'),
            },
            'Which repeated results are left out.',
          )
          .optional(),
      },
      'Annotations.',
    ),
    tests: is.list(is.unitTest(is.attackData), 'Tests.').optional(),
  },
  'Detection, security_content generation 2.',
);

export type DetectionG2 = z.infer<typeof detectionG2>;
