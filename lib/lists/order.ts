/** What rows can be sorted by, and their order. */
import { type Bits, countBits, visitBits } from './bits.ts';
import { isNumbers, isValues, type ListData } from './open.ts';

export interface Sort {
  /** `name`, `relevance`, or a field's key. */
  key: string;
  descending: boolean;
}

export interface SortChoice {
  key: string;
  label: string;
  /** Which way it goes when nobody says: dates and numbers from the largest. */
  descending: boolean;
}

/** Relevance where there is a text to be relevant to, the name, then every field that has an order. */
export function sortChoices(data: ListData, withText: boolean): SortChoice[] {
  const fields = [...data.fields.values()].flatMap((field): SortChoice[] => {
    const { key, label } = field.file;
    if (isNumbers(field)) return [{ key, label, descending: true }];
    return isValues(field) && field.file.ordered ? [{ key, label, descending: false }] : [];
  });
  return [
    ...(withText ? [{ key: 'relevance', label: 'Relevance', descending: false }] : []),
    { key: 'name', label: 'Name', descending: false },
    ...fields,
  ];
}

/** Rows of the set in their order. Rows without a value come last either way; equals stay in the list's order. */
export function orderRows(data: ListData, rows: Bits, sort: Sort, rank?: Uint32Array): Uint32Array {
  const keys = sortKeys(data, sort.key, rank);
  let most = 0;
  for (let row = 0; row < data.rows; row++) if (keys[row]! > most) most = keys[row]!;
  // Key and row as one number, since numbers are sorted without a call for each pair.
  const sorted = new Float64Array(countBits(rows));
  let at = 0;
  visitBits(rows, (row) => {
    const key = keys[row]!;
    const place = key < 0 ? most + 1 : sort.descending ? most - key : key;
    sorted[at++] = place * data.rows + row;
  });
  return Uint32Array.from(sorted.sort(), (number) => number % data.rows);
}

/** By row a number to compare, -1 for none. */
function sortKeys(data: ListData, key: string, rank: Uint32Array | undefined): ArrayLike<number> {
  if (key === 'relevance' && rank) return rank;
  const field = data.fields.get(key);
  if (isNumbers(field)) return field.numbers;
  if (isValues(field)) {
    const { offsets, flat } = field.rows;
    return Int32Array.from({ length: data.rows }, (_, row) =>
      offsets[row] === offsets[row + 1] ? -1 : flat[offsets[row]!]!,
    );
  }
  // By what the list does not have, all rows are equal.
  return Uint32Array.from({ length: data.rows }, (_, row) => (key === 'name' ? row : 0));
}
