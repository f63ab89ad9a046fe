import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare, run } from '../../spl/index.ts';
import { eventsOf } from './events-of-result.ts';
import { withKeyFilters } from './key-filters.ts';

const FIELDS = ['D.a', 'D.b', 'D.c', 'n'];
const word = fc.constantFrom('x', 'X', 'xy', 'yx', '1', '1.0', '2', 'null', 'a b');
const cell = fc.oneof(
  { weight: 8, arbitrary: word },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.array(word, { minLength: 2, maxLength: 3 }) },
);
const row = fc.record(
  { 'D.a': cell, 'D.b': cell, 'D.c': cell, n: cell, _time: fc.integer({ min: 0, max: 9 }) },
  {
    requiredKeys: ['_time'],
  },
);
const name = fc.constantFrom('a', 'b', 'c', 'n', 'd', 'e', 'D.a', 'firstTime', 'count');
const value = fc.constantFrom('x', 'x*', '*y', '1', '2', 'null', '*', 'v1');

const chain = fc.oneof(
  fc.constantFrom(
    'rename D.* AS *',
    'rename a AS b',
    'rename a* AS d*, b AS e',
    'convert ctime(firstTime)',
    'convert num(a) AS n',
    'lookup t k AS a OUTPUT v AS d',
    'lookup t k AS b OUTPUTNEW v AS e',
    'lookup t k AS c OUTPUT v AS a',
    'lookup missing k AS c OUTPUT v AS d',
    'rex field=a "(?<d>x)(?<e>y)?"',
    'fields a b d firstTime',
    'fields - b',
    'head 2',
  ),
  fc.tuple(name, name).map(([to, from]) => `eval ${to}=lower('${from}')."z"`),
  fc
    .tuple(name, name)
    .map(([to, from]) => `eval ${to}=if(isnull('${from}'), "none", '${from}'), e=len('${to}')`),
);
const filter = fc.oneof(
  fc
    .tuple(name, fc.constantFrom('=', '!='), value)
    .map(([field, op, text]) => `search ${field}${op}"${text}"`),
  fc.tuple(name, value, name, value).map(([f, v, g, w]) => `search ${f}="${v}" NOT ${g}="${w}"`),
  fc.tuple(name, value, name).map(([f, v, g]) => `search ${f}="${v}" OR ${g}>1`),
  fc.tuple(name, name).map(([f, g]) => `where len('${f}')>1 AND count>0 AND NOT like('${g}', "y%")`),
  fc.tuple(name, fc.boolean()).map(([field, not]) => `regex ${field}${not ? '!=' : '='}"^[x1]"`),
  fc.constantFrom('search *', 'search index=main a=x', 'search x'),
);
const stages = fc
  .tuple(
    fc.constantFrom('rename D.* AS *', 'search *'),
    fc.array(chain, { maxLength: 3 }),
    filter,
    fc.array(fc.oneof(chain, filter), { maxLength: 3 }),
  )
  .map(([first, before, decisive, after]) => [first, ...before, decisive, ...after].join(' | '));
const grouping = fc
  .tuple(
    fc.constantFrom('tstats', 'tstats fillnull_value=null', 'stats'),
    fc.constantFrom(
      'count',
      'count min(_time) as firstTime',
      'min(_time) as firstTime values(D.a) as a',
      'dc(D.b) as D.d',
    ),
    fc.uniqueArray(fc.constantFrom(...FIELDS, '_time'), { minLength: 1, maxLength: 3 }),
  )
  .map(([command, aggregations, by]) =>
    command === 'stats'
      ? `| stats ${aggregations} by ${by.join(' ')}`
      : `| ${command} ${aggregations} from datamodel=M.D by ${by.join(' ')}`,
  );

const lookups = [
  {
    name: 't',
    rows: [
      { k: 'x', v: 'v1' },
      { k: '1', v: 'v1' },
      { k: '1', v: 'v2' },
    ],
  },
  { name: 'missing', rows: [] },
];

describe('filters on the keys of groups, tried on rows', () => {
  it('change nothing of any result', () => {
    let tried = 0;
    let dropped = 0;
    fc.assert(
      fc.property(grouping, stages, fc.array(row, { minLength: 1, maxLength: 14 }), (group, text, rows) => {
        const plain = prepare(`${group} | ${text}`);
        const filtered = withKeyFilters(plain);
        const options = { lookups, now: 100, trace: 'lineage' as const };
        const before = run(plain, { rows }, options);
        const after = run(filtered, { rows }, options);
        expect(after.error).toEqual(before.error);
        expect(after.rows).toEqual(before.rows);
        expect(after.fields).toEqual(before.fields);
        expect(eventsOf(after)).toEqual(eventsOf(before));
        if (filtered !== plain) tried += 1;
        const own = after.steps.find(({ node }) => node.kind === 'own');
        if (own !== undefined && own.output.size < own.input.size) dropped += 1;
      }),
      { numRuns: 1000, seed: 11 },
    );
    expect(tried).toBeGreaterThan(400);
    expect(dropped).toBeGreaterThan(200);
  });

  it('are those that the keys alone decide', () => {
    const steps = (text: string) => withKeyFilters(prepare(text)).plan.nodes.map(({ kind }) => kind);
    expect(steps('| tstats count from datamodel=M.D by D.a | rename D.* as * | search a=x')).toContain('own');
    expect(steps('| tstats count from datamodel=M.D by D.a | search count>3')).not.toContain('own');
    expect(steps('| tstats count from datamodel=M.D by D.a | head 3 | search D.a=x')).not.toContain('own');
    expect(steps('| tstats count from datamodel=M.D by D.a | search [| makeresults]')).not.toContain('own');
  });
});
