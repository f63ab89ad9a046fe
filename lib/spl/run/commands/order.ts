import type { DedupStage, SortKey as SortField, SortStage, TailStage } from '../../syntax/ast.ts';
import { Column } from '../columns/column.ts';
import { groupKey } from '../columns/dictionary.ts';
import { rankCodes } from '../columns/rank.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { type Output, picked } from '../output.ts';
import { allRows } from '../search/predicate.ts';
import type { Command } from './command.ts';
import { flagOption, numberOption } from './options.ts';

/** Rows that `sort` gives when it names no number. Source: Search Reference, `sort`. */
const SORT_LIMIT = 10_000;

/** Stable; a missing value comes first in either direction unless the flag `sortMissing` says otherwise. */
export const sort: Command<SortStage> = (stage, input, context): Output => {
  const limit = numberOption(stage, 'limit', stage.limit ?? SORT_LIMIT);
  const ordered = sortRows(input, stage.keys, context, stage.descending);
  if (limit > 0 && ordered.length > limit) {
    if (stage.limit === undefined) {
      context.note(
        'sort-limit',
        `\`sort\` kept the first ${limit} of ${ordered.length} rows; write \`sort 0\` to keep all`,
        stage.range,
      );
    }
    return picked(input, ordered.slice(0, limit));
  }
  return picked(input, ordered);
};

/** Row numbers in the order of the keys. */
export function sortRows(
  input: Table,
  keys: readonly SortField[],
  context: RunContext,
  descending = false,
): Uint32Array {
  const columns = keys.map((key) => {
    const column = input.column(key.field.name);
    const reverse = (key.direction === '-') !== descending;
    return { column, reverse, ranks: column && rankCodes(column, key.type ?? 'auto') };
  });
  const missingFirst = context.compat.sortMissing === 'first';
  const rows = allRows(input.size);
  return rows.sort((a, b) => {
    for (const { column, reverse, ranks } of columns) {
      if (column === undefined || ranks === undefined) continue;
      const x = column.codes[a]!;
      const y = column.codes[b]!;
      if (x === y) continue;
      if (x === 0 || y === 0) {
        context.rests('sortMissing');
        return (x === 0) === missingFirst ? -1 : 1;
      }
      const order = ranks[x]! - ranks[y]!;
      if (order !== 0) return reverse ? -order : order;
    }
    return a - b;
  });
}

/** The first `count` rows of each combination of values. Source: Search Reference, `dedup`. */
export const dedup: Command<DedupStage> = (stage, input, context): Output => {
  const most = stage.count ?? 1;
  const keepEvents = flagOption(stage, 'keepevents', false);
  const keepEmpty = flagOption(stage, 'keepempty', false);
  const consecutive = flagOption(stage, 'consecutive', false);
  const ordered = stage.sortby.length > 0 ? sortRows(input, stage.sortby, context) : allRows(input.size);
  const columns = stage.fields.map((field) => input.column(field.name));
  const seen = new Map<string, number>();
  let last: string | undefined;
  const kept: number[] = [];
  const blanked: number[] = [];
  for (const row of ordered) {
    const empty = columns.some((column) => (column?.codes[row] ?? 0) === 0);
    if (empty) {
      if (keepEmpty || keepEvents) kept.push(row);
      continue;
    }
    const key = columns.map((column) => groupKey(column!.value(row))).join('\u0000');
    const before = consecutive && last !== key ? 0 : (seen.get(key) ?? 0);
    last = key;
    seen.set(key, before + 1);
    if (before < most) kept.push(row);
    else if (keepEvents) {
      blanked.push(kept.length);
      kept.push(row);
    }
  }
  const output = picked(input, Uint32Array.from(kept));
  if (blanked.length === 0) return output;
  const table = output.table.with(
    stage.fields.flatMap(({ name }) => {
      const column = output.table.column(name);
      if (column === undefined) return [];
      const codes = column.codes.slice();
      for (const at of blanked) codes[at] = 0;
      return [[name, Column.of(codes, column.dictionary, column.pinned)] as const];
    }),
  );
  return { table, origin: output.origin };
};

/** The last rows, last one first. */
export const tail: Command<TailStage> = (stage, input): Output => {
  const count = Math.min(stage.limit ?? 10, input.size);
  return picked(
    input,
    Uint32Array.from({ length: count }, (_, i) => input.size - 1 - i),
  );
};

export const reverse: Command = (_stage, input): Output =>
  picked(
    input,
    Uint32Array.from({ length: input.size }, (_, i) => input.size - 1 - i),
  );
