/** All terms of an index in order, and the ones near to a word: that begin with it, hold it, or are a slip away from it. */
import { editDistance } from '../text/nearest.ts';
import { isUuid } from './tokenise.ts';

/** Trigrams are told apart by so many bits of each character; those that fall together are told apart by the terms. */
const BITS = { few: 3, many: 6 };
const MANY_TERMS = 2000;

export class Dictionary {
  /** By bucket of a trigram: where its terms begin in `withTrigram`. UUIDs are left out: there are many, each on its own. */
  private readonly buckets: Uint32Array;
  /** Numbers of terms, ascending within each bucket; a term that has a trigram twice may stand there twice. */
  private readonly withTrigram: Uint32Array;
  private readonly uuids: number[] = [];
  /** Numbers of the terms of each length. */
  private readonly byLength: number[][] = [];
  /** Which characters a term has, folded into 32 bits. */
  private readonly letters: Int32Array;
  private readonly bits: number;

  /** `terms` are in ascending order, each once; a term's place is its number everywhere. */
  constructor(readonly terms: readonly string[]) {
    this.letters = Int32Array.from(terms, lettersOf);
    const inner: number[] = [];
    terms.forEach((term, number) => {
      this.byLength[term.length] ??= [];
      this.byLength[term.length]!.push(number);
      if (isUuid(term)) this.uuids.push(number);
      else if (term.length >= 3) inner.push(number);
    });
    this.bits = terms.length < MANY_TERMS ? BITS.few : BITS.many;
    const size = 1 << (3 * this.bits);
    this.buckets = new Uint32Array(size + 1);
    const ends = this.buckets.subarray(1);
    for (const number of inner) this.eachBucket(terms[number]!, (bucket) => ends[bucket]!++);
    for (let bucket = 1; bucket < size; bucket++) ends[bucket]! += ends[bucket - 1]!;
    this.withTrigram = new Uint32Array(ends[size - 1]!);
    const next = this.buckets.slice();
    for (const number of inner) {
      this.eachBucket(terms[number]!, (bucket) => {
        this.withTrigram[next[bucket]!++] = number;
      });
    }
  }

  /** The term's number; undefined for one that no text has. */
  find(term: string): number | undefined {
    const at = this.lowerBound(term);
    return this.terms[at] === term ? at : undefined;
  }

  /** First and one past the last of the terms that begin with `start`. */
  beginningWith(start: string): [from: number, to: number] {
    const from = this.lowerBound(start);
    let to = from;
    while (to < this.terms.length && this.terms[to]!.startsWith(start)) to++;
    return [from, to];
  }

  /** Terms that hold `part`, of three characters or more, anywhere; UUIDs only where asked for. */
  holding(part: string, { uuids }: { uuids: boolean }): number[] {
    let [from, to] = [0, Number.POSITIVE_INFINITY];
    this.eachBucket(part, (bucket) => {
      if (this.buckets[bucket + 1]! - this.buckets[bucket]! >= to - from) return;
      from = this.buckets[bucket]!;
      to = this.buckets[bucket + 1]!;
    });
    const found: number[] = [];
    for (let at = from; at < to; at++) {
      const number = this.withTrigram[at]!;
      if (number !== found.at(-1) && this.terms[number]!.includes(part)) found.push(number);
    }
    if (uuids && /^[0-9a-f-]+$/.test(part))
      for (const number of this.uuids) if (this.terms[number]!.includes(part)) found.push(number);
    return found;
  }

  /**
   * Terms at most `most` edits from the word, or with two neighbours exchanged. An edit changes at most two of the
   * characters that a word has, so most terms are ruled out by one comparison of bits: exact also for short words, of
   * which a single edit leaves no trigram.
   */
  slipsOf(word: string, most: 1 | 2): number[] {
    const letters = lettersOf(word);
    const found: number[] = [];
    for (let length = word.length - most; length <= word.length + most; length++) {
      for (const number of this.byLength[length] ?? []) {
        if (bits(letters ^ this.letters[number]!) > 2 * most) continue;
        if (isSlip(word, this.terms[number]!, most)) found.push(number);
      }
    }
    return found;
  }

  private eachBucket(text: string, visit: (bucket: number) => void): void {
    const { bits } = this;
    const mask = (1 << bits) - 1;
    for (let at = 0; at + 3 <= text.length; at++) {
      const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
      visit(((((a & mask) << bits) | (b & mask)) << bits) | (c & mask));
    }
  }

  private lowerBound(wanted: string): number {
    let from = 0;
    let to = this.terms.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.terms[middle]! < wanted) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Edits, with two neighbours exchanged counted as one: the slip of fast fingers. */
export function isSlip(word: string, term: string, most: number): boolean {
  if (Math.abs(word.length - term.length) > most) return false;
  if (editDistance(word, term, most) <= most) return true;
  if (word.length !== term.length) return false;
  let at = 0;
  while (word[at] === term[at]) at++;
  return word[at] === term[at + 1] && word[at + 1] === term[at] && word.slice(at + 2) === term.slice(at + 2);
}

function lettersOf(word: string): number {
  let set = 0;
  for (let at = 0; at < word.length; at++) set |= 1 << (word.charCodeAt(at) & 31);
  return set;
}

function bits(set: number): number {
  let count = 0;
  for (let left = set; left !== 0; left &= left - 1) count++;
  return count;
}
