import type { Stored } from '../value/value.ts';
import { Column } from './column.ts';
import { ValueDictionary } from './dictionary.ts';

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
