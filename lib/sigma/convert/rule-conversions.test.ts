import { describe, expect, it } from 'vitest';
import { readSigma } from '../rule/read.ts';
import { type RuleConversion, ruleConversions } from './rule-conversions.ts';

const rule = (logsource: string, detection: string): string =>
  `title: A\nlogsource: ${logsource}\ndetection:\n  sel:\n    ${detection}\n  condition: sel\n`;

function conversionsOf(text: string): Map<string, RuleConversion> {
  const found = ruleConversions(readSigma(text), text);
  return new Map(found.map((conversion) => [conversion.key, conversion]));
}

describe('ruleConversions', () => {
  it('gives each of the fifteen forms of today and the seven old ones a query or a reason', () => {
    const found = [
      ...conversionsOf(rule('{product: windows, category: process_creation}', 'Image: x')).values(),
    ];
    expect(found.map(({ key }) => key)).toEqual(
      (
        'splunk savedsearches tstats lucene eql esql kql elastic-rule ppl xdr asim logscale loki sqlite duckdb ' +
        'old-powershell old-es-qs old-xpack-watcher old-graylog old-splunk old-logpoint old-grep'
      ).split(' '),
    );
    for (const { output, reason } of found)
      expect((output === undefined) !== (reason === undefined)).toBe(true);
  });

  it.each([
    ['{product: windows, category: process_creation}', 'sysmon+splunk_windows', 'ecs_windows'],
    ['{product: windows, service: security}', 'splunk_windows', 'ecs_windows'],
    ['{product: linux, category: process_creation}', 'none', 'none'],
    ['{category: proxy}', 'none', 'none'],
  ])('takes the pipeline that fits %s', (logsource, splunk, elastic) => {
    const found = conversionsOf(rule(logsource, 'Image: x'));
    expect(found.get('splunk')?.pipeline).toBe(splunk);
    expect(found.get('esql')?.pipeline).toBe(elastic);
    expect(found.get('tstats')?.pipeline).toBe('splunk_cim');
    expect(found.get('sqlite')?.pipeline).toBe('none');
  });

  it('says why a query language cannot express the rule, and at which line', () => {
    const found = conversionsOf(rule('{product: windows, service: security}', 'EventID: 4624'));
    expect(found.get('tstats')).toMatchObject({
      reason: { code: 'convert-logsource', line: 2, message: expect.stringContaining('windows/security') },
    });
    expect(found.get('splunk')?.output).toContain('EventCode=4624');
  });

  it('prints a query for each document of a file, and a reason for a file without a rule', () => {
    const two = `${rule('{product: linux}', 'a: one')}---\n${rule('{product: linux}', 'a: two')}`;
    expect(conversionsOf(two).get('splunk')?.output).toBe('a="one"\n\na="two"');
    const none = [...conversionsOf('title: A\n').values()];
    expect(none.length).toBe(22);
    expect(none.every(({ reason }) => reason !== undefined && reason.message !== '')).toBe(true);
  });

  it('joins filters of the file and of others, and leaves pipelines out that are not about the rule', () => {
    const named = `name: a\n${rule('{product: linux}', 'a: one')}`;
    const filter = (user: string) =>
      `title: F\nlogsource: {product: linux}\nfilter: {rules: [a], s: {user: ${user}}, condition: not s}\n`;
    const text = `${named}---\n${filter('x')}`;
    const filters = readSigma(filter('y')).documents.filter((one) => one.kind === 'filter');
    const pipeline = (product: string, backends: string[]) =>
      ({
        name: product,
        title: product,
        unmapped: 'keep',
        backends,
        parts: [{ when: { product } }],
      }) as const;
    const pipelines = [pipeline('linux', ['kql', 'eql']), pipeline('windows', ['kql'])];
    const found = ruleConversions(readSigma(text), text, { pipelines, filters });
    expect(found.find(({ key }) => key === 'splunk')?.output).toBe('a="one" NOT user="x" NOT user="y"');
    expect(found.filter(({ own }) => own).map(({ key }) => key)).toEqual(['linux-kql', 'linux-eql']);
    expect(conversionsOf(filter('x')).get('splunk')?.reason?.code).toBe('convert-correlation');
  });
});
