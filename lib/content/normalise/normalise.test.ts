import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../text/yaml.ts';
import { SourceFile } from '../read/source-file.ts';
import { readDataSource } from './data-source.ts';
import { isUndocumented } from './false-positives.ts';
import { Fields } from './fields.ts';
import { platformOf } from './platform.ts';
import { recognise } from './recognise.ts';
import { riskOfFindings, riskOfObservables, scoreOf, severityOf } from './risk.ts';
import { techniqueUses } from './techniques.ts';

function fields(text: string, path = 'a.yml'): Fields {
  const file = new SourceFile(0, path, text);
  const [document] = parseYaml(file).documents;
  expect(document?.kind).toBe('mapping');
  return new Fields(document as Fields['node'], file);
}

describe('Fields', () => {
  it('coerces by what the field means', () => {
    const read = fields(
      'n: "5"\nm: five\nt: "True"\nf: no\nd: 2023/2/1\ne: 2024-05-01T10:00:00Z\nbad: 1 May\nl: one\nc: WILDCARD(a), CIDR(b,c)\nempty:\n',
    );
    expect([read.number('n'), read.number('m'), read.flag('t'), read.flag('f'), read.flag('m')]).toEqual([
      5,
      undefined,
      true,
      false,
      undefined,
    ]);
    expect([read.date('d'), read.date('e'), read.date('bad')]).toEqual([
      '2023-02-01',
      '2024-05-01',
      undefined,
    ]);
    expect([read.texts('l'), read.commaTexts('c'), read.texts('empty')]).toEqual([
      ['one'],
      ['WILDCARD(a)', 'CIDR(b,c)'],
      [],
    ]);
  });

  it('looks under tags for what the root does not have', () => {
    const read = fields('a: root\ntags:\n  a: tag\n  b: tag\n').hoisting('tags');
    expect([read.text('a'), read.text('b'), read.text('c'), read.text('c', 'b')]).toEqual([
      'root',
      'tag',
      undefined,
      'tag',
    ]);
  });
});

describe('recognise', () => {
  const shape = (text: string, path: string) => {
    const { node } = fields(text, path);
    const found = recognise(path, node);
    return (
      found &&
      ('shape' in found
        ? found.shape
        : 'generation' in found
          ? `${found.kind} ${found.generation}`
          : found.kind)
    );
  };
  it.each([
    ['detections/a.yml', 'search: x\ndate: 2024-01-01\ntags: {risk_score: 1}\n', 'g1'],
    ['detections/a.yml', 'search: x\ndate: 2024-01-01\nrba: {message: x}\ntags: {}\n', 'g2'],
    ['detections/a.yml', 'search: x\ndate: 2024-01-01\ntags: {product: [x]}\n', 'g2'],
    ['detections/a.yml', 'search: x\ncreation_date: 2024-01-01\n', 'g3'],
    ['removed/a.yml', 'search: x\ncreation_date: 2024-01-01\nrba: {}\ntags: {}\nstatus: removed\n', 'g3'],
    ['a.yml', 'search: x\ndate: 2024-01-01\nrba: {message: x}\n', 'g2'],
    ['detections/a.yml', 'search: "| from read_ssa_enriched_events() | eval a=1"\ntags: {}\n', 'ssa1'],
    ['x/a.yml', 'search: "$main = from source"\nstatus: production\ntags: {}\n', 'ssa2'],
    ['dev_ssa/a.yml', 'search: {a: {b: c}, condition: a}\nstatus: production\n', 'ssa2'],
    ['detections/a.yml', 'title: x\nlogsource: {}\ndetection: {}\n', 'sigma'],
    ['rules/a.yml', 'title: x\ncorrelation: {}\n', 'sigma'],
    ['detections/a.yml', 'search: x\ntype: Baseline\n', 'baseline 1'],
    ['a.yml', 'name: x\nnarrative: y\ndate: 2024-01-01\n', 'story 1'],
    ['a.yml', 'name: x\ndefinition: y\ncreation_date: 2024-01-01\n', 'macro 3'],
    ['a.yml', 'name: x\nlookup_type: csv\n', 'lookup 2'],
    ['a.yml', 'name: x\nsource: a\nsourcetype: b\n', 'data_source 1'],
    ['schedules/a.yml', 'name: x\ncreation_date: 2024-01-01\n', 'deployment 3'],
    ['tests/a.test.yml', 'name: x\ntests: []\n', 'tests'],
    ['removed/deprecation_mapping.YML', 'detections: []\n', 'deprecations'],
    ['addresses.yml', 'a: b\n', 'addresses'],
    ['contentctl.yml', 'app: x\n', undefined],
  ])('%s: %s', (path, text, expected) => {
    expect(shape(text, path)).toBe(expected);
  });
});

