/** All terms of an index in order, and the ones near to a word: that begin with it, hold it, or are a slip away from it. */
import { editDistance } from '../text/nearest.ts';
import { isUuid } from './tokenise.ts';

/** Trigrams are told apart by so many bits of each character; those that fall together are told apart by the terms. */
const BITS = 6;
const MASK = (1 << BITS) - 1;
const BUCKETS = 1 << (3 * BITS);
/** Fewer terms are looked through sooner than a table of their trigrams is made. */
const MANY_TERMS = 10_000;

/** Terms by the trigrams that they hold. UUIDs are left out: there are many, each on its own. */
interface Trigrams {
  /** By trigram: where its terms begin in `terms`. */
  starts: Uint32Array;
  /** Numbers of terms, ascending within each trigram; a term that has one twice may stand there twice. */
  terms: Uint32Array;
}

/** What slips are looked for among. */
interface Slips {
  /** Numbers of the terms of each length. */
  byLength: number[][];
  /** Which characters a term has, folded into 32 bits. */
  letters: Int32Array;
}

export class Dictionary {
  /** These are made when they are first asked for. */
  private trigrams: Trigrams | undefined;
  private slips: Slips | undefined;
  private uuids: number[] | undefined;

  /** `terms` are in ascending order, each once; a term's place is its number everywhere. */
  constructor(readonly terms: readonly string[]) {}

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

  /** Terms that hold `part` anywhere; UUIDs only where asked for. */
  holding(part: string, { uuids }: { uuids: boolean }): number[] {
    const found: number[] = [];
    if (part.length < 3 || this.terms.length < MANY_TERMS) {
      for (let number = 0; number < this.terms.length; number++) {
        const term = this.terms[number]!;
        if (term.includes(part) && !isUuid(term)) found.push(number);
      }
    } else {
      const { starts, terms } = this.trigramTable();
      let rarest = trigramAt(part, 0);
      for (let at = 1; at + 3 <= part.length; at++) {
        const trigram = trigramAt(part, at);
        if (starts[trigram + 1]! - starts[trigram]! < starts[rarest + 1]! - starts[rarest]!) rarest = trigram;
      }
      let last = -1;
      for (let at = starts[rarest]!; at < starts[rarest + 1]!; at++) {
        const number = terms[at]!;
        if (number === last || !this.terms[number]!.includes(part)) continue;
        found.push(number);
        last = number;
      }
    }
    if (uuids && /^[0-9a-f-]+$/.test(part)) {
      this.uuids ??= this.terms.flatMap((term, number) => (isUuid(term) ? [number] : []));
      for (const number of this.uuids) if (this.terms[number]!.includes(part)) found.push(number);
    }
    return found;
  }

  /**
   * Terms at most `most` edits from the word, or with two neighbours exchanged. An edit changes at most two of the
   * characters that a word has, so most terms are ruled out by one comparison of bits: exact also for short words, of
   * which a single edit leaves no trigram.
   */
  slipsOf(word: string, most: 1 | 2): number[] {
    this.slips ??= slipsTable(this.terms);
    const { byLength, letters } = this.slips;
    const own = lettersOf(word);
    const found: number[] = [];
    for (let length = word.length - most; length <= word.length + most; length++) {
      for (const number of byLength[length] ?? []) {
        if (bits(own ^ letters[number]!) > 2 * most) continue;
        if (isSlip(word, this.terms[number]!, most)) found.push(number);
      }
    }
    return found;
  }

  private trigramTable(): Trigrams {
    if (this.trigrams) return this.trigrams;
    const inner = this.terms.flatMap((term, number) => (isUuid(term) ? [] : [number]));
    const starts = new Uint32Array(BUCKETS + 1);
    for (const number of inner) {
      const term = this.terms[number]!;
      for (let at = 0; at + 3 <= term.length; at++) starts[trigramAt(term, at) + 1]!++;
    }
    for (let trigram = 0; trigram < BUCKETS; trigram++) starts[trigram + 1]! += starts[trigram]!;
    const terms = new Uint32Array(starts[BUCKETS]!);
    const next = starts.slice();
    for (const number of inner) {
      const term = this.terms[number]!;
      for (let at = 0; at + 3 <= term.length; at++) terms[next[trigramAt(term, at)]!++] = number;
    }
    this.trigrams = { starts, terms };
    return this.trigrams;
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

function slipsTable(terms: readonly string[]): Slips {
  const byLength: number[][] = [];
  terms.forEach((term, number) => {
    byLength[term.length] ??= [];
    byLength[term.length]!.push(number);
  });
  return { byLength, letters: Int32Array.from(terms, lettersOf) };
}

function trigramAt(text: string, at: number): number {
  const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
  return ((((a & MASK) << BITS) | (b & MASK)) << BITS) | (c & MASK);
}

function lettersOf(word: string): number {
  let set = 0;
  for (let at = 0; at < word.length; at++) set |= 1 << (word.charCodeAt(at) & 31);
  return set;
}

/** How many bits are set: in pairs of them, in fours, in bytes, in all. */
function bits(set: number): number {
  const pairs = set - ((set >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
