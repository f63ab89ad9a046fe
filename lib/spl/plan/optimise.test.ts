import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare, run, Table } from '../index.ts';

const FIELDS = ['a', 'b', 'c', 'n'];
const field = fc.constantFrom(...FIELDS);
const word = fc.constantFrom('x', 'X', 'xy', 'yx', '1', '2', '10', '1.0', 'a b', '');
const pattern = fc.constantFrom('x', 'x*', '*y', '*x*', 'xy', '1', '1*', '*', '10', '2');

const row = fc.dictionary(
  fc.constantFrom(...FIELDS, '_time'),
  fc.oneof(word, fc.integer({ min: 0, max: 12 }), fc.array(word, { minLength: 2, maxLength: 3 })),
  { maxKeys: 5 },
);

const searchLeaf = fc.oneof(
  fc.tuple(field, fc.constantFrom('=', '!='), pattern).map(([name, op, value]) => `${name}${op}"${value}"`),
  fc
    .tuple(field, fc.constantFrom('<', '>=', '>'), fc.integer({ min: 0, max: 11 }))
    .map((parts) => parts.join('')),
  fc
    .tuple(field, fc.array(pattern, { minLength: 1, maxLength: 3 }))
    .map(([name, list]) => `${name} IN (${list.map((value) => `"${value}"`).join(', ')})`),
  fc.constantFrom('x', '"a b"', '*x*'),
);
const { search } = fc.letrec<{ search: string }>((tie) => ({
  search: fc.oneof(
    { depthSize: 'small' },
    searchLeaf,
    fc.tuple(tie('search'), tie('search')).map(([left, right]) => `(${left} ${right})`),
    fc.tuple(tie('search'), tie('search')).map(([left, right]) => `(${left} OR ${right})`),
    tie('search').map((inner) => `NOT (${inner})`),
  ),
}));

const whereLeaf = fc.oneof(
  fc
    .tuple(field, fc.constantFrom('=', '!=', '<', '>'), fc.constantFrom('"x"', '1', '"10"', 'b'))
    .map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('isnull', 'isnotnull'), field).map(([name, arg]) => `${name}(${arg})`),
  fc.tuple(field, fc.constantFrom('x%', '%y')).map(([name, like]) => `like(${name}, "${like}")`),
);
const { where } = fc.letrec<{ where: string }>((tie) => ({
  where: fc.oneof(
    { depthSize: 'small' },
    whereLeaf,
    fc
      .tuple(tie('where'), fc.constantFrom('AND', 'OR'), tie('where'))
      .map(([left, op, right]) => `(${left} ${op} ${right})`),
    tie('where').map((inner) => `NOT (${inner})`),
  ),
}));

const stage = fc.oneof(
  search.map((text) => `search ${text}`),
  where.map((text) => `where ${text}`),
  fc.tuple(field, field).map(([to, from]) => `eval ${to}=lower(${from})."z"`),
  fc.tuple(field, field).map(([to, from]) => `eval ${to}=if(isnull(${from}), "none", ${from})`),
  fc.tuple(field, field).map(([to, from]) => `eval ${to}=${from}+1, d=${to}`),
  field.map((name) => `rex field=${name} "(?<d>x)(?<c>y)?"`),
  field.map((name) => `rex field=${name} mode=sed "s/x/q/g"`),
  field.map((name) => `makemv delim=" " ${name}`),
  field.map((name) => `bin span=5 ${name}`),
  fc.tuple(field, field).map(([from, to]) => `rename ${from} AS ${to}`),
  field.map((name) => `fillnull value=0 ${name}`),
  field.map((name) => `stats count values(a) AS a by ${name}`),
  field.map((name) => `eventstats max(n) AS d by ${name}`),
  field.map((name) => `dedup ${name}`),
  field.map((name) => `mvexpand ${name}`),
  field.map((name) => `sort - ${name}`),
  fc.constantFrom(
    'head 3',
    'streamstats count AS d',
    'lookup t a OUTPUT v AS c',
    'strcat a b d',
    'table a c n',
    'fields - b',
    'convert num(n) AS n',
  ),
);

const LOOKUPS = [
  {
    name: 't',
    rows: [
      { a: 'x', v: '1' },
      { a: '1', v: 'xy' },
      { a: '1', v: '2' },
    ],
  },
];

describe('an optimised plan', () => {
  it('gives the rows of the plain plan on any search and any events', () => {
    let ran = 0;
    fc.assert(
      fc.property(
        fc.array(stage, { minLength: 1, maxLength: 5 }),
        fc.array(row, { maxLength: 12 }),
        fc.boolean(),
        (stages, rows, asEvents) => {
          const prepared = prepare(`| ${stages.join(' | ')}`);
          const input = asEvents ? { events: Table.fromRows(rows) } : { rows };
          const options = { lookups: LOOKUPS, now: 100 };
          const plain = run(prepared, input, { ...options, optimise: false });
          const better = run(prepared, input, options);
          expect(better.error).toEqual(plain.error);
          expect(better.rows).toEqual(plain.rows);
          expect(better.fields).toEqual(plain.fields);
          if (plain.error === undefined) ran += 1;
        },
      ),
      { numRuns: 600, seed: 7 },
    );
    // The generators must make searches that run, not only searches that are refused alike.
    expect(ran).toBeGreaterThan(500);
  });

  it('moves filters and puts neighbours together', () => {
    const prepared = prepare('a=1 | eval b=lower(c) | rex field=c "(?<d>x)" | where n>1 | search b=2');
    expect(prepared.plain.nodes.map((node) => node.kind)).toEqual([
      'source',
      'filter',
      'newest-first',
      'command',
      'command',
      'filter',
      'filter',
    ]);
    expect(prepared.plan.nodes.map((node) => node.kind)).toEqual([
      'source',
      'filter',
      'newest-first',
      'command',
      'filter',
      'command',
    ]);
  });
});
