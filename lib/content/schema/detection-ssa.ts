/** Splunk Behavioral Analytics: SPL2 over streams, generation 1 (to 2022) and generation 2 (to July 2024). */
import { z } from 'zod';
import * as is from './common.ts';
import { detectionTagsG1 } from './detection-g1.ts';

const tags = {
  ...detectionTagsG1,
  asset_type: detectionTagsG1.asset_type.optional(),
  confidence: detectionTagsG1.confidence.optional(),
  impact: detectionTagsG1.impact.optional(),
  risk_score: detectionTagsG1.risk_score.optional(),
  message: detectionTagsG1.message.optional(),
  observable: detectionTagsG1.observable.optional(),
  analytic_story: detectionTagsG1.analytic_story.optional(),
  required_fields: detectionTagsG1.required_fields.optional(),
  context: z.array(z.unknown(), { error: 'a list' }).meta({ description: 'Context labels.' }).optional(),
  risk_severity: is.text('Severity.').optional(),
  dataset: is.texts('Addresses of sample logs.').optional(),
};

export const detectionSsa1 = is.object(
  {
    ...is.datedHead,
    type: is.oneOf(is.detectionTypes, 'Type of analytic.'),
    datamodel: is.texts('Data models it reads.').optional(),
    search: is.filledText('The search, in SPL2.'),
    how_to_implement: is.text('What must be in place. Markdown.'),
    known_false_positives: is.text('What benign activity matches. Markdown.'),
    references: is.references.optional(),
    tags: is.object(tags, 'Annotations.'),
    tests: is.list(is.unitTest(is.attackDataSsa), 'Tests.').optional(),
  },
  'Detection, Behavioral Analytics generation 1.',
);

const mapping = is.object(
  { ocsf: is.text('Field in OCSF.'), cim: is.text('The same in the Common Information Model.') },
  'A field under both names.',
);

const selection = z.looseObject({ condition: is.text('How the selections combine.') }, { error: 'a text' });

export const detectionSsa2 = is.object(
  {
    ...is.datedHead,
    status: is.oneOf(['production', 'experimental', 'deprecated', 'validation'], 'Maturity.'),
    type: is.oneOf(is.detectionTypes, 'Type of analytic.'),
    data_source: is.texts('Data sources.').optional(),
    search: z
      .union([z.string().regex(/\S/), selection], { error: 'a text, or selections with a condition' })
      .meta({ description: 'The search in SPL2, or selections as in Sigma, from which it is generated.' }),
    how_to_implement: is.text('What must be in place. Markdown.'),
    known_false_positives: is.text('What benign activity matches. Markdown.'),
    references: is.references.optional(),
    tags: is.object(
      { ...tags, mappings: is.list(mapping, 'Field names in OCSF and CIM.').optional() },
      'Annotations.',
    ),
    tests: is.list(is.unitTest(is.attackDataSsa), 'Tests.').optional(),
  },
  'Detection, Behavioral Analytics generation 2.',
);

/** What Behavioral Analytics 2 runs: the source with its annotations worked out. */
export const detectionSsa2Compiled = is.object(
  {
    name: is.datedHead.name,
    id: is.datedHead.id,
    version: is.datedHead.version,
    description: is.datedHead.description,
    status: is.text('Maturity.'),
    detection_type: is.text('`STREAMING`.'),
    search: is.filledText('The search, in SPL2.'),
    how_to_implement: is.text('What must be in place. Markdown.'),
    known_false_positives: is.text('What benign activity matches. Markdown.'),
    references: is.references.optional(),
    tags: is.openObject(
      { mappings: is.list(mapping, 'Field names in OCSF and CIM.').optional() },
      'Annotations.',
    ),
    test: is
      .object(
        {
          name: is.text('Name of the tests.'),
          tests: is.list(is.unitTest(is.attackDataSsa), 'Tests.'),
        },
        'Tests.',
      )
      .optional(),
    runtime: is.text('`SPL2`.'),
    internalVersion: is.whole('Version of the format.'),
  },
  'Detection, Behavioral Analytics generation 2, compiled.',
);

export type DetectionSsa1 = z.infer<typeof detectionSsa1>;
export type DetectionSsa2 = z.infer<typeof detectionSsa2>;
export type DetectionSsa2Compiled = z.infer<typeof detectionSsa2Compiled>;
