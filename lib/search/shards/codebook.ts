/**
 * Strings by number, the more frequent ones with the smaller numbers. Numbers of about one frequency form a class, and
 * are in alphabetical order inside it: that costs a code no byte, and neighbours share their beginnings.
 */
import type { ByteReader, ByteWriter } from './bytes.ts';

/** How many numbers the first class has; each class after it has twice as many as the one before. */
const FIRST_CLASS = 192;

/**
 * Writes the strings of `counts`, and gives the code of each. Those of `known` are written as the number that they
 * have there; the others are added to it.
 */
export function writeCodebook(
  writer: ByteWriter,
  counts: ReadonlyMap<string, number>,
  known: Map<string, number>,
): Map<string, number> {
  const byFrequency = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([text]) => text);
  const codes = new Map<string, number>();
  writer.number(byFrequency.length);
  let size = FIRST_CLASS;
  for (let from = 0; from < byFrequency.length; from += size, size *= 2) {
    const members = byFrequency.slice(from, from + size);
    const old = members.filter((text) => known.has(text));
    old.sort((a, b) => known.get(a)! - known.get(b)!);
    const fresh = members.filter((text) => !known.has(text)).sort();
    writer.number(old.length);
    let before = 0;
    for (const text of old) {
      writer.number(known.get(text)! - before);
      before = known.get(text)!;
    }
    writer.sortedStrings(fresh);
    for (const text of fresh) known.set(text, known.size);
    for (const text of [...old, ...fresh]) codes.set(text, codes.size);
  }
  return codes;
}

/** The number of each code's string in `known`, to which new ones are added. */
export function readCodebook(reader: ByteReader, known: string[]): Uint32Array {
  const total = reader.number();
  const numbers = new Uint32Array(total);
  let code = 0;
  let size = FIRST_CLASS;
  while (code < total) {
    const members = Math.min(size, total - code);
    const old = reader.number();
    let number = 0;
    for (let at = 0; at < old; at++) {
      number += reader.number();
      numbers[code++] = number;
    }
    for (const text of reader.sortedStrings(members - old)) {
      numbers[code++] = known.length;
      known.push(text);
    }
    size *= 2;
  }
  return numbers;
}
