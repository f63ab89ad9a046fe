import type { ChartStage, TopStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { mapColumn } from '../columns/derive.ts';
import { groupRows, orderGroups } from '../columns/group.ts';
import { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import type { Output } from '../output.ts';
import { automaticTimeSpan, nextBucket, parseTimeSpan, type TimeSpan } from '../time/span.ts';
import { type Stored, toNumber, toText } from '../value/value.ts';
import { resolveAggregates, runAggregate } from './aggregate.ts';
import { bin, bucketTime } from './bin.ts';
import type { Command } from './command.ts';
import { flagOption, numberOption, textOption } from './options.ts';
import { groupedTable } from './stats.ts';

/** Columns that are kept before the rest becomes OTHER. */
const SERIES_LIMIT = 10;
/** Buckets that a `timechart` without a span aims for at most. */
const TIME_BINS = 100;

/** Source: Search Reference, `chart` and `timechart`. */
export const chart: Command<ChartStage> = (stage, input, context): Output => {
  const timed = stage.name === 'timechart' || stage.name === 'sitimechart';
  const by = stage.by.map((field) => field.name);
  const row = timed ? '_time' : (stage.over?.name ?? by[0]);
  const series = timed || stage.over !== undefined ? by[0] : by[1];
  const span = timed ? spanOf(stage, input) : undefined;
  const binned =
    span !== undefined
      ? bucketTime(input, span, context)
      : row !== undefined && textOption(stage, 'span') !== undefined
        ? binRows(stage, input, row, context)
        : input;
  const keys = row === undefined ? [] : [row];
  if (series === undefined) {
    const grouping = groupRows(binned, keys);
    const aggregates = resolveAggregates(stage.aggregations, grouping.table, keys, context);
    const output = groupedTable(grouping, aggregates, context);
    return span === undefined ? output : continuous(output, span, stage, context);
  }
  const output = split(stage, binned, row!, series, context);
  return span === undefined ? output : continuous(output, span, stage, context);
};

function binRows(stage: ChartStage, input: Table, row: string, context: RunContext): Table {
  const field = { kind: 'field' as const, name: row, raw: row, quoted: false, range: stage.range };
  const { kind, range, nameRange, options, comments } = stage;
  return bin({ kind, range, nameRange, options, comments, shape: 'bin', name: 'bin', field }, input, context)
    .table;
}

function spanOf(stage: ChartStage, input: Table): TimeSpan {
  const text = textOption(stage, 'span');
  if (text !== undefined) {
    const span = parseTimeSpan(text);
    if (span === undefined) throw new RunStop('span', `\`span=${text}\` is not a span of time`, stage.range);
    return span;
  }
  let low = Infinity;
  let high = -Infinity;
  const column = input.column('_time');
  for (const code of column?.codes ?? []) {
    const time = column!.dictionary.number(code);
    if (time < low) low = time;
    if (time > high) high = time;
  }
  return automaticTimeSpan(low > high ? 0 : high - low, numberOption(stage, 'bins', TIME_BINS));
}

/** One column per value of the series field; the largest stay, the rest adds up in OTHER, absent ones in NULL. */
function split(stage: ChartStage, input: Table, row: string, series: string, context: RunContext): Output {
  const useNull = flagOption(stage, 'usenull', true);
  const nullName = textOption(stage, 'nullstr') ?? 'NULL';
  const otherName = textOption(stage, 'otherstr') ?? 'OTHER';
  const limit = Number(/\d+/.exec(textOption(stage, 'limit') ?? '')?.[0] ?? SERIES_LIMIT);
  const held = input.column(series) ?? Column.constant(null, input.size);
  const filled = input.with([
    [series, mapColumn(held, (value) => (value === null ? (useNull ? nullName : null) : toText(value)))],
  ]);
  const kept = largest(stage, filled, series, limit, context, nullName);
  const labels = filled.column(series)!;
  const useOther = flagOption(stage, 'useother', true);
  const limited = filled.with([
    [
      series,
      mapColumn(labels, (value) =>
        value === null || kept.has(toText(value)) ? value : useOther ? otherName : null,
      ),
    ],
  ]);
  const grouping = groupRows(limited, [row, series]);
  const rows = groupRows(limited, [row]);
  const rowOrder = orderGroups(rows, 'natural');
  const place = new Map<string, number>();
  const rowKey = rows.keys[0]![1];
  for (const [at, group] of rowOrder.entries()) place.set(toText(rowKey.value(group)), at);
  const aggregates = resolveAggregates(stage.aggregations, grouping.table, [row, series], context);
  const columns = new Map<string, Stored[]>();
  for (const aggregate of aggregates) {
    const results = runAggregate(aggregate, grouping, context);
    const order = orderGroups(grouping, 'natural');
    const names = [...new Set(Array.from(order, (group) => toText(grouping.keys[1]![1].value(group))))];
    const last = new Map([
      [otherName, 1],
      [nullName, 2],
    ]);
    names.sort((a, b) => (last.get(a) ?? 0) - (last.get(b) ?? 0) || (a < b ? -1 : a > b ? 1 : 0));
    const title = (name: string): string => (aggregates.length === 1 ? name : `${aggregate.output}: ${name}`);
    for (const name of names) columns.set(title(name), new Array<Stored>(rowOrder.length).fill(null));
    for (let group = 0; group < grouping.count; group += 1) {
      const at = place.get(toText(grouping.keys[0]![1].value(group)))!;
      columns.get(title(toText(grouping.keys[1]![1].value(group))))![at] = results[group]!;
    }
    if (aggregate.entry.field === 'optional' || aggregate.output.startsWith('count')) {
      for (const name of names) {
        const cells = columns.get(title(name))!;
        for (const [at, cell] of cells.entries()) cells[at] = cell ?? 0;
      }
    }
  }
  const table = new Table(
    rowOrder.length,
    new Map([
      [row, rowKey.gather(rowOrder)] as [string, Column],
      ...[...columns].map(([name, values]): [string, Column] => [name, Column.interned(values, true)]),
    ]),
  );
  const pairs = groupedTable(rows, [], context).origin;
  return { table, origin: pairs };
}

/** The series with the largest totals of the first aggregation; `limit=0` keeps all. */
function largest(
  stage: ChartStage,
  table: Table,
  series: string,
  limit: number,
  context: RunContext,
  nullName: string,
): Set<string> {
  const grouping = groupRows(table, [series]);
  const names = Array.from({ length: grouping.count }, (_, group) =>
    toText(grouping.keys[0]![1].value(group)),
  );
  if (limit === 0 || names.length <= limit) return new Set(names);
  const [first] = resolveAggregates(stage.aggregations, grouping.table, [series], context);
  const totals = runAggregate(first!, grouping, context);
  const order = names
    .map((name, at) => ({ name, total: toNumber(totals[at]!) ?? 0 }))
    .filter((entry) => entry.name !== nullName)
    .sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
  return new Set([...order.slice(0, limit).map((entry) => entry.name), nullName]);
}

/** A row for every bucket between the first and the last, counts 0 where nothing fell into it. */
function continuous(output: Output, span: TimeSpan, stage: ChartStage, context: RunContext): Output {
  const { table } = output;
  if (!flagOption(stage, 'cont', true) || table.size < 2) return output;
  const place = new Map<number, number>();
  for (let row = 0; row < table.size; row += 1) place.set(toNumber(table.value(row, '_time'))!, row);
  const last = toNumber(table.value(table.size - 1, '_time'))!;
  const times: number[] = [];
  for (let at = toNumber(table.value(0, '_time'))!; at <= last; at = nextBucket(at, span, context.zone)) {
    times.push(at);
    context.budget.checkRows(times.length, '`timechart`');
  }
  if (times.length === table.size) return output;
  const rows = Uint32Array.from(times, (time) => place.get(time) ?? 0xffffffff);
  const counted = new Set(
    stage.aggregations
      .filter((entry) => entry.func === 'count' || entry.func === 'dc')
      .map((entry) => entry.alias?.name ?? entry.label),
  );
  const columns = table.names.map((name): [string, Column] => {
    if (name === '_time') return [name, Column.direct(times, true)];
    const zero = stage.by.length > 0 ? stage.aggregations[0]?.func === 'count' : counted.has(name);
    return [
      name,
      Column.interned(
        Array.from(rows, (row) => (row === 0xffffffff ? (zero ? 0 : null) : table.value(row, name))),
        true,
      ),
    ];
  });
  const filled = new Table(times.length, new Map(columns));
  const { origin } = output;
  if (origin.kind !== 'merge') return { table: filled, origin };
  const moved = new Map<number, number>();
  for (const [at, row] of rows.entries()) if (row !== 0xffffffff) moved.set(row, at);
  return {
    table: filled,
    origin: {
      kind: 'merge',
      pairs: () => {
        const { inputs, outputs } = origin.pairs();
        return { inputs, outputs: outputs.map((row) => moved.get(row)!) };
      },
    },
  };
}

/** Most and least frequent combinations, with their share. Source: Search Reference, `top` and `rare`. */
export const top: Command<TopStage> = (stage, input, context): Output => {
  const by = stage.by.map((field) => field.name);
  const fields = stage.fields.map((field) => field.name);
  const limit = numberOption(stage, 'limit', stage.limit ?? SERIES_LIMIT);
  const rare = stage.name === 'rare' || stage.name === 'sirare';
  const countField = textOption(stage, 'countfield') ?? 'count';
  const percentField = textOption(stage, 'percentfield') ?? 'percent';
  const grouping = groupRows(input, [...by, ...fields]);
  const counts = new Uint32Array(grouping.count + 1);
  for (const group of grouping.groups) counts[group]! += 1;
  const order = orderGroups(grouping, 'natural');
  context.rests('topTies');
  const byKey = (group: number): string =>
    grouping.keys
      .slice(0, by.length)
      .map(([, column]) => toText(column.value(group)))
      .join('\u0000');
  const place = new Map<string, number>();
  for (const group of order) if (!place.has(byKey(group))) place.set(byKey(group), place.size);
  const ranked = Array.from(order).sort(
    (a, b) =>
      place.get(byKey(a))! - place.get(byKey(b))! || (rare ? 1 : -1) * (counts[a + 1]! - counts[b + 1]!),
  );
  const totals = new Map<string, number>();
  for (const group of ranked) totals.set(byKey(group), (totals.get(byKey(group)) ?? 0) + counts[group + 1]!);
  const taken = new Map<string, number>();
  const kept = ranked.filter((group) => {
    const key = byKey(group);
    const already = taken.get(key) ?? 0;
    taken.set(key, already + 1);
    return limit === 0 || already < limit;
  });
  const rows = Uint32Array.from(kept);
  const columns: [string, Column][] = grouping.keys.map(([name, column]) => [name, column.gather(rows)]);
  if (flagOption(stage, 'showcount', true)) {
    columns.push([
      countField,
      Column.direct(
        kept.map((group) => counts[group + 1]!),
        true,
      ),
    ]);
  }
  if (flagOption(stage, 'showperc', true)) {
    const shares = kept.map((group) => ((counts[group + 1]! * 100) / totals.get(byKey(group))!).toFixed(6));
    columns.push([percentField, Column.direct(shares, true)]);
  }
  const rowOf = new Map(kept.map((group, at) => [group + 1, at]));
  return {
    table: new Table(kept.length, new Map(columns)),
    origin: {
      kind: 'merge',
      pairs: () => {
        const used = Array.from(grouping.groups.keys()).filter((row) => rowOf.has(grouping.groups[row]!));
        return {
          inputs: Uint32Array.from(used, (row) => grouping.rows?.[row] ?? row),
          outputs: Uint32Array.from(used, (row) => rowOf.get(grouping.groups[row]!)!),
        };
      },
    },
  };
};
