/** Which rows remain: AND between what was asked for, OR inside one facet; and what each further choice would give. */
import { allBits, and, type Bits, noBits, setBit, visitBits } from './bits.ts';
import type { Needs, ValuesField } from './open.ts';

/** One thing that was asked for, and the rows that have it. */
export interface Constraint {
  /** A facet's key, or another name. */
  key: string;
  bits: Bits;
}

export interface Filtered {
  /** Rows that meet every constraint. */
  rows: Bits;
  /** By key: rows that meet all others, which is what dropping the one would give. */
  without: ReadonlyMap<string, Bits>;
}

export function filterRows(count: number, constraints: readonly Constraint[]): Filtered {
  // Before[i] is the AND of the first i constraints; so each `without` costs two ANDs, however many there are.
  const before = [allBits(count)];
  for (const { bits } of constraints) before.push(and(before.at(-1)!, bits));
  const without = new Map<string, Bits>();
  let after = allBits(count);
  for (let index = constraints.length - 1; index >= 0; index--) {
    const { key, bits } = constraints[index]!;
    without.set(key, and(before[index]!, after));
    after = and(after, bits);
  }
  return { rows: before.at(-1)!, without };
}

/** Rows with at least one of the values, given by index; values that the field does not have match nothing. */
export function rowsWithAny(field: ValuesField, values: Iterable<number>): Bits {
  const wanted = new Uint8Array(field.file.values.length);
  for (const value of values) wanted[value] = 1;
  const { offsets, flat } = field.family;
  const bits = noBits(offsets.length - 1);
  for (let row = 0; row + 1 < offsets.length; row++) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      if (wanted[flat[at]!] === 1) {
        setBit(bits, row);
        break;
      }
    }
  }
  return bits;
}

/** By value: how many of the rows have it. */
export function countValues(field: ValuesField, rows: Bits): Uint32Array {
  const counts = new Uint32Array(field.file.values.length);
  const { offsets, flat } = field.family;
  visitBits(rows, (row) => {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) counts[flat[at]!]! += 1;
  });
  return counts;
}

/** Rows of which one alternative needs only sources that are there. A row that names no source is not among them. */
export function rowsWithData({ file, rows }: Needs, have: ReadonlySet<string>): Bits {
  const met = file.alternatives.map((sources) =>
    sources.every((source) => have.has(file.sources[source]!.key)),
  );
  const bits = noBits(rows.offsets.length - 1);
  for (let row = 0; row + 1 < rows.offsets.length; row++) {
    for (let at = rows.offsets[row]!; at < rows.offsets[row + 1]!; at++) {
      if (!met[rows.flat[at]!]) continue;
      setBit(bits, row);
      break;
    }
  }
  return bits;
}
