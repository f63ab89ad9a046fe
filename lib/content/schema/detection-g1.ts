/** Splunk security_content, generation 1: to November 2024. */
import type { z } from 'zod';
import * as is from './common.ts';

const observable = is.object(
  {
    name: is.text('Field of the result.'),
    type: is.text('What the field holds: User, Hostname, Process …'),
    role: is.texts('`Victim` or `Attacker`.').optional(),
  },
  'A field of the result that is at risk or belongs to the threat.',
);

export const detectionTagsG1 = {
  analytic_story: is.texts('Names of the stories it belongs to.'),
  asset_type: is.text('What it protects.'),
  confidence: is.number('Confidence in per cent.'),
  impact: is.number('Impact in per cent.'),
  risk_score: is.number('Confidence × impact / 100.'),
  message: is.text('Message of the risk event, with `$field$` tokens.'),
  observable: is.list(observable, 'Fields that are at risk or belong to the threat.'),
  mitre_attack_id: is.list(is.techniqueId('Technique.'), 'ATT&CK techniques.').optional(),
  product: is.filledList(is.text('Product.'), 'Splunk products it is for.'),
  required_fields: is.texts('Fields that the search needs, kept by hand.'),
  security_domain: is.oneOf(is.domains, 'Domain in Enterprise Security.'),
  cve: is.list(is.cveId('CVE.'), 'Vulnerabilities it is about.').optional(),
  atomic_guid: is.list(is.uuid('GUID of a test.'), 'Tests of Atomic Red Team.').optional(),
  group: is.texts('Threat groups.').optional(),
  manual_test: is.text('Why it is tested by hand.').optional(),
  kill_chain_phases: is.texts('Phases of the kill chain.').optional(),
  nist: is.texts('NIST categories.').optional(),
  cis20: is.texts('CIS controls.').optional(),
};

export const detectionG1 = is.object(
  {
    ...is.datedHead,
    status: is.oneOf(['production', 'experimental', 'deprecated', 'validation'], 'Maturity.'),
    type: is.oneOf(is.detectionTypes, 'Type of analytic.'),
    data_source: is.texts('Data sources: entries are alternatives, `A AND B` needs both.'),
    search: is.filledText('The search, in SPL.'),
    how_to_implement: is.text('What must be in place. Markdown.'),
    known_false_positives: is.text('What benign activity matches. Markdown.'),
    references: is.references,
    drilldown_searches: is.drilldowns.optional(),
    tags: is.object(detectionTagsG1, 'Annotations.'),
    tests: is.list(is.unitTest(is.attackDataG1), 'Tests.').optional(),
    deployment: is.deployment.optional(),
  },
  'Detection, security_content generation 1.',
);

export type DetectionG1 = z.infer<typeof detectionG1>;
