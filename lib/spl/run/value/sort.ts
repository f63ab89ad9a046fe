/**
 * Total orders over scalars, for `sort`, for the order of `stats` rows and for `mvsort`. Unlike the pairwise `compare`
 * these are transitive: every value first falls into a class (number, address, text), classes are ordered, and the
 * order inside a class is a total one. Ties between different texts of equal rank ("1" and "1.0") break by text, so
 * that the order of rows never depends on the order of input.
 */
import { type Address, parseAddress } from './address.ts';
import { compareNumbers, compareText, type Scalar, scalarText, toNumber } from './value.ts';

/** `auto`, `num`, `str` and `ip` are the types that `sort` accepts; `natural` orders the rows of `stats`. */
export type Collation = 'auto' | 'num' | 'str' | 'ip' | 'natural';

/** A value prepared for comparison, so that sorting n values parses each of them once. */
export interface SortKey {
  /** Class of the value: lower sorts first. */
  readonly rank: number;
  readonly number: number;
  readonly address: Address | undefined;
  readonly text: string;
}

const NUMBER = 0;
const ADDRESS = 1;
const TEXT = 2;
const LEADING_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)/;

export function sortKey(value: Scalar, collation: Collation): SortKey {
  const text = scalarText(value);
  if (collation !== 'str') {
    const number = collation === 'ip' ? undefined : toNumber(value);
    if (number !== undefined) return { rank: NUMBER, number, address: undefined, text };
    if (collation === 'num') {
      const leading = LEADING_NUMBER.exec(text);
      if (leading !== null) return { rank: NUMBER, number: Number(leading[0]), address: undefined, text };
    } else if (collation !== 'natural') {
      const address = parseAddress(text);
      if (address !== undefined) return { rank: ADDRESS, number: 0, address, text };
    }
  }
  return { rank: TEXT, number: 0, address: undefined, text };
}

/** Order of two prepared values: negative, 0 or positive; 0 only for equal texts. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.rank === NUMBER) {
    const byNumber = compareNumbers(a.number, b.number);
    if (byNumber !== 0) return byNumber;
  } else if (a.address !== undefined && b.address !== undefined) {
    const byAddress = compareAddresses(a.address, b.address);
    if (byAddress !== 0) return byAddress;
  }
  return compareText(a.text, b.text);
}

export function compareBy(a: Scalar, b: Scalar, collation: Collation): number {
  return compareKeys(sortKey(a, collation), sortKey(b, collation));
}

/** A copy of the values in order. Each value is prepared once. */
export function sorted(values: readonly Scalar[], collation: Collation): Scalar[] {
  return values
    .map((value) => ({ value, key: sortKey(value, collation) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map((entry) => entry.value);
}

function compareAddresses(a: Address, b: Address): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
