import type { StatsStage } from '../../syntax/ast.ts';
import { Column } from '../columns/column.ts';
import { ValueDictionary } from '../columns/dictionary.ts';
import { type Grouping, groupRows, orderGroups } from '../columns/group.ts';
import { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { type Output, same } from '../output.ts';
import type { Stored } from '../value/value.ts';
import { type Aggregate, resolveAggregates, runAggregate } from './aggregate.ts';
import type { Command } from './command.ts';
import { flagOption } from './options.ts';

/** Source: Search Reference, `stats`, `eventstats`. */
export const stats: Command<StatsStage> = (stage, input, context): Output => {
  const by = stage.by.map((field) => field.name);
  const grouping = groupRows(input, by, { distinctMembers: flagOption(stage, 'dedup_splitvals', false) });
  const aggregates = resolveAggregates(stage.aggregations, grouping.table, by, context, {
    allNumbers: flagOption(stage, 'allnum', false),
  });
  if (stage.name === 'eventstats') return mergeBack(input, grouping, aggregates, context);
  return groupedTable(grouping, aggregates, context);
};

/** One row per group, ascending by the keys. */
export function groupedTable(
  grouping: Grouping,
  aggregates: readonly Aggregate[],
  context: RunContext,
): Output {
  const natural = context.compat.statsOrder === 'natural';
  const order = orderGroups(grouping, natural ? 'natural' : 'str');
  // Only numbers are ordered differently as texts.
  if (grouping.keys.some(([, column]) => holdsNumber(column))) {
    const other = orderGroups(grouping, natural ? 'str' : 'natural');
    if (order.some((group, at) => group !== other[at])) context.rests('statsOrder');
  }
  const columns = new Map<string, Column>();
  for (const [name, column] of grouping.keys) columns.set(name, column.gather(order));
  for (const aggregate of aggregates) {
    const results = runAggregate(aggregate, grouping, context);
    const ordered = new Array<Stored>(order.length);
    for (let at = 0; at < ordered.length; at += 1) ordered[at] = results[order[at]!]!;
    columns.set(aggregate.output, Column.direct(ordered, true));
  }
  context.budget.spend(order.length * columns.size);
  return {
    table: new Table(order.length, columns),
    origin: { kind: 'merge', pairs: () => pairsOf(grouping, order) },
  };
}

function holdsNumber({ codes, dictionary }: Column): boolean {
  const numbers = dictionary.allNumbers();
  for (let row = 0; row < codes.length; row += 1) if (!Number.isNaN(numbers[codes[row]!]!)) return true;
  return false;
}

function pairsOf(grouping: Grouping, order: Uint32Array): { inputs: Uint32Array; outputs: Uint32Array } {
  const place = new Uint32Array(grouping.count + 1);
  for (const [at, group] of order.entries()) place[group + 1] = at;
  const inputs: number[] = [];
  const outputs: number[] = [];
  for (let row = 0; row < grouping.groups.length; row += 1) {
    const group = grouping.groups[row]!;
    if (group === 0) continue;
    inputs.push(grouping.rows === undefined ? row : grouping.rows[row]!);
    outputs.push(place[group]!);
  }
  return { inputs: Uint32Array.from(inputs), outputs: Uint32Array.from(outputs) };
}

/** `eventstats`: every row gets its group's results; rows without a key pass without them. */
function mergeBack(
  input: Table,
  grouping: Grouping,
  aggregates: readonly Aggregate[],
  context: RunContext,
): Output {
  const groups = grouping.rows === undefined ? grouping.groups : firstGroups(grouping, input.size);
  const changes = aggregates.map((aggregate) => {
    const results = runAggregate(aggregate, grouping, context);
    const values: Stored[] = [null, ...results];
    // A null result must be code 0, so rows of such groups point there.
    const codes = groups.slice();
    for (let row = 0; row < codes.length; row += 1) if (values[codes[row]!] === null) codes[row] = 0;
    return [aggregate.output, Column.of(codes, new ValueDictionary(values, false), true)] as const;
  });
  return same(input.with(changes));
}

/** A row with a multivalue key is in several groups; it shows the results of the first. */
function firstGroups(grouping: Grouping, size: number): Uint32Array {
  const groups = new Uint32Array(size);
  for (let at = grouping.groups.length - 1; at >= 0; at -= 1) {
    const group = grouping.groups[at]!;
    if (group !== 0) groups[grouping.rows![at]!] = group;
  }
  return groups;
}
