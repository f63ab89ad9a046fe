import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../text/yaml.ts';
import { RuleSource } from '../rule/source.ts';
import { dataNeededNames, dataNeededOf } from './atomic-threat-coverage.ts';
import { type Log, logsNeeded } from './logs.ts';
import { type RuleScope, ruleScopes } from './scope.ts';

const PAGES = fileURLToPath(new URL('../../../../shared/sigma/atc-pages.ndjson.gz', import.meta.url));

const documentsOf = (text: string) => parseYaml(new RuleSource(text, undefined, false)).documents;
const scopesOf = (text: string): RuleScope[] => ruleScopes(documentsOf(text));

interface Page {
  file: string;
  sigma_yaml: string;
  enrichments: string[];
  data_needed: string[];
}

describe.skipIf(!existsSync(PAGES))('published pages (skipped where they are absent)', () => {
  it('list the same Data Needed', () => {
    const lines = gunzipSync(readFileSync(PAGES)).toString('utf8').trim().split('\n');
    const pages = lines.map((line) => JSON.parse(line) as Page);
    const wrong = pages.filter(({ sigma_yaml, enrichments, data_needed }) => {
      const names = dataNeededNames(scopesOf(sigma_yaml), enrichments);
      return names.join() !== [...data_needed].sort().join();
    });
    expect(wrong.map(({ file }) => file)).toEqual([]);
    expect(pages).toHaveLength(184);
  });
});

const rule = (logsource: string, detection: string) =>
  `title: T\nlogsource: {${logsource}}\ndetection:\n${detection.replace(/^/gm, '  ')}\n  condition: all of them\n`;

describe('scopes of a rule file', () => {
  it('keep event ids by selection, and fields without modifiers', () => {
    const text = rule(
      'product: windows, service: security',
      's:\n  EventID: [4688, 4624]\n  CommandLine|contains|all: [a, b]\nt:\n  - Image|endswith: x\n  - keyword\nkeywords: [a]',
    );
    expect(scopesOf(text)).toEqual([
      {
        logsource: { product: 'windows', service: 'security' },
        byEvent: [{ eventIds: ['4688', '4624'], commandLine: true }],
        fields: ['EventID', 'CommandLine', 'Image'],
      },
    ]);
  });

  it('are one for each document with a log source', () => {
    const text = `action: global\ntitle: T\n---\n${rule('product: windows, service: system', 's: {EventID: 7045}')}---\n${rule('category: process_creation, product: windows', 's: {Image: x}')}---\ntitle: no log source\n`;
    expect(scopesOf(text).map(({ logsource }) => logsource)).toEqual([
      { product: 'windows', service: 'system' },
      { category: 'process_creation', product: 'windows' },
    ]);
  });

  it('are none of a correlation', () => {
    expect(scopesOf('title: T\ncorrelation: {type: event_count}\n')).toEqual([]);
  });
});

describe('names of Atomic Threat Coverage', () => {
  const names = (logsource: string, detection: string) =>
    dataNeededNames(scopesOf(rule(logsource, detection)));

  it('tell 4688 with a command line from 4688 without', () => {
    expect(names('category: process_creation, product: windows', 's: {NewProcessName: x}')).toEqual([
      'DN_0001_4688_windows_process_creation',
      'DN_0002_4688_windows_process_creation_with_commandline',
    ]);
    expect(
      names('product: windows, service: security', 's: {EventID: 4688, CommandLine|contains: x}'),
    ).toEqual(['DN_0002_4688_windows_process_creation_with_commandline']);
  });

  it('are those of its antivirus alerts', () => {
    expect(names('product: antivirus', 's: {Signature|contains: Mimikatz}')).toEqual(['DN_0084_av_alert']);
  });

  it('are empty for a service that it did not know', () => {
    expect(names('product: windows, service: application', 's: {EventID: 524}')).toEqual([]);
    expect(dataNeededOf('Application', ['524'])).toEqual(['DN_0039_524_system_catalog_has_been_deleted']);
  });

  it('add what an enrichment reads', () => {
    const scopes = scopesOf(rule('product: windows, service: sysmon', 's: {EventID: 7}'));
    expect(dataNeededNames(scopes, ['EN_0001_cache_sysmon_event_id_1_info', 'EN_9999'])).toEqual([
      'DN_0003_1_windows_sysmon_process_creation',
      'DN_0011_7_windows_sysmon_image_loaded',
    ]);
  });
});

describe('logs of a catalog', () => {
  const sysmon = 'Microsoft-Windows-Sysmon/Operational';
  const logs: (Log & { name: string })[] = [
    { name: 'sysmon 1', channel: sysmon, eventIds: ['1'], fields: ['Image', 'CommandLine', 'User'] },
    { name: '4688', channel: 'Security', eventIds: ['4688'], fields: ['NewProcessName', 'CommandLine'] },
    { name: '4625', channel: 'Security', eventIds: ['4625'], fields: ['TargetUserName'] },
    { name: 'security', channel: 'Security', eventIds: [], fields: [] },
    { name: 'calls itself security', channel: 'Security', eventIds: [], fields: ['actors{}.name', 'id'] },
    { name: 'sysmon 13', channel: sysmon, eventIds: ['13'], fields: ['TargetObject'] },
    { name: 'linux 1', eventIds: ['1'], fields: ['Image'], sourcetype: 'sysmon:linux' },
    { name: 'cloudtrail', eventIds: [], fields: [], sourcetype: 'aws:cloudtrail' },
    { name: 'CreateUser', eventIds: [], fields: [], sourcetype: 'aws:cloudtrail', separator: 'eventName' },
    { name: 'dns', eventIds: [], fields: [], logsource: { category: 'dns' } },
  ];
  it.each([
    ['category: process_creation, product: windows', 's: {Image: x}', ['sysmon 1', '4688']],
    ['category: process_creation, product: windows', 's: {Image: x, User: y}', ['sysmon 1']],
    ['category: registry_set, product: windows', 's: {TargetObject: x, Details: y}', ['sysmon 13']],
    ['category: file_access, product: windows', 's: {FileName: x}', []],
    ['service: security, product: windows', 's: {EventID: 4625}', ['4625']],
    ['service: security, product: windows', 's: {EventID: 4719}', ['security']],
    ['service: security, product: windows', 's: {TargetUserName: x}', ['4625']],
    ['product: windows', 's: {TargetObject: x}', ['sysmon 13']],
    ['product: windows', 's: [keyword]', []],
    ['category: process_creation, product: linux', 's: {Image: x}', ['linux 1']],
    ['service: cloudtrail, product: aws', 's: {eventName: x}', ['cloudtrail']],
    ['service: signinlogs, product: azure', 's: {a: x}', []],
    ['category: dns', 's: {query: x}', ['dns']],
    ['category: DNS, product: zeek', 's: {query: x}', ['dns']],
  ])('%s with %s', (logsource, detection, wanted) => {
    const found = logsNeeded(scopesOf(rule(logsource, detection)), logs);
    expect(found.map(({ name }) => name)).toEqual(wanted);
  });
});