describe('risk', () => {
  it('reads observables by the first rule that fits', () => {
    const observable = (name: string, type: string, role: string) =>
      `- {name: ${name}, type: ${type}, role: [${role}]}\n`;
    const risk = riskOfObservables(
      fields(
        `message: m\nrisk_score: 64\nimpact: 80\nconfidence: 80\nobservable:\n${[
          observable('u', 'User', 'Victim'),
          observable('m', 'Email Address', 'Victim'),
          observable('h', 'Endpoint', 'Victim'),
          observable('p', 'Process Name', 'Attacker'),
          observable('f', 'File Hash', 'Attacker'),
          observable('i', 'IP Address', 'Attacker'),
          observable('l', 'URL String', 'Attacker'),
          observable('x', 'Hostname', 'Attacker'),
          observable('o', 'Process', 'Victim'),
          observable('c', 'Process', 'Child Process'),
        ].join('')}`,
      ),
    );
    expect(risk?.entities.map(({ field, type, score }) => `${field} ${type} ${score}`)).toEqual([
      'u user 64',
      'm user 64',
      'h system 64',
      'o other 64',
      'c other 64',
    ]);
    expect(risk?.threatObjects.map(({ field, type }) => `${field} ${type}`)).toEqual([
      'p process',
      'f file_name',
      'i ip_address',
      'l url',
      'x hostname',
    ]);
    expect(risk?.formula).toEqual({ score: 64, impact: 80, confidence: 80 });
  });

  it('puts scores into bands, upper ends included', () => {
    expect([1, 20, 21, 40, 41, 60, 61, 80, 81, 100].map(severityOf)).toEqual([
      'informational',
      'informational',
      'low',
      'low',
      'medium',
      'medium',
      'high',
      'high',
      'critical',
      'critical',
    ]);
  });

  it('takes the 0 of a correlation as no score', () => {
    const risk = riskOfFindings(
      fields('finding: {title: t, entity: {field: risk_object, type: system, score: 0}}\n'),
    );
    expect(risk?.entities).toEqual([{ field: 'risk_object', type: 'system', score: 0, primary: true }]);
    expect(scoreOf(risk)).toBeUndefined();
  });
});

describe('a data source by channel and event id', () => {
  it.each([
    [
      'name: A\nsource: XmlWinEventLog:Security\nseparator: EventCode\nseparator_value: 4688',
      'Security',
      ['4688'],
    ],
    [
      'name: Windows Event Log Security 4688\nsource: XmlWinEventLog:Security\nseparator: EventCode',
      'Security',
      ['4688'],
    ],
    ['name: Script Block Logging 4104\nsource: WinEventLog:P/Operational', 'P/Operational', ['4104']],
    ['name: Windows Security\nsource: XmlWinEventLog:Security', 'Security', []],
    [
      'name: Calls 2024\nsource: aws_cloudtrail\nseparator: eventName\nseparator_value: CreateUser',
      undefined,
      [],
    ],
    ['name: B\nchannel: audit.log\nevent_ids: [1300, 1309]', 'audit.log', ['1300', '1309']],
  ])('%j', (text, channel, eventIds) => {
    const source = readDataSource(fields(text));
    expect([source.channel, source.eventIds]).toEqual([channel, eventIds]);
  });

  it('knows the branch of the event viewer and the names of Atomic Threat Coverage', () => {
    const sysmon = readDataSource(
      fields(
        'name: Sysmon EventID 1\nsource: XmlWinEventLog:Microsoft-Windows-Sysmon/Operational\nseparator: EventID',
      ),
    );
    expect(sysmon).toMatchObject({
      platform: 'Windows',
      logType: 'Applications and Services Logs',
      dataNeededNames: ['DN_0003_1_windows_sysmon_process_creation'],
    });
  });
});

describe('small derivations', () => {
  it.each([
    '',
    'Unknown',
    'None.',
    'none identified',
    'None at this time',
    'N/A',
    'No false positives known. Filter as needed.',
  ])('takes %j as undocumented', (text) => {
    expect(isUndocumented(text)).toBe(true);
  });

  it.each(['Backup software', 'Unknown, possible custom scripting', 'Unlikely', 'Filter out your scanners.'])(
    'takes %j as documented',
    (text) => {
      expect(isUndocumented(text)).toBe(false);
    },
  );

  it('puts a parent before its sub-techniques, adds it where it is left out, and keeps an unknown ID', () => {
    const uses = techniqueUses(['T1003.001', 't1059', 'T1059.001', 'T1002', 'T9999', 'T1059']);
    expect(uses.map(({ id, implied, successor }) => [id, implied, successor])).toEqual([
      ['T1003', true, undefined],
      ['T1003.001', false, undefined],
      ['T1059', false, undefined],
      ['T1059.001', false, undefined],
      ['T1002', false, 'T1560'],
      ['T9999', false, undefined],
    ]);
  });

  it.each([
    ['Sysmon for Linux EventID 1', 'Linux'],
    ['Sysmon EventID 1', 'Windows'],
    ['AWS CloudTrail GetObject', 'AWS'],
    ['Azure Active Directory Sign-in activity', 'Azure'],
    ['O365 UserLoggedIn', 'Microsoft 365'],
    ['Google Workspace login_failure', 'Google Workspace'],
    ['Kubernetes Audit', 'Kubernetes'],
    ['CrowdStrike ProcessRollup2', 'Endpoint agent'],
    ['Palo Alto Network Threat', 'Network'],
    ['Something Else', undefined],
  ])('knows the platform of %s', (name, platform) => {
    expect(platformOf(name)).toBe(platform);
  });
});
