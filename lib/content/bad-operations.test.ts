import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { contentFolder, detectionText, uuid } from './test-folder.ts';

const head = (name: string, id: number) =>
  `name: ${name}\nid: ${uuid(id)}\nversion: 1\ncreation_date: '2026-01-02'\nmodification_date: '2026-01-02'\nauthor: A\ndescription: D\n`;

async function complaints(files: Record<string, string>): Promise<[string, number | undefined, string][]> {
  const catalog = await compile([contentFolder(files)]);
  return catalog.diagnostics.map(({ code, position, message }) => [code, position?.line, message]);
}

describe('kinds that surround detections', () => {
  it('are known by their keys where the folder says nothing', async () => {
    const keys = {
      logging_policy: 'event_volume: low',
      trigger: 'atomic_tests: []',
      enrichment: 'new_fields: []',
      playbook: 'stages: []',
      response_action: 'stage: recovery',
      mitigation: 'mitre_mitigation_id: M1053',
      customer: 'use_cases: []',
    };
    const files = Object.entries(keys).map(([kind, text], index): [string, string] => [
      `other/${kind}.yml`,
      `${head(kind, index + 1)}${text}\n`,
    ]);
    const catalog = await compile([contentFolder(Object.fromEntries(files))]);
    const { loggingPolicies, triggers, enrichments, playbooks, responseActions, mitigations, customers } =
      catalog;
    const found = [
      loggingPolicies,
      triggers,
      enrichments,
      playbooks,
      responseActions,
      mitigations,
      customers,
    ];
    expect(found.map(([object]) => object?.name)).toEqual(Object.keys(keys));
  });

  it.each([
    [
      'logging_policies',
      'initial_state: perhaps',
      'bad-enum',
      '`not configured`, `partially configured`, `configured`',
    ],
    ['logging_policies', 'event_volume: enormous', 'bad-enum', '`low`, `medium`, `high`, `very high`'],
    ['logging_policies', 'configuration: [Restart it.]', 'wrong-type', 'a mapping of keys to values'],
    ['logging_policies', 'configuration:\n  - txt: Restart it.', 'unknown-key', 'did you mean `text`?'],
    ['triggers', 'atomic_tests: [one]', 'bad-format', 'a UUID'],
    ['triggers', 'mitre_attack_id: [T1]', 'bad-format', 'a technique ID'],
    ['enrichments', 'data_sources: Sysmon', 'wrong-type', 'a list'],
    ['response_actions', 'stage: panic', 'bad-enum', '`lessons learned`'],
    ['response_actions', 'category: luck', 'bad-enum', '`identity`'],
    ['playbooks', 'stages:\n  - stage: recovery\n    action: [A]', 'unknown-key', 'did you mean `actions`?'],
    ['playbooks', 'stages: []', 'bad-value', 'a list that is not empty'],
    ['playbooks', 'stages: []\ntlp: WHITE', 'bad-enum', '`CLEAR`'],
    ['mitigations', 'mitre_mitigation_id: T1040', 'bad-format', 'such as `M1040`'],
    ['use_cases', 'detections: []', 'bad-value', 'a list that is not empty'],
    ['customers', 'usecases: [A]', 'unknown-key', 'did you mean `use_cases`?'],
    ['data_needed', 'channel: ""', 'bad-format', 'a text that is not empty'],
  ])('%s with %j is %s', async (folder, text, code, part) => {
    const found = await complaints({ [`${folder}/a.yml`]: `${head('A', 1)}${text}\n` });
    const matching = found.filter(
      ([each, line, message]) => each === code && line! >= 8 && message.includes(part),
    );
    expect(matching, JSON.stringify(found)).toHaveLength(1);
  });

  it('names what nothing in the catalog has, with the place', async () => {
    const found = await complaints({
      'detections/a.yml': detectionText('Known Detection', uuid(1)),
      'triggers/a.yml': `${head('T', 2)}platforms: [Windows]\nmitre_attack_id: [T9999]\natomic_tests: [${uuid(9)}]\ndetections: [Known Detection, Unknown Detection]\n`,
      'mitigations/a.yml': `${head('M', 3)}platforms: [Windows]\nmitre_mitigation_id: M1999\nmitre_attack_id: [T1059]\nconfiguration: []\n`,
      'playbooks/a.yml': `${head('P', 4)}stages:\n  - stage: recovery\n    actions: [Restore]\n`,
      'customers/a.yml': `${head('C', 5)}use_cases: [Nothing]\ndata_sources: [No Log]\n`,
    });
    expect(found.map(([code, line]) => [code, line])).toEqual([
      ['unknown-reference', 8],
      ['unknown-reference', 9],
      ['unknown-mitigation', 9],
      ['unknown-reference', 10],
      ['unknown-technique', 9],
      ['unknown-atomic-test', 10],
      ['unknown-reference', 11],
    ]);
    expect(found[3]?.[2]).toBe('There is no response action `Restore`; add it, or correct the name.');
    expect(found[6]?.[2]).toContain('did you mean `Known Detection`?');
  });

  it('says where a Sigma rule asks for an enrichment that is not there', async () => {
    const rule =
      'title: R\nid: 11111111-0000-4000-8000-000000000099\nlogsource: {product: windows, service: sysmon}\ndetection:\n  s: {EventID: 7}\n  condition: s\nenrichment: [EN_0001_cache_sysmon_event_id_1_info]\n';
    const catalog = await compile([contentFolder({ 'sigma/a.yml': rule })]);
    const found = catalog.diagnostics.filter(({ code }) => code === 'unknown-reference');
    expect(found.map(({ position }) => position?.line)).toEqual([7]);
    expect(catalog.detections[0]?.sigma?.dataNeeded).toEqual([
      'DN_0003_1_windows_sysmon_process_creation',
      'DN_0011_7_windows_sysmon_image_loaded',
    ]);
  });
});
