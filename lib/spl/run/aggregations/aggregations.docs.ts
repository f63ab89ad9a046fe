/** Words, evidence and one tested example for each aggregation; not part of the engine's bundle. */
import type { Evidence } from '../functions/functions.docs.ts';
import type { Scalar } from '../value/value.ts';

export interface AggregationDocs {
  readonly usage: string;
  readonly summary: string;
  readonly evidence: Evidence;
  /** Page of the search reference, under `statistical-and-charting-functions/`. */
  readonly page?: string;
  /** Values of a field in rows one second apart, the first at time 0, and the result. */
  readonly example: {
    readonly func: string;
    readonly values: readonly (Scalar | null)[];
    readonly expected: Scalar | readonly Scalar[];
  };
}

/** Where the reference pages named in `page` stand. */
export const AGGREGATION_PAGES =
  'https://help.splunk.com/splunk-enterprise/spl-search-reference/10.0/statistical-and-charting-functions/';

export const AGGREGATION_DOCS: { readonly [name: string]: AggregationDocs } = {
  count: {
    usage: 'count, count(f), count(eval(condition))',
    summary: 'Rows; values of a field; rows for which a condition is true.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'count', values: ['a', 'b', null], expected: 2 },
  },
  c: {
    usage: 'c(f)',
    summary: 'Another name of `count`.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'c', values: ['a', 'b'], expected: 2 },
  },
  dc: {
    usage: 'dc(f)',
    summary: 'Number of distinct values.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'dc', values: ['a', 'b', 'a'], expected: 2 },
  },
  distinct_count: {
    usage: 'distinct_count(f)',
    summary: 'Another name of `dc`.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'distinct_count', values: ['a', 'b', 'a'], expected: 2 },
  },
  estdc: {
    usage: 'estdc(f)',
    summary: 'Number of distinct values; exact here.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'estdc', values: ['a', 'b', 'a'], expected: 2 },
  },
  estdc_error: {
    usage: 'estdc_error(f)',
    summary: 'Error of that estimate: 0, as the count is exact.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'estdc_error', values: ['a'], expected: 0 },
  },
  sum: {
    usage: 'sum(f)',
    summary: 'Sum of the numbers.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'sum', values: ['1', 'x', '2'], expected: 3 },
  },
  sumsq: {
    usage: 'sumsq(f)',
    summary: 'Sum of the squares.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'sumsq', values: [1, 2, 3], expected: 14 },
  },
  avg: {
    usage: 'avg(f)',
    summary: 'Mean of the numbers.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'avg', values: [1, 2], expected: 1.5 },
  },
  mean: {
    usage: 'mean(f)',
    summary: 'Another name of `avg`.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'mean', values: [1, 2], expected: 1.5 },
  },
  min: {
    usage: 'min(f)',
    summary: 'Least value; numbers are less than texts.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'min', values: ['10', '9', 'b'], expected: '9' },
  },
  max: {
    usage: 'max(f)',
    summary: 'Greatest value.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'max', values: ['10', '9'], expected: '10' },
  },
  range: {
    usage: 'range(f)',
    summary: 'Greatest number less the least.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'range', values: [3, 10], expected: 7 },
  },
  values: {
    usage: 'values(f)',
    summary: 'Distinct values in order of text.',
    evidence: 'docs',
    page: 'multivalue-stats-and-chart-functions',
    example: { func: 'values', values: ['9', '10', '9'], expected: ['10', '9'] },
  },
  list: {
    usage: 'list(f)',
    summary: 'Values in the order met, the first 100.',
    evidence: 'docs',
    page: 'multivalue-stats-and-chart-functions',
    example: { func: 'list', values: ['b', 'a', 'b'], expected: ['b', 'a', 'b'] },
  },
  first: {
    usage: 'first(f)',
    summary: 'The value met first; a base search yields the newest events first.',
    evidence: 'docs',
    page: 'event-order-functions',
    example: { func: 'first', values: ['b', 'a'], expected: 'b' },
  },
  last: {
    usage: 'last(f)',
    summary: 'The value met last.',
    evidence: 'docs',
    page: 'event-order-functions',
    example: { func: 'last', values: ['b', 'a'], expected: 'a' },
  },
  earliest: {
    usage: 'earliest(f)',
    summary: 'The value of the earliest row by time. In the example, rows are a second apart.',
    evidence: 'docs',
    page: 'time-functions',
    example: { func: 'earliest', values: ['b', 'a'], expected: 'b' },
  },
  latest: {
    usage: 'latest(f)',
    summary: 'The value of the latest row by time.',
    evidence: 'docs',
    page: 'time-functions',
    example: { func: 'latest', values: ['b', 'a'], expected: 'a' },
  },
  earliest_time: {
    usage: 'earliest_time(f)',
    summary: 'Time of the earliest row that has the field.',
    evidence: 'docs',
    page: 'time-functions',
    example: { func: 'earliest_time', values: [null, 'a'], expected: 1 },
  },
  latest_time: {
    usage: 'latest_time(f)',
    summary: 'Time of the latest row that has the field.',
    evidence: 'docs',
    page: 'time-functions',
    example: { func: 'latest_time', values: ['b', 'a', null], expected: 1 },
  },
  rate: {
    usage: 'rate(f)',
    summary: 'Change per second between the earliest and the latest value.',
    evidence: 'docs',
    page: 'time-functions',
    example: { func: 'rate', values: [0, 10, 20], expected: 10 },
  },
  stdev: {
    usage: 'stdev(f)',
    summary: 'Sample standard deviation; 0 for one value.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'stdev', values: [1, 3, 5], expected: 2 },
  },
  stdevp: {
    usage: 'stdevp(f)',
    summary: 'Population standard deviation.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'stdevp', values: [1, 3], expected: 1 },
  },
  var: {
    usage: 'var(f)',
    summary: 'Sample variance.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'var', values: [1, 3, 5], expected: 4 },
  },
  varp: {
    usage: 'varp(f)',
    summary: 'Population variance.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'varp', values: [1, 3], expected: 1 },
  },
  mode: {
    usage: 'mode(f)',
    summary: 'The commonest value.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'mode', values: ['a', 'b', 'b'], expected: 'b' },
  },
  median: {
    usage: 'median(f)',
    summary: 'The middle value, or halfway between the middle two.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'median', values: [1, 2, 3, 10], expected: 2.5 },
  },
  perc: {
    usage: 'perc95(f)',
    summary: 'Percentile, interpolated between neighbours.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'perc50', values: [1, 2, 3], expected: 2 },
  },
  p: {
    usage: 'p95(f)',
    summary: 'Another name of `perc`.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'p50', values: [1, 2, 3], expected: 2 },
  },
  exactperc: {
    usage: 'exactperc95(f)',
    summary: 'The same: percentiles are exact here.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'exactperc50', values: [1, 2, 3], expected: 2 },
  },
  upperperc: {
    usage: 'upperperc95(f)',
    summary: 'The same: there is no estimate whose upper bound it could be.',
    evidence: 'docs',
    page: 'aggregate-functions',
    example: { func: 'upperperc50', values: [1, 2, 3], expected: 2 },
  },
  percentile: {
    usage: 'percentile(f, 95)',
    summary: 'The SPL2 form of `perc95(f)`.',
    evidence: 'assumed',
    example: { func: 'percentile50', values: [1, 2, 3], expected: 2 },
  },
};
