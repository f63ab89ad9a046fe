import { didYouMean } from '../../../text/nearest.ts';
import type { Aggregation } from '../../syntax/ast.ts';
import type { Accumulator } from '../aggregations/accumulator.ts';
import { AGGREGATIONS, type AggregationEntry, findAggregation } from '../aggregations/registry.ts';
import { List } from '../aggregations/value.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { compileFor, eachValue } from '../columns/evaluate.ts';
import type { Grouping } from '../columns/group.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { captureWildcard } from '../regex/wildcard.ts';
import { type Stored, toNumber, toStored } from '../value/value.ts';
import { expandNames } from './options.ts';

/** One aggregation of one field or expression, under the name it will have. */
export interface Aggregate {
  output: string;
  entry: AggregationEntry;
  /** Absent: rows are counted. */
  column: Column | undefined;
  /** Has an argument, even where no row has the field. */
  hasArgument: boolean;
  create(): Accumulator;
}

/** What the aggregations of a command compute: wildcards spelled out, expressions evaluated. */
export function resolveAggregates(
  aggregations: readonly Aggregation[],
  table: Table,
  by: readonly string[],
  context: RunContext,
  options: { allNumbers?: boolean } = {},
): Aggregate[] {
  const resolved = aggregations.flatMap((aggregation) => resolve(aggregation, table, by, context, options));
  const names = new Set<string>(by);
  for (const { output } of resolved) {
    if (names.has(output) && !by.includes(output)) {
      throw new RunStop(
        'output-name-twice',
        `Two aggregations are both named \`${output}\`; name one with AS`,
      );
    }
    names.add(output);
  }
  return resolved;
}

function resolve(
  aggregation: Aggregation,
  table: Table,
  by: readonly string[],
  context: RunContext,
  options: { allNumbers?: boolean },
): Aggregate[] {
  const { arg, alias } = aggregation;
  if (aggregation.func === 'sparkline') {
    context.note(
      'sparkline',
      '`sparkline` is a drawing, not a value; the field stays empty',
      aggregation.range,
    );
    return [
      aggregate(aggregation, alias?.name ?? aggregation.label, undefined, true, context, options, 'first'),
    ];
  }
  if (arg?.kind === 'agg-field' && arg.field.name.includes('*')) {
    const pattern = arg.field.name;
    return expandNames(table, [pattern]).flatMap((name) => {
      const captures = captureWildcard(pattern, name) ?? [];
      let next = 0;
      const output =
        alias?.name.replace(/\*/g, () => captures[next++] ?? '') ?? `${aggregation.func}(${name})`;
      // `values(*) as * by host`: the key keeps its own value.
      if (by.includes(output)) return [];
      return [aggregate(aggregation, output, table.column(name), true, context, options)];
    });
  }
  const column =
    arg === undefined
      ? undefined
      : arg.kind === 'agg-field'
        ? table.column(arg.field.name)
        : arg.kind === 'agg-expr'
          ? expressionColumn(aggregation, arg.expr, table, context)
          : undefined;
  return [
    aggregate(aggregation, alias?.name ?? aggregation.label, column, arg !== undefined, context, options),
  ];
}

function aggregate(
  aggregation: Aggregation,
  output: string,
  column: Column | undefined,
  hasArgument: boolean,
  context: RunContext,
  options: { allNumbers?: boolean },
  func = aggregation.func,
): Aggregate {
  const found = findAggregation(func);
  if (found === undefined) {
    throw new RunStop(
      'aggregation-unknown',
      `There is no aggregation \`${func}\`${didYouMean(func, Object.keys(AGGREGATIONS))}`,
      aggregation.range,
    );
  }
  if (found.entry.field === 'required' && !hasArgument) {
    throw new RunStop('aggregation-field', `\`${func}\` needs a field in parentheses`, aggregation.range);
  }
  const parameter = found.parameter ?? toNumber(aggregation.rest[0]?.value ?? null);
  return {
    output,
    entry: found.entry,
    column,
    hasArgument,
    create: () =>
      found.entry.create({
        compat: context.compat,
        rests: context.rests,
        ...options,
        ...(parameter === undefined ? {} : { parameter }),
      }),
  };
}

