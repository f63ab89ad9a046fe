/** Splunk security_content, generation 3: from May 2026. */
import type { z } from 'zod';
import * as is from './common.ts';

const entity = {
  field: is.text('Field of the result.'),
  type: is.oneOf(is.riskObjectTypes, 'What the field holds.'),
  score: is.whole('Score it collects.', 0, 100),
};

const test = is.object(
  {
    name: is.text('Name of the test.'),
    test_type: is.oneOf(
      ['unit', 'experimental'],
      '`unit` runs by itself; `experimental` says why it cannot.',
    ),
    attack_data: is.list(is.attackData, 'Logs that the test replays.').optional(),
    expected_results: is.expectedResults,
    description: is.text('What the test shows, or why it cannot run.').optional(),
  },
  'A test: logs, and how many results they give.',
);

export const detectionG3 = is.object(
  {
    ...is.trackedHead,
    status: is.oneOf(['production', 'experimental', 'deprecated'], 'Maturity.'),
    type: is.oneOf(is.detectionTypes, 'Type of analytic.'),
    data_source: is.texts('Data sources: entries are alternatives, `A AND B` needs both.'),
    search: is.filledText('The search, in SPL.'),
    how_to_implement: is.text('What must be in place. Markdown.'),
    known_false_positives: is.text('What benign activity matches. Markdown.'),
    references: is.references.optional(),
    drilldown_searches: is.drilldowns.optional(),
    finding: is
      .object(
        {
          title: is.text('Title of the finding, with `$field$` tokens.'),
          entity: is.object(entity, 'Entity that the finding is about.'),
        },
        'The finding that a result creates.',
      )
      .optional(),
    intermediate_findings: is
      .object(
        {
          entities: is.filledList(
            is.object(
              { ...entity, message: is.text('Message, with `$field$` tokens.') },
              'An entity at risk.',
            ),
            'Entities that collect risk.',
          ),
        },
        'Risk that a result adds.',
      )
      .optional(),
    threat_objects: is
      .list(
        is.object(
          {
            field: is.text('Field of the result.'),
            type: is.oneOf(is.threatObjectTypes, 'What the field holds.'),
          },
          'A part of the threat.',
        ),
        'Parts of the threat.',
      )
      .optional(),
    analytic_story: is.filledList(is.text('Story.'), 'Names of the stories it belongs to.'),
    threat_group: is.texts('Threat groups.').optional(),
    asset_type: is.text('What it protects.').optional(),
    cve: is.list(is.cveId('CVE.'), 'Vulnerabilities it is about.').optional(),
    atomic_guid: is.list(is.uuid('GUID of a test.'), 'Tests of Atomic Red Team.').optional(),
    mitre_attack_id: is.list(is.techniqueId('Technique.'), 'ATT&CK techniques.'),
    product: is.filledList(is.text('Product.'), 'Splunk products it is for.'),
    category: is.text('Domain: application, cloud, endpoint, network, web.'),
    security_domain: is.oneOf(is.domains, 'Domain in Enterprise Security.'),
    baselines: is.texts('Baselines that must run before it.').optional(),
    schedule: is.text('Name of a schedule.').optional(),
    custom_schedule: is.scheduling.optional(),
    tests: is.list(test, 'Tests.').optional(),
    deprecation_info: is.deprecationInfo.optional(),
  },
  'Detection, security_content generation 3.',
);

export type DetectionG3 = z.infer<typeof detectionG3>;

/** Removed content of any kind: the head is checked, the body keeps the shape that it had. */
export const removedContent = is.openObject(
  {
    ...is.trackedHead,
    status: is.oneOf(['removed'], 'Always `removed`.'),
    deprecation_info: is.deprecationInfo,
  },
  'Removed content, security_content generation 3.',
);

export type RemovedContent = z.infer<typeof removedContent>;
