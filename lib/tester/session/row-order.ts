import type { PlainRow } from '../../spl/index.ts';

type Cell = PlainRow[string] | undefined;

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
