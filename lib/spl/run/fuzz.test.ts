import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { implementedCommands, prepare, run } from '../index.ts';

const word = fc.constantFrom(
  'a',
  'b',
  '*',
  'a*',
  '"x y"',
  '1',
  '-1',
  '0',
  'by',
  'as',
  'AS',
  'OUTPUT',
  'where',
  '=',
  '!=',
  '(',
  ')',
  '[',
  ']',
  ',',
  '|',
  'NOT',
  'OR',
  'IN',
  'count',
  'sum(a)',
  'values(*)',
  'eval(',
  'span=5m',
  'limit=2',
  't',
  'field=a',
  '"(?<q>x)"',
  '$a$',
  '<<FIELD>>',
  '`m`',
  'search',
  'datamodel=Web',
  'AND',
  '<',
  '.',
  '+',
  "'a b'",
  '{}',
  'a{}.b',
);
const stage = fc
  .tuple(fc.constantFrom(...implementedCommands()), fc.array(word, { maxLength: 7 }))
  .map(([command, words]) => `${command} ${words.join(' ')}`);
const row = fc.dictionary(
  fc.constantFrom('a', 'b', 'a b', '_time', '_raw', '__proto__', 'a{}.b'),
  fc.oneof(
    fc.string(),
    fc.double({ noNaN: false }),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.constant(null),
    fc.constant({ k: [1] }),
  ),
  { maxKeys: 5 },
);

describe('a run', () => {
  it('answers with rows or an error on any search, and never with a fault of the engine', () => {
    const faults: string[] = [];
    fc.assert(
      fc.property(
        fc.array(stage, { minLength: 1, maxLength: 4 }),
        fc.array(row, { maxLength: 6 }),
        (stages, rows) => {
          const spl = `| ${stages.join(' | ')}`;
          const result = run(
            prepare(spl),
            { rows },
            {
              now: 0,
              lookups: [{ name: 't', rows: [{ a: '1', b: '2' }] }],
              limits: { rows: 20_000, milliseconds: 5000 },
            },
          );
          JSON.stringify(result.rows);
          if (result.error?.code === 'engine-fault') faults.push(`${spl}: ${result.error.message}`);
        },
      ),
      { numRuns: 1500, seed: 11 },
    );
    expect(faults).toEqual([]);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (spl) => {
        const result = run(prepare(spl), { rows: [{ a: 1 }] }, { now: 0 });
        expect(result.error?.code).not.toBe('engine-fault');
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});
