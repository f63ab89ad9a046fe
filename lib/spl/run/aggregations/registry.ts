/** Every aggregation of `stats` and its relatives, by lower-case name. Words and examples are in `aggregations.docs.ts`. */
import type { Accumulator, AccumulatorOptions } from './accumulator.ts';
import { Percentile, Range, Sum, Variance } from './numeric.ts';
import { Count, Distinct, Ends, Extreme, List, Mode } from './value.ts';

export interface AggregationEntry {
  /** Whether it needs a field: only `count` does without. */
  readonly field: 'required' | 'optional';
  /** Looks at the time of rows. */
  readonly timed?: true;
  /** The result does not depend on the order of rows (`addTimes` exists, and parts may be merged in any order). */
  readonly unordered?: true;
  /** The name takes a number (`perc95`, `p50`). */
  readonly numbered?: true;
  create(options: AccumulatorOptions): Accumulator;
}

/** `estdc_error`: distinct values are counted exactly here, so the error of the estimate is 0. */
class NoError extends Distinct {
  constructor() {
    super('count');
  }

  override result(): number {
    return 0;
  }
}

const entry = (
  create: AggregationEntry['create'],
  more: Partial<AggregationEntry> = {},
): AggregationEntry => ({
  field: 'required',
  ...more,
  create,
});
const unordered = { unordered: true } as const;
const timed = { timed: true } as const;
const numbered = { numbered: true } as const;

const count = entry(() => new Count(), { field: 'optional', ...unordered });
const distinct = entry(() => new Distinct('count'), unordered);
const mean = entry((options) => new Sum(options, 'mean'));
const percentile = entry((options) => new Percentile(options), numbered);

export const AGGREGATIONS: { readonly [name: string]: AggregationEntry } = {
  count,
  c: count,
  dc: distinct,
  distinct_count: distinct,
  estdc: distinct,
  estdc_error: entry(() => new NoError()),
  sum: entry((options) => new Sum(options, 'sum')),
  sumsq: entry((options) => new Sum(options, 'squares')),
  avg: mean,
  mean,
  min: entry((options) => new Extreme(options, -1), unordered),
  max: entry((options) => new Extreme(options, 1), unordered),
  range: entry((options) => new Range(options), unordered),
  values: entry(() => new Distinct('list'), unordered),
  list: entry(() => new List()),
  first: entry((options) => new Ends(options, 'first')),
  last: entry((options) => new Ends(options, 'last')),
  earliest: entry((options) => new Ends(options, 'earliest'), timed),
  latest: entry((options) => new Ends(options, 'latest'), timed),
  earliest_time: entry((options) => new Ends(options, 'earliest-time'), timed),
  latest_time: entry((options) => new Ends(options, 'latest-time'), timed),
  rate: entry((options) => new Ends(options, 'rate'), timed),
  stdev: entry((options) => new Variance(options, true, true)),
  stdevp: entry((options) => new Variance(options, false, true)),
  var: entry((options) => new Variance(options, true, false)),
  varp: entry((options) => new Variance(options, false, false)),
  mode: entry((options) => new Mode(options)),
  median: entry((options) => new Percentile(options, 50)),
  perc: percentile,
  p: percentile,
  exactperc: percentile,
  upperperc: percentile,
  percentile,
};

export interface FoundAggregation {
  readonly entry: AggregationEntry;
  /** The number in the name (`95` of `perc95`). */
  readonly parameter: number | undefined;
}

/** The aggregation of a name in any case, with the number that the name holds; undefined when there is none. */
export function findAggregation(name: string): FoundAggregation | undefined {
  const lower = name.toLowerCase();
  if (Object.hasOwn(AGGREGATIONS, lower)) return { entry: AGGREGATIONS[lower]!, parameter: undefined };
  const match = /^([a-z]+?)(\d+(?:\.\d+)?)$/.exec(lower);
  const found =
    match !== null && Object.hasOwn(AGGREGATIONS, match[1]!) ? AGGREGATIONS[match[1]!] : undefined;
  return found?.numbered ? { entry: found, parameter: Number(match![2]) } : undefined;
}
