import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainRecord } from '../../events/plain-record.ts';
import { Layouts } from '../../sigma/match/layout.ts';
import { Network } from '../../sigma/match/network.ts';
import { run, tableFromRecords } from '../../spl/index.ts';
import { environmentOf } from '../whole-environment.ts';
import { eventsOf } from './events-of-result.ts';
import { prepareSearch } from './prepare.ts';
import { needsOf } from './search-needs.ts';

const bare = environmentOf({ macros: [], lookups: [] }, () => undefined);
const SSA = '| from read_ssa_enriched_events() | eval';
const OCSF = '$main = from source | eval process_file = process.file | eval';

/** Searches whose conditions are of fields that they make, and whether events can be told from others before. */
const SEARCHES: readonly { text: string; gated: boolean; spl?: true }[] = [
  { text: `${SSA} a=lower(ucast(map_get(input_event, "a"), "string", null)) | where a="one"`, gated: true },
  {
    text: `${SSA} a=map_get(input_event, "a"), b=input_event.b | where like(b, "%o%") AND a IS NOT NULL`,
    gated: true,
  },
  { text: `${SSA} a=ucast(map_get(input_event, "a"), "string", "two") | where a="two"`, gated: false },
  { text: `${SSA} c=1 | where "one" IN (a)`, gated: true },
  { text: `${SSA} c=1 | where a IN ("one", "7.0") OR match_regex(b, /(?i)^T.O|ze/)=true`, gated: true },
  { text: `${SSA} a=input_event.a | where NOT (a="one")`, gated: false },
  { text: `${SSA} a=input_event.a | where a != "one"`, gated: true },
  { text: `${SSA} a=input_event.a | where a > 6`, gated: true },
  { text: `${SSA} a=if(true, input_event.a, input_event.b) | where a="two"`, gated: true },
  { text: `${SSA} a=coalesce(input_event.a, "x") | where a="x"`, gated: false },
  { text: `${SSA} x=input_event.a | rex field=x "(?<y>.)$" | where y="o"`, gated: true },
  { text: `${SSA} x=substr(input_event.a, 2) | rename x as z | where z="ne"`, gated: true },
  { text: `${SSA} x=replace(input_event.a, /n/, "N") | where x="oNe"`, gated: true },
  { text: `${SSA} x=replace(input_event.a, /n/, "N"), b=x | fields b | where b="oNe"`, gated: true },
  {
    text: `${OCSF} name = lower(process_file.name) | where name="one.exe" OR name LIKE "%zero%"`,
    gated: true,
  },
  { text: `${OCSF} name = process.file.name | where match(name, /^tw/)=true`, gated: true },
  { text: `${OCSF} name = process_file.list | where name="one"`, gated: true },
  { text: 'a=* | eval c=lower(a) | where c="one" OR match(b, "^z")', gated: true, spl: true },
  { text: 'sourcetype=s | eval c=a.b | where c="onetwo"', gated: true, spl: true },
  { text: '* | eval a=b | search a=zero', gated: true, spl: true },
  { text: '* | eval _raw=b | search zero', gated: false, spl: true },
  {
    text: `$in = ${SSA.slice(0, -7)} | eval a=input_event.a; $x = | from $in | where a="one"; $y = | from $in | where a="two"; | from $x | union $y | where b != null`,
    gated: true,
  },
  {
    text: `$in = ${SSA.slice(0, -7)} | eval a=input_event.a; $x = | from $in | where a="one"; | from $x | union $in`,
    gated: false,
  },
  {
    text: `$in = ${SSA.slice(0, -7)} | where a="one" | stats count() as n; | from $in | where n > 1`,
    gated: true,
  },
  { text: 'a=one | table a | map search="search b=$a$ | stats count by b"', gated: true, spl: true },
  { text: 'a=one | table a b | appendpipe [ | map search="search c=$b$" ]', gated: true, spl: true },
  { text: 'a=one | table a | map search="search b=\\"$a$\\""', gated: false, spl: true },
  { text: '* | rex field=a mode=sed "s/o/0/" | where a="0ne"', gated: true, spl: true },
];

const word = fc.constantFrom('one', 'One', 'two', 'zero', '7', '7.0', 'one.exe', '');
const value = fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 3 }));
const object = fc
  .record({ name: word, list: fc.array(word, { maxLength: 2 }) }, { requiredKeys: [] })
  .map((file) => JSON.stringify({ file }));
const event = fc.record(
  {
    a: value,
    b: value,
    c: word,
    process: fc.oneof(object, word),
    'process.file.name': word,
    'process_file.name': word,
    'process.file': object.map((text) => text.slice(8, -1)),
    'process_file.list{}': value,
    input_event: fc.constant('{"a": "one", "b": "zero"}'),
    'input_event.a': word,
  },
  { requiredKeys: [] },
);

describe('what a search needs of an event', () => {
  it('is told of conditions on fields that it makes', () => {
    for (const { text, gated, spl } of SEARCHES) {
      const prepared = prepareSearch({ language: spl ? 'spl' : 'spl2', search: text }, bare);
      expect({ text, errors: prepared.diagnostics.filter(({ severity }) => severity === 'error') }).toEqual({
        text,
        errors: [],
      });
      const { events, whole } = needsOf(prepared, bare.dataModels);
      expect({ text, gated: typeof events === 'object' && !whole }).toEqual({ text, gated });
    }
  });

  it('is had by every event that gives a row', () => {
    const asked = SEARCHES.flatMap(({ text, spl }) => {
      const prepared = prepareSearch({ language: spl ? 'spl' : 'spl2', search: text }, bare);
      const { events, whole } = needsOf(prepared, bare.dataModels);
      return typeof events === 'object' && !whole ? [{ text, prepared, events }] : [];
    });
    const network = new Network(asked.map(({ events }) => ({ expression: events, fields: new Map() })));
    const layouts = new Layouts();
    let found = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 6 }), (events) => {
        const records = events.map((fields, at) => plainRecord({ sourcetype: 's', ...fields }, {}, at));
        const table = tableFromRecords(records);
        const picked = records.map((record) => {
          const values: never[] = [];
          return new Set(network.matching(record, layouts.read(record, values), values));
        });
        for (const [at, { text, prepared }] of asked.entries()) {
          const result = run(prepared, { events: table }, { now: 0, trace: 'lineage' });
          expect(result.error).toBeUndefined();
          for (const row of eventsOf(result)) {
            found += 1;
            expect({ text, event: events[row], picked: picked[row]!.has(at) }).toMatchObject({
              picked: true,
            });
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(found).toBeGreaterThan(250);
  });
});
