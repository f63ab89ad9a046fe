import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatsStage } from '../../syntax/ast.ts';
import { parse } from '../../syntax/index.ts';
import { COMPAT_DEFAULTS } from '../value/compat.ts';
import { fromList, type Scalar, type Stored, toText, type Value } from '../value/value.ts';
import type { Accumulator } from './accumulator.ts';
import { AGGREGATION_DOCS } from './aggregations.docs.ts';
import { AGGREGATIONS, findAggregation } from './registry.ts';

interface Row {
  value: Value;
  time: number | null;
}

function make(name: string): Accumulator {
  const { entry, parameter } = findAggregation(name)!;
  return entry.create({ compat: COMPAT_DEFAULTS, ...(parameter !== undefined && { parameter }) });
}

function feed(accumulator: Accumulator, rows: readonly Row[], from = 0): Accumulator {
  for (const [i, row] of rows.entries()) accumulator.add(row.value, row.time, from + i);
  return accumulator;
}

function over(name: string, ...values: Value[]): Stored {
  return feed(
    make(name),
    values.map((value, i) => ({ value, time: i })),
  ).result();
}

describe('aggregations', () => {
  it('count rows, values and true conditions', () => {
    expect([over('count', 'a', null, ['b', 'c']), over('count', true, false, true), over('count')]).toEqual([
      3, 2, 0,
    ]);
  });

  it('tell distinct values apart by their text', () => {
    expect(over('dc', 1, '1', '1.0', ['a', 'b'])).toBe(4);
    expect(over('values', '9', '10', 'b', ['a', 'b'])).toEqual(['10', '9', 'a', 'b']);
    expect(over('values')).toBeNull();
  });

  it('leave out what is no number', () => {
    expect([over('sum', '1', 'x', 2), over('avg', '1', 'x', 2), over('sum', 'x'), over('stdev', 5)]).toEqual([
      3,
      1.5,
      null,
      0,
    ]);
    const strict = findAggregation('sum')!.entry.create({ compat: COMPAT_DEFAULTS, allNumbers: true });
    strict.add('1', null, 0);
    strict.add('x', null, 1);
    expect(strict.result()).toBeNull();
  });

  it('order numbers before texts', () => {
    expect([
      over('min', '9', '10'),
      over('max', '9', '10'),
      over('min', 'a', '10'),
      over('max', 'a', '10'),
    ]).toEqual(['9', '10', '10', 'a']);
  });

  it('take the first hundred values of list', () => {
    const values = Array.from({ length: 150 }, (_, i) => String(i));
    expect(over('list', ...values)).toHaveLength(100);
  });

  it('interpolate percentiles', () => {
    const values = Array.from({ length: 10 }, (_, i) => i + 1);
    expect([
      over('p50', ...values),
      over('perc95', ...values),
      over('median', 1, 2, 3, 4),
      over('perc99.9', 1),
    ]).toEqual([5.5, 9.55, 2.5, 1]);
    const nearest = findAggregation('perc95')!.entry.create({
      compat: { ...COMPAT_DEFAULTS, percentileMethod: 'nearest-rank' },
      parameter: 50,
    });
    for (const value of values) nearest.add(value, null, 0);
    expect(nearest.result()).toBe(6);
  });

  it('follow input order or time', () => {
    const rows: Row[] = [
      { value: 'b', time: 20 },
      { value: 'a', time: 10 },
      { value: 'c', time: 30 },
      { value: null, time: 5 },
    ];
    const answers = ['first', 'last', 'earliest', 'latest', 'earliest_time', 'latest_time'].map((name) =>
      feed(make(name), rows).result(),
    );
    expect(answers).toEqual(['b', 'c', 'a', 'c', 10, 30]);
    expect(
      feed(make('rate'), [
        { value: 10, time: 0 },
        { value: 40, time: 60 },
      ]).result(),
    ).toBe(0.5);
  });

  it('know their names in any case, and only those', () => {
    expect([findAggregation('Values'), findAggregation('P95')?.parameter]).toEqual([expect.anything(), 95]);
    expect([findAggregation('nope'), findAggregation('sum5'), findAggregation('constructor')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('documented examples', () => {
  it('exist for every aggregation', () => {
    expect(Object.keys(AGGREGATION_DOCS)).toEqual(Object.keys(AGGREGATIONS));
  });

  it.each(Object.values(AGGREGATION_DOCS))('$usage', ({ example }) => {
    expect(over(example.func, ...example.values)).toEqual(example.expected);
  });
});

const value = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -50, max: 50 }),
  fc.constantFrom('a', 'b', '1', '2.0', 'x y'),
  fc.array(fc.constantFrom('a', 'b', '7'), { minLength: 2, maxLength: 3 }),
);
const rows = fc.array(
  fc.record({ value, time: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 5 })) }),
  { maxLength: 30 },
);
const names = [...Object.keys(AGGREGATIONS), 'perc90'];

