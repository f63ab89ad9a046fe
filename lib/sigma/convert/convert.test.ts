import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainRecord } from '../../events/plain-record.ts';
import { prepare, run, tableFromRecords } from '../../spl/index.ts';
import { compileRule } from '../match/compile.ts';
import { SigmaEvent } from '../match/event.ts';
import type { SigmaRule } from '../rule/model.ts';
import { readSigma } from '../rule/read.ts';
import { BACKENDS } from './backends.ts';
import { convert } from './convert.ts';

const ruleOf = (
  detection: string,
  logsource = '{product: windows, category: process_creation}',
): SigmaRule => {
  const text = `title: T\nid: 00000000-0000-0000-0000-000000000001\nlogsource: ${logsource}\ndetection:\n${detection.replace(/^/gm, '  ')}\n`;
  const { documents, diagnostics } = readSigma(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return documents[0] as SigmaRule;
};
const to = (backend: string, detection: string, pipeline = 'none') => {
  const { output, error } = convert(ruleOf(detection), { backend, pipeline });
  return output ?? error!.code;
};

const EVERYTHING = `s:
  Image|endswith: '\\a "b"*c.exe'
  CommandLine|contains: [x y, 'z/']
  EventID: 1
t:
  User: null
f:
  Ip|cidr: 10.0.0.0/8
condition: s and (t or not f)`;

describe('every backend', () => {
  it.each(Object.keys(BACKENDS))('%s', (backend) => {
    expect(to(backend, EVERYTHING)).toMatchSnapshot();
  });

  it.each([
    ['kql', 's: {a|re: x}\ncondition: s', 'convert-regex'],
    ['lucene', 's: {a|re: "(?=x)y"}\ncondition: s', 'convert-regex'],
    ['lucene', 's: {a|fieldref: b}\ncondition: s', 'convert-field-reference'],
    ['eql', 's: [word]\ncondition: s', 'convert-keyword'],
    ['opensearch_ppl', 's: {a|cased: x}\ncondition: s', 'convert-cased'],
    ['duckdb', 's: {a|cidr: "2001:db8::/48"}\ncondition: s', 'convert-cidr'],
    ['loki', 's: {a|minute: 5}\ncondition: s', 'convert-time-part'],
    ['nothing', 's: {a: x}\ncondition: s', 'convert-backend'],
    ['splunk', 's: {a: x}\ncondition: s | count() > 5', 'convert-aggregation'],
    ['splunk', 's: {a: x}\ncondition: s | near s', 'convert-near'],
    ['constructor', 's: {a: x}\ncondition: s', 'convert-backend'],
  ])('%s cannot express %j', (backend, detection, code) => {
    const { error, output } = convert(ruleOf(detection), { backend, pipeline: 'none' });
    expect(output).toBeUndefined();
    expect(error).toMatchObject({ code, severity: 'error' });
    if (code !== 'convert-backend') expect(error!.range!.end).toBeGreaterThan(0);
  });
});

describe('searches without a field', () => {
  const mixed = 's: {a: x}\nk: [one two, three]\ncondition: s or not k';
  it.each([
    ['esql', 'where to_lower(a) == "x" or not qstr("*one\\\\ two* OR *three*")'],
    ['opensearch_ppl', 'where LOWER(a)="x" OR NOT QUERY_STRING([\'*\'], "*one\\\\ two* OR *three*")'],
    ['loki', 'a=~`(?is)^x$` or (answer_1!=`yes` and answer_2!=`yes`)'],
  ])('%s', (backend, end) => expect(to(backend, mixed)).toContain(end));

  it('stand in no other function of ES|QL', () => {
    const rule = 's: {a: x}\nk: [word]\ncondition: not (s and k)';
    expect(to('esql', rule)).toMatch(
      /where not coalesce\(to_lower\(a\) == "x", false\) or not qstr\("\*word\*"\)$/,
    );
  });
});

describe('what a negation keeps', () => {
  it('events without the field, in OpenSearch PPL', () => {
    const rule = 's: {a: x}\nf: {b: y, c: z}\ng: {d: null}\ncondition: s and not f and not g';
    expect(to('opensearch_ppl', rule)).toMatch(
      /where LOWER\(a\)="x" AND \(ISNULL\(b\) OR NOT LOWER\(b\)="y" OR ISNULL\(c\) OR NOT LOWER\(c\)="z"\) AND ISNOTNULL\(d\)$/,
    );
  });
});

describe('regular expressions of Lucene', () => {
  it.each([
    ['(^|/)\\.x', '(.*(/))?\\.x.*'],
    ['a(?:\\s|$)', '.*a(([ \\t\\n\\r\\f]).*)?'],
    ['^a|b$', '(a|b)'],
  ])('%s', (source, expected) => {
    expect(to('lucene', `s: {a|re: '${source}'}\ncondition: s`)).toBe(
      `a:/${expected.replaceAll('/', '\\/')}/`,
    );
  });
});

describe('networks as texts', () => {
  it.each([
    ['2620:83:8000::/48', "a ILIKE '2620:83:8000:%' ESCAPE '\\'"],
    [
      'fe80::/10',
      "a ILIKE 'fe8%' ESCAPE '\\' OR a ILIKE 'fe9%' ESCAPE '\\' OR a ILIKE 'fea%' ESCAPE '\\' OR a ILIKE 'feb%' ESCAPE '\\'",
    ],
  ])('%s', (network, expected) =>
    expect(to('duckdb', `s: {a|cidr: '${network}'}\ncondition: s`)).toContain(expected),
  );
});

describe('pipelines', () => {
  const detection = "s: {Image|endswith: '\\x.exe', Hashes|contains: MD5=abc}\ncondition: s";
  it.each([
    ['lucene', 'ecs_windows', 'process.executable:*\\\\x.exe AND winlog.event_data.Hashes:*MD5\\=abc*'],
    [
      'kusto',
      'microsoft_xdr',
      'DeviceProcessEvents\n| where FolderPath endswith "\\\\x.exe" and MD5 startswith "abc"',
    ],
    ['splunk', 'splunk_cim', 'convert-field-unmapped'],
  ])('%s with %s', (backend, pipeline, expected) => expect(to(backend, detection, pipeline)).toBe(expected));

  it.each(['microsoft_xdr', 'sentinel_asim'])('%s writes root keys out', (pipeline) => {
    const rule = ruleOf(
      "s: {TargetObject|startswith: 'hklm\\Software\\x'}\ncondition: s",
      '{product: windows, category: registry_set}',
    );
    expect(convert(rule, { backend: 'kusto', pipeline }).output).toContain(
      'RegistryKey startswith "HKEY_LOCAL_MACHINE\\\\Software\\\\x"',
    );
  });

  it('say a direction as Sentinel does', () => {
    const rule = ruleOf(
      "s: {Initiated: 'true'}\ncondition: s",
      '{product: windows, category: network_connection}',
    );
    expect(convert(rule, { backend: 'kusto', pipeline: 'sentinel_asim' }).output).toContain(
      'NetworkDirection =~ "Outbound"',
    );
  });

  it('refuse a log source without a table', () => {
    const rule = ruleOf('s: {a: x}\ncondition: s', '{product: linux, service: cron}');
    expect(convert(rule, { backend: 'kusto' }).error).toMatchObject({ code: 'convert-logsource' });
  });

  it('can be given', () => {
    const pipelines = [
      { name: 'own', title: 'Own', unmapped: 'keep' as const, parts: [{ fields: { a: 'b' } }] },
    ];
    const rule = ruleOf('s: {a: x}\ncondition: s');
    expect(convert(rule, { backend: 'splunk', pipeline: 'own', pipelines }).output).toBe('b="x"');
  });
});

describe('random rules', () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'b', '\\', '"', "'", '%', '_', '.', ' '),
    maxLength: 4,
  });
  const wild = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\', '.'), maxLength: 4 });
  const value = fc.oneof(word, wild, fc.constantFrom(null, 5));
  const key = fc.constantFrom(
    'a',
    'b',
    'a|contains',
    'b|startswith',
    'a|endswith',
    'b|contains|all',
    'a|re|i',
  );
  const item = fc
    .tuple(key, fc.array(value, { minLength: 1, maxLength: 3 }))
    .map(([name, values]): [string, unknown] => {
      const usable = name.includes('|') ? values.map((one) => String(one ?? 'x')) : values;
      // Any text of letters is a regular expression.
      return [name, name.includes('re') ? usable.map((one) => String(one).replace(/[^ab.]/g, '.')) : usable];
    });
  const search = fc.array(item, { minLength: 1, maxLength: 2 }).map((items) => Object.fromEntries(items));
  const condition = fc.constantFrom(
    's',
    'not s',
    's and t',
    's or not t',
    'not (s and not t)',
    '1 of them',
    's and not 1 of t*',
  );
  const event = fc.record({ a: fc.option(word, { nil: undefined }), b: fc.option(word, { nil: undefined }) });

  it('select the same events by matching, by Splunk and by DuckDB', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run('CREATE TABLE events (number INTEGER, a VARCHAR, b VARCHAR)');
    const property = fc.asyncProperty(
      search,
      search,
      condition,
      fc.array(event, { minLength: 1, maxLength: 6 }),
      async (s, t, line, rows) => {
        const text = JSON.stringify({
          title: 'T',
          logsource: { product: 'x' },
          detection: { s, t, condition: line },
        });
        const rule = readSigma(text).documents[0] as SigmaRule;
        const compiled = compileRule(rule);
        if (!('matches' in compiled)) throw new Error(compiled.message);
        const records = rows.map((row, number) =>
          plainRecord({ ...row, number, _raw: 'x', _time: number }, {}, number),
        );
        const wanted = records.flatMap((record, at) =>
          compiled.matches(new SigmaEvent(record)) ? [at] : [],
        );

        const splunk = convert(rule, { backend: 'splunk', pipeline: 'none' }).output!;
        const result = run(prepare(`search ${splunk} | table number`), { events: tableFromRecords(records) });
        expect(result.error, splunk).toBeUndefined();
        const found = result.rows.map((row) => Number(row.number)).sort((x, y) => x - y);
        expect(found, splunk).toEqual(wanted);

        const sql = convert(rule, { backend: 'duckdb' }).output!;
        await connection.run('DELETE FROM events');
        const quoted = (one: string | undefined) =>
          one === undefined ? 'NULL' : `'${one.replaceAll("'", "''")}'`;
        await connection.run(
          `INSERT INTO events VALUES ${rows.map((row, at) => `(${at}, ${quoted(row.a)}, ${quoted(row.b)})`).join(', ')}`,
        );
        const reader = await connection.runAndReadAll(`${sql.replace('*', 'number')} ORDER BY number`);
        expect(
          reader.getRows().map(([number]) => Number(number)),
          sql,
        ).toEqual(wanted);
      },
    );
    await fc.assert(property, { numRuns: 300 });
    connection.closeSync();
  });
});
