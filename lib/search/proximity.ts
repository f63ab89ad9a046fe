/** Whether words that were typed side by side stand side by side in a text, in that order. */
import type { Dictionary } from './dictionary.ts';
import type { Postings } from './postings.ts';
import type { Shards } from './shards/decode.ts';
import type { Texts } from './texts.ts';
import { lower } from './tokenise.ts';

/** Places of a query are bits of a number; nobody types more words than it has. */
const MOST_WORDS = 31;

export class Proximity {
  constructor(
    private readonly shards: Shards,
    private readonly texts: Texts,
    private readonly dictionary: Dictionary,
    private readonly postings: Postings,
  ) {}

  /** By document: how many pairs of neighbours among the words of a query its description has. */
  pairsInDescription(typed: readonly string[]): (document: number) => number {
    const lists = this.shards.texts.get('description');
    if (!lists) return () => 0;
    const { areWords } = this.texts;
    const places = new Map<number, number>();
    for (const [word, bits] of placesOf(typed))
      for (const token of this.tokensThatAre(word)) places.set(token, bits);
    if (places.size === 0) return () => 0;
    return (document) => {
      let [pairs, before] = [0, 0];
      const end = lists.starts[document + 1]!;
      for (let at = lists.starts[document]!; at < end; at++) {
        const token = lists.numbers[at]!;
        if (areWords[token] === 0) continue;
        const here = places.get(token) ?? 0;
        pairs |= (before << 1) & here;
        before = here;
      }
      return bitsOf(pairs);
    };
  }

  /** Numbers of the tokens that are the word, and not only hold it. */
  private tokensThatAre(word: string): number[] {
    const term = this.dictionary.find(word);
    if (term === undefined) return [];
    return this.postings.tokensWith(term).filter((token) => lower(this.shards.tokens[token]!) === word);
  }
}

/** How many pairs of neighbours among the words of a query stand side by side in a text of these words. */
export function pairsIn(text: readonly string[], places: ReadonlyMap<string, number>): number {
  let [pairs, before] = [0, 0];
  for (const word of text) {
    const here = places.get(word) ?? 0;
    pairs |= (before << 1) & here;
    before = here;
  }
  return bitsOf(pairs);
}

/** The places of each word in a query, as bits. */
export function placesOf(typed: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  typed.slice(0, MOST_WORDS).forEach((word, at) => {
    places.set(word, (places.get(word) ?? 0) | (1 << at));
  });
  return places;
}

function bitsOf(set: number): number {
  let count = 0;
  for (let left = set; left !== 0; left &= left - 1) count++;
  return count;
}