/** Inside an aggregation a condition counts where it is true, and is no value elsewhere. */
function expressionColumn(
  aggregation: Aggregation,
  expr: Parameters<typeof compileFor>[0],
  table: Table,
  context: RunContext,
): Column {
  const compiled = compileFor(expr, context, 'value');
  const values = new Array<Stored>(table.size).fill(null);
  const counts = aggregation.func === 'count' || aggregation.func === 'c';
  eachValue(compiled, table, undefined, context, (value, row) => {
    values[row] = typeof value === 'boolean' && counts ? (value ? 1 : null) : toStored(value);
  });
  return Column.interned(values);
}

/** Largest table of group and value counts that is kept as one array. */
const DENSE_COUNTS = 1 << 22;

/** The result of an aggregation for each group, in the order of group numbers. */
export function runAggregate(target: Aggregate, grouping: Grouping, context: RunContext): Stored[] {
  const { count } = grouping;
  const { column } = target;
  if (!target.hasArgument) {
    return grouping.counts === undefined ? countRows(grouping.groups, count) : plain(grouping.counts);
  }
  const { groups } = grouping;
  const results = new Array<Stored>(count);
  const accumulators = Array.from({ length: count }, () => target.create());
  if (column !== undefined && count > 0) {
    const probe = accumulators[0]!;
    if (target.entry.unordered && probe.addTimes !== undefined) addDistinct(accumulators, column, groups);
    else addRows(accumulators, column, grouping);
  }
  let dropped = 0;
  for (let group = 0; group < count; group += 1) {
    const accumulator = accumulators[group]!;
    results[group] = accumulator.result();
    if (accumulator instanceof List) dropped += accumulator.dropped;
  }
  if (dropped > 0) {
    context.note('list-limit', `\`list()\` keeps 100 values per row; ${dropped} more were left out`);
  }
  return results;
}

function countRows(groups: Uint32Array, count: number): Stored[] {
  const counts = new Uint32Array(count + 1);
  for (let row = 0; row < groups.length; row += 1) counts[groups[row]!]! += 1;
  return plain(counts.subarray(1));
}

/** `Array.from` goes through an iterator, which takes ten times as long. */
function plain(counts: Uint32Array): number[] {
  const list = new Array<number>(counts.length);
  for (let i = 0; i < list.length; i += 1) list[i] = counts[i]!;
  return list;
}

function addDistinct(accumulators: readonly Accumulator[], column: Column, groups: Uint32Array): void {
  const { codes, dictionary } = column;
  const size = dictionary.size;
  const cells = (accumulators.length + 1) * size;
  // Counting what repeats pays where rows are many for their groups and values.
  if (cells > DENSE_COUNTS || cells > codes.length * 2) {
    for (let row = 0; row < codes.length; row += 1) {
      const group = groups[row]!;
      const code = codes[row]!;
      if (group !== 0 && code !== 0) accumulators[group - 1]!.addTimes!(dictionary.value(code), 1);
    }
    return;
  }
  const counts = new Uint32Array(cells);
  for (let row = 0; row < codes.length; row += 1) counts[groups[row]! * size + codes[row]!]! += 1;
  for (let group = 1; group <= accumulators.length; group += 1) {
    for (let code = 1, at = group * size + 1; code < size; code += 1, at += 1) {
      if (counts[at] !== 0) accumulators[group - 1]!.addTimes!(dictionary.value(code), counts[at]!);
    }
  }
}

function addRows(accumulators: readonly Accumulator[], column: Column, grouping: Grouping): void {
  const { groups, table } = grouping;
  const { codes, dictionary } = column;
  const time = table.column('_time');
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row]!;
    const group = groups[row]!;
    if (code === 0 || group === 0) continue;
    accumulators[group - 1]!.add(dictionary.value(code), timeAt(time, row), row);
  }
}

export function timeAt(column: Column | undefined, row: number): number | null {
  if (column === undefined) return null;
  const time = column.dictionary.number(column.codes[row]!);
  return Number.isNaN(time) ? null : time;
}
