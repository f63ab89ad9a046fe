/** Tries the filters behind a grouping on the rows that go into it. */
import type { OwnStep } from '../../spl/plan/plan.ts';
import { RunStop } from '../../spl/run/budget/budget.ts';
import { Column } from '../../spl/run/columns/column.ts';
import { fillColumn } from '../../spl/run/columns/derive.ts';
import { Table } from '../../spl/run/columns/table.ts';
import { picked, same } from '../../spl/run/output.ts';
import { allRows } from '../../spl/run/search/predicate.ts';
import { isList } from '../../spl/run/value/value.ts';
import type { KeyFilter } from './key-filters.ts';

/** Thrown where a step asks for what only a group has. */
class UnknownBeforeGrouping extends Error {}

/** Every group has its keys: without a row that has them there is no group, and nothing to drop. */
const keyOf = (column: () => Column): Column =>
  Column.lazy(
    () => {
      const { codes, dictionary } = column();
      return { codes, dictionary };
    },
    true,
    true,
  );

/** A step before the grouping. Where the filters cannot be tried on rows it lets all of them pass. */
export function rowsByKeys({ by, keys, fill, others, nodes }: KeyFilter): OwnStep {
  return (input, run) => {
    if (input.size === 0 || !by.every((name) => isPlain(input.column(name), fill))) return same(input);
    const unknown = () => {
      throw new UnknownBeforeGrouping();
    };
    let table = new Table(
      input.size,
      new Map([
        ...keys.map((name) => [name, keyOf(() => keyColumn(input, name, fill))] as const),
        ...others.map((name) => [name, Column.lazy(unknown, true)] as const),
      ]),
    );
    let rows: Uint32Array | undefined;
    try {
      for (const node of nodes) {
        const output = run(node, table);
        table = output.table;
        if (output.origin.kind !== 'pick') continue;
        const before = rows;
        rows = before === undefined ? output.origin.rows : output.origin.rows.map((row) => before[row]!);
        if (rows.length === 0) break;
      }
    } catch (error) {
      // What is wrong with a step is said where it stands.
      if (error instanceof UnknownBeforeGrouping || error instanceof RunStop) return same(input);
      throw error;
    }
    if (rows === undefined || rows.length === input.size) return same(input);
    // A row without a key is in no group.
    const columns = fill === undefined ? by.map((name) => input.column(name)!) : [];
    const isGrouped = (row: number) => columns.every(({ codes }) => codes[row] !== 0);
    const grouped = rows.filter(isGrouped);
    // Without any group later steps would find other fields: one is made, for the filter to drop.
    return picked(input, grouped.length > 0 ? grouped : allRows(input.size).filter(isGrouped).slice(0, 1));
  };
}

/** Rows whose keys have the same text have the same value. */
function isPlain(column: Column | undefined, fill: string | undefined): boolean {
  if (column === undefined) return fill !== undefined;
  const { dictionary } = column;
  if (dictionary.distinct) return true;
  for (let code = 1; code < dictionary.size; code += 1) if (isList(dictionary.value(code))) return false;
  return dictionary.canonical()!.every((first, code) => first === code);
}

/** A key as its group shows it. */
function keyColumn(input: Table, name: string, fill: string | undefined) {
  const column = input.column(name);
  if (column === undefined) return Column.constant(fill!, input.size);
  return fill === undefined ? column : fillColumn(column, fill);
}
