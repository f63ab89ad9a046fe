/** The words of a query against names and values, without any index: an answer at once, before or without a search. */
import { type Bits, noBits, setBit } from './bits.ts';
import { isValues, type ListData } from './open.ts';

export interface TextMatch {
  rows: Bits;
  /** By row: its place among the matches, best first; any number for other rows. */
  rank: Uint32Array;
}

/** Every word must occur in the row's name, address or values; names count before values. */
export function matchWords(data: ListData, text: string): TextMatch {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const score = new Uint8Array(data.rows);
  const met = new Uint8Array(data.rows);
  for (const word of words) {
    const here = new Uint8Array(data.rows);
    data.searchable.forEach((name, row) => {
      if (name.includes(word)) here[row] = 2;
    });
    for (const field of data.fields.values()) {
      if (!isValues(field)) continue;
      const holds = Uint8Array.from(field.searchable, (value) => (value.includes(word) ? 1 : 0));
      const { offsets, flat } = field.rows;
      for (let row = 0; row < data.rows; row++) {
        for (let at = offsets[row]!; here[row] === 0 && at < offsets[row + 1]!; at++) {
          if (holds[flat[at]!] === 1) here[row] = 1;
        }
      }
    }
    here.forEach((points, row) => {
      if (points === 0) return;
      met[row]! += 1;
      score[row]! += points - 1;
    });
  }
  const rows = noBits(data.rows);
  const matches: number[] = [];
  for (let row = 0; row < data.rows; row++) {
    if (met[row] !== words.length) continue;
    setBit(rows, row);
    matches.push(row);
  }
  matches.sort((a, b) => score[b]! - score[a]! || a - b);
  return { rows, rank: placesOf(matches, data.rows) };
}

/** A search's answer, root-relative addresses best first, as rows of this list; other pages are passed over. */
export function matchAddresses(data: ListData, addresses: readonly string[]): TextMatch {
  const rows = noBits(data.rows);
  const rank = new Uint32Array(data.rows);
  let place = 0;
  for (const address of addresses) {
    const row = data.rowOfAddress.get(address);
    if (row === undefined) continue;
    setBit(rows, row);
    rank[row] = place++;
  }
  return { rows, rank };
}

function placesOf(ordered: readonly number[], rows: number): Uint32Array {
  const rank = new Uint32Array(rows);
  ordered.forEach((row, place) => {
    rank[row] = place;
  });
  return rank;
}
