import type { PlainRow } from '../../spl/index.ts';
import type { RowPage, RowQuery } from './inspect.ts';

type Cell = PlainRow[string] | undefined;

/** The rows that a query asks for, of `total` rows that `row` gives by position with the fields it is asked for. */
export function pageOf(
  total: number,
  fields: string[],
  row: (at: number, fields: string[]) => PlainRow,
  { from, count, sort, descending = false }: RowQuery,
): RowPage {
  const order = sort === undefined ? undefined : orderBy(total, (at) => row(at, [sort])[sort], descending);
  const length = Math.max(0, Math.min(count, total - from));
  const positions = Array.from({ length }, (_, at) => order?.[from + at] ?? from + at);
  return { total, fields, positions, rows: positions.map((at) => row(at, fields)) };
}

/** Positions of `size` rows in the order of one field: numbers before texts, rows without the field last. */
export function orderBy(size: number, cell: (row: number) => Cell, descending: boolean): number[] {
  const keys = Array.from({ length: size }, (_, row) => keyOf(cell(row)));
  const turn = descending ? -1 : 1;
  return Array.from({ length: size }, (_, row) => row).sort((a, b) => {
    const x = keys[a]!;
    const y = keys[b]!;
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || a - b;
    return turn * compare(x, y) || a - b;
  });
}

function keyOf(cell: Cell): string | number | undefined {
  const value = Array.isArray(cell) ? cell[0] : cell;
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