describe('properties', () => {
  it('merging parts gives what one pass gives', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), rows, fc.nat(30), (name, all, cut) => {
        const whole = feed(make(name), all).result();
        const first = feed(make(name), all.slice(0, cut));
        first.merge(feed(make(name), all.slice(cut), Math.min(cut, all.length)));
        const merged = first.result();
        if (typeof whole === 'number') expect(merged).toBeCloseTo(whole, 9);
        else expect(merged).toEqual(whole);
      }),
      { numRuns: 3000 },
    );
  });

  it('adding a value many times at once gives what repeating it gives', () => {
    const unordered = names.filter((name) => findAggregation(name)!.entry.unordered);
    fc.assert(
      fc.property(
        fc.constantFrom(...unordered),
        fc.array(fc.tuple(value, fc.integer({ min: 1, max: 4 }))),
        (name, counted) => {
          const fast = make(name);
          for (const [member, times] of counted) fast.addTimes!(member, times);
          const slow = counted.flatMap(([member, times]) =>
            new Array<Row>(times).fill({ value: member, time: 0 }),
          );
          expect(fast.result()).toEqual(feed(make(name), slow).result());
        },
      ),
    );
  });
});

const FILE = fileURLToPath(new URL('../../../../../shared/vectors/spl.ndjson', import.meta.url));

interface Vector {
  id: string;
  kind: string;
  confidence: string;
  query: string;
  input: Record<string, Scalar | Scalar[] | null>[];
  expected: Record<string, unknown>[];
  tolerance?: number;
}

/** `stats` without BY over plain fields: enough to hold the accumulators against the vectors. */
function stats(vector: Vector): Record<string, Stored> | undefined {
  const { query } = parse(vector.query);
  const stage = query.stages[0] as StatsStage;
  if (query.stages.length !== 1 || stage.name !== 'stats' || stage.by.length > 0) return undefined;
  const row: Record<string, Stored> = {};
  for (const aggregation of stage.aggregations) {
    const field = aggregation.arg?.kind === 'agg-field' ? aggregation.arg.field.name : undefined;
    const accumulator = make(aggregation.func);
    for (const [i, input] of vector.input.entries()) {
      const cell = field === undefined ? true : (input[field] ?? null);
      accumulator.add(
        Array.isArray(cell) ? fromList(cell) : cell,
        typeof input._time === 'number' ? input._time : null,
        i,
      );
    }
    row[aggregation.alias?.name ?? aggregation.label] = accumulator.result();
  }
  return row;
}

/** Vectors that are not met, each with the reason. */
const DEVIATIONS: Readonly<Record<string, string>> = {
  'pth10-cmd-024':
    'Another implementation’s estimate (6); the documented examples interpolate, which gives 6.5.',
};

describe.skipIf(!existsSync(FILE))('stats vectors (skipped without the shared folder)', () => {
  const vectors = existsSync(FILE)
    ? readFileSync(FILE, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Vector)
        .filter((v) => v.kind === 'stats')
    : [];
  const cases = vectors.flatMap((vector) => {
    const actual = stats(vector);
    return actual === undefined ? [] : [{ id: vector.id, vector, actual }];
  });

  it('has vectors to check', () => {
    expect(cases.length).toBeGreaterThan(15);
  });

  it.each(cases)('$id', ({ id, vector, actual }) => {
    const agrees = Object.entries(vector.expected[0] ?? {}).every(([field, expected]) => {
      const got = actual[field] ?? null;
      if (expected === null) return got === null;
      if (vector.tolerance !== undefined) return Math.abs(Number(got) - Number(expected)) <= vector.tolerance;
      return (
        toText(got) ===
        toText(Array.isArray(expected) ? fromList(expected as Scalar[]) : (expected as Scalar))
      );
    });
    expect({ agrees, actual }).toEqual({ agrees: DEVIATIONS[id] === undefined, actual });
  });
});
