/** Whether words that were typed side by side stand side by side in a text, in that order. */
import type { Shards } from './shards/decode.ts';
import { isWord } from './shards/tokens.ts';
import { lower } from './tokenise.ts';

/** Places of a query are bits of a number; nobody types more words than it has. */
const MOST_WORDS = 31;

export class Proximity {
  /** Numbers of the tokens that are a word, by the word; made when first asked for, as is `isWord`. */
  private readonly tokensOf = new Map<string, number[]>();
  private isWord: Uint8Array | undefined;

  constructor(private readonly shards: Shards) {}

  /** By document: how many pairs of neighbours among the words of a query its description has. */
  pairsInDescription(typed: readonly string[]): (document: number) => number {
    const lists = this.shards.texts.get('description');
    if (!lists) return () => 0;
    const isWord = this.tokensRead();
    const places = new Map<number, number>();
    for (const [word, bits] of placesOf(typed))
      for (const token of this.tokensOf.get(word) ?? []) places.set(token, bits);
    return (document) => {
      let [pairs, before] = [0, 0];
      const end = lists.starts[document + 1]!;
      for (let at = lists.starts[document]!; at < end; at++) {
        const token = lists.numbers[at]!;
        if (isWord[token] === 0) continue;
        const here = places.get(token) ?? 0;
        pairs |= (before << 1) & here;
        before = here;
      }
      return bitsOf(pairs);
    };
  }

  private tokensRead(): Uint8Array {
    if (this.isWord) return this.isWord;
    const { tokens } = this.shards;
    const marks = new Uint8Array(tokens.length);
    tokens.forEach((token, number) => {
      if (!isWord(token)) return;
      marks[number] = 1;
      const word = lower(token);
      const known = this.tokensOf.get(word);
      if (known) known.push(number);
      else this.tokensOf.set(word, [number]);
    });
    this.isWord = marks;
    return marks;
  }
}

/** How many pairs of neighbours among the words of a query stand side by side in a text of these words. */
export function pairsIn(text: readonly string[], typed: readonly string[]): number {
  const places = placesOf(typed);
  let [pairs, before] = [0, 0];
  for (const word of text) {
    const here = places.get(word) ?? 0;
    pairs |= (before << 1) & here;
    before = here;
  }
  return bitsOf(pairs);
}

/** The places of each word in a query, as bits. */
function placesOf(typed: readonly string[]): Map<string, number> {
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
