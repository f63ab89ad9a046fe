import { type Collation, compareKeys, type SortKey, sortKey } from '../value/sort.ts';
import { isList, type Scalar } from '../value/value.ts';
import type { Column } from './column.ts';
import type { Dictionary } from './dictionary.ts';

/** Places of all values of a dictionary, by collation. */
const kept = new WeakMap<Dictionary, Map<Collation, Uint32Array>>();

/** With at most this many values for each row all of them are ranked: other searches over the same values follow. */
const FEW = 4;

/** For each code in use its place among the column's values; equal texts share a place. */
export function rankCodes(column: Column, collation: Collation): Uint32Array {
  const { codes, dictionary } = column;
  const known = kept.get(dictionary)?.get(collation);
  if (known !== undefined) return known;
  if (dictionary.size <= codes.length * FEW) {
    const ranks = ranksOf(dictionary, collation);
    const others = kept.get(dictionary) ?? new Map<Collation, Uint32Array>();
    kept.set(dictionary, others.set(collation, ranks));
    return ranks;
  }
  // Few rows of a large dictionary: only their values are worth looking at.
  const used = new Uint8Array(dictionary.size);
  for (let row = 0; row < codes.length; row += 1) used[codes[row]!] = 1;
  return ranksOf(dictionary, collation, used);
}

/** Ranking has been done before. */
export function isRanked({ dictionary }: Column, collation: Collation): boolean {
  return kept.get(dictionary)?.has(collation) === true;
}

function ranksOf(dictionary: Dictionary, collation: Collation, used?: Uint8Array): Uint32Array {
  const keys: { code: number; key: SortKey }[] = [];
  for (let code = 1; code < dictionary.size; code += 1) {
    if (used?.[code] === 0) continue;
    const value = dictionary.value(code);
    // A multivalue sorts by its first member.
    keys.push({ code, key: sortKey((isList(value) ? value[0] : value) as Scalar, collation) });
  }
  keys.sort((a, b) => compareKeys(a.key, b.key));
  const ranks = new Uint32Array(dictionary.size);
  let rank = 0;
  for (const [i, entry] of keys.entries()) {
    if (i > 0 && compareKeys(keys[i - 1]!.key, entry.key) !== 0) rank += 1;
    ranks[entry.code] = rank + 1;
  }
  return ranks;
}
