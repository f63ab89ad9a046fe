import type { Stored } from '../value/value.ts';
import { Column } from './column.ts';
import { type Dictionary, ValueDictionary } from './dictionary.ts';

/** A column whose values are a function of another column's; the function runs once per distinct value in use. */
export function mapColumn(column: Column, change: (value: Stored) => Stored, pinned = false): Column {
  const { codes, dictionary } = column;
  const target = new Uint32Array(dictionary.size);
  const seen = new Uint8Array(dictionary.size);
  const values: Stored[] = [null];
  const changed = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row]!;
    if (seen[code] === 0) {
      seen[code] = 1;
      const value = change(dictionary.value(code));
      if (value !== null) target[code] = values.push(value) - 1;
    }
    changed[row] = target[code]!;
  }
  return Column.of(changed, new ValueDictionary(values, false), pinned);
}

/** `over` where it has a value, `base` elsewhere. */
export function overlay(base: Column | undefined, over: Column): Column {
  if (base === undefined || !base.present) return over;
  const { codes: top } = over;
  if (top.every((code) => code !== 0)) return over;
  const values = Array.from(top, (code, row) => (code === 0 ? base.value(row) : over.dictionary.value(code)));
  return Column.interned(values, base.pinned);
}

/** Where `base` has no value, `under`. */
export function underlay(base: Column | undefined, under: Column): Column {
  return base === undefined ? under : overlay(under, base);
}

/** Dictionaries with one value more, by what that is. */
const filled = new WeakMap<Dictionary, Map<string, Dictionary>>();

/** The column with `fill` where it has no value. What is known of the other values stays known. */
export function fillColumn(column: Column, fill: string): Column {
  const { codes, dictionary } = column;
  // Of many values that few rows have, those few are worth a dictionary of their own.
  if (dictionary.size > codes.length * 4 + 64) return mapColumn(column, (value) => value ?? fill);
  if (!codes.includes(0)) return column;
  const own = dictionary.size;
  const changed = codes.map((code) => (code === 0 ? own : code));
  return Column.of(changed, withValue(dictionary, fill));
}

function withValue(dictionary: Dictionary, value: string): Dictionary {
  const known = filled.get(dictionary) ?? new Map<string, Dictionary>();
  filled.set(dictionary, known);
  let more = known.get(value);
  if (more === undefined) {
    const values = Array.from({ length: dictionary.size }, (_, code) => dictionary.value(code));
    more = new ValueDictionary([...values, value], dictionary.distinct && !values.includes(value));
    known.set(value, more);
  }
  return more;
}
