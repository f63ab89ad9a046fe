/** What listing a Sigma rule needs. The Sigma engine checks the rest, and Sigma allows keys of one's own. */
import type { z } from 'zod';
import * as is from './common.ts';

export const detectionSigma = is.openObject(
  {
    title: is.filledText('Name of the rule.'),
    id: is.uuid('UUID of the rule.').optional(),
    status: is.oneOf(['stable', 'test', 'experimental', 'deprecated', 'unsupported'], 'Maturity.').optional(),
    level: is.oneOf(['informational', 'low', 'medium', 'high', 'critical'], 'Severity.').optional(),
    logsource: is.openObject({}, 'Logs that the rule is for.').optional(),
    detection: is.openObject({}, 'Selections and their condition.').optional(),
    correlation: is.openObject({}, 'How results of other rules combine.').optional(),
    tags: is.texts('Tags, such as `attack.t1059.001`.').optional(),
    falsepositives: is.texts('What benign activity matches.').optional(),
    references: is.texts('Sources.').optional(),
    fields: is.texts('Fields worth showing.').optional(),
    sightline_tests: is.list(is.unitTest(is.attackDataSsa), 'Tests that Sightline runs.').optional(),
  },
  'Sigma rule, as listed.',
);

export type DetectionSigma = z.infer<typeof detectionSigma>;
