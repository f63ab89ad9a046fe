/** Where each term stands: documents and fields in typed arrays, so that a term of many documents costs no objects. */
import { FIELD_WEIGHTS, FIELDS, keysOf, type RunningField, TIER_OF_TEXT } from './fields.ts';
import type { Lists, Shards } from './shards/decode.ts';
import type { Texts } from './texts.ts';
import { terms } from './tokenise.ts';

export class Postings {
  /** All terms, ascending; a term's place is its number. */
  readonly terms: string[];
  /** By term: where its postings begin; one more than there are terms. */
  private readonly starts: Uint32Array;
  /** By term, then document: `document * FIELDS.length + field`. */
  private readonly places: Uint32Array;
  /** By place: what a word there counts. */
  private readonly weights: Float64Array;

  constructor(shards: Shards, texts: Texts) {
    const collected = new Collected(shards.rows.length * FIELDS.length);
    collect(shards, texts, collected);
    this.weights = collected.weights;
    this.terms = [...collected.numbers.keys()].sort();
    const sorted = new Uint32Array(this.terms.length);
    this.terms.forEach((term, number) => {
      sorted[collected.numbers.get(term)!] = number;
    });
    const { ofTerm, atPlace, length } = collected;
    this.starts = new Uint32Array(this.terms.length + 1);
    for (let at = 0; at < length; at++) this.starts[sorted[ofTerm[at]!]! + 1]!++;
    for (let at = 1; at < this.starts.length; at++) this.starts[at]! += this.starts[at - 1]!;
    const next = this.starts.slice();
    this.places = new Uint32Array(length);
    for (let at = 0; at < length; at++) this.places[next[sorted[ofTerm[at]!]!]!++] = atPlace[at]!;
  }

  /** In how many fields of how many documents the term stands. */
  count(term: number): number {
    return this.starts[term + 1]! - this.starts[term]!;
  }

  visit(term: number, visitor: (document: number, field: number, weight: number) => void): void {
    const end = this.starts[term + 1]!;
    for (let at = this.starts[term]!; at < end; at++) {
      const place = this.places[at]!;
      const document = (place / FIELDS.length) | 0;
      visitor(document, place - document * FIELDS.length, this.weights[place]!);
    }
  }
}

/** Terms by place, in the order in which they were met. */
class Collected {
  /** The number of each term. */
  readonly numbers = new Map<string, number>();
  ofTerm = new Uint32Array(1 << 10);
  atPlace = new Uint32Array(1 << 10);
  length = 0;
  readonly weights: Float64Array;
  /** By term: one more than the place where it was last met, so that it counts once there. */
  private last = new Uint32Array(1 << 10);
  private readonly ofText = new Map<string, Uint32Array>();

  constructor(places: number) {
    this.weights = new Float64Array(places);
  }

  /** Numbers of the terms of a text that comes often: a value, a token. */
  termsOf(text: string): Uint32Array {
    let found = this.ofText.get(text);
    if (!found) {
      found = Uint32Array.from(terms(text), (term) => this.number(term));
      this.ofText.set(text, found);
    }
    return found;
  }

  /** How many of the terms were not yet met at this place. */
  add(place: number, found: Uint32Array): number {
    const before = this.length;
    for (let at = 0; at < found.length; at++) {
      const term = found[at]!;
      if (this.last[term] === place + 1) continue;
      this.last[term] = place + 1;
      if (this.length === this.ofTerm.length) this.grow();
      this.ofTerm[this.length] = term;
      this.atPlace[this.length++] = place;
    }
    return this.length - before;
  }

  private number(term: string): number {
    let number = this.numbers.get(term);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(term, number);
      if (number >= this.last.length) this.last = larger(this.last);
    }
    return number;
  }

  private grow(): void {
    this.ofTerm = larger(this.ofTerm);
    this.atPlace = larger(this.atPlace);
  }
}

function larger(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(2 * array.length);
  grown.set(array);
  return grown;
}

function collect(shards: Shards, texts: Texts, into: Collected): void {
  /** By list of numbers: the terms of what each number stands for. */
  const known = new Map<Lists, (Uint32Array | undefined)[]>();
  const add = (place: number, document: number, lists: Lists, textOf: (number: number) => string) => {
    let terms = known.get(lists);
    if (!terms) {
      terms = [];
      known.set(lists, terms);
    }
    const { starts, numbers } = lists;
    let size = 0;
    for (let at = starts[document]!; at < starts[document + 1]!; at++) {
      const number = numbers[at]!;
      terms[number] ??= into.termsOf(textOf(number));
      size += into.add(place, terms[number]!);
    }
    return size;
  };
  shards.rows.forEach(({ kind }, document) => {
    FIELDS.forEach((field, at) => {
      const place = document * FIELDS.length + at;
      let size = 0;
      if (field === 'name' || field === 'ids') {
        for (const chunk of texts.made(document, field).split(' '))
          size += into.add(place, into.termsOf(chunk));
      } else if (field in TIER_OF_TEXT) {
        const lists = shards.texts.get(field as RunningField);
        if (lists) size = add(place, document, lists, (token) => shards.tokens[token]!);
      } else {
        for (const key of keysOf(kind, field)) {
          const column = shards.columns.get(key);
          if (!column) continue;
          size += add(place, document, column.lists, (value) => texts.valueText(key, column.values[value]!));
        }
      }
      // A word says more of a short text than of a long one.
      if (size > 0) into.weights[place] = FIELD_WEIGHTS[field] / (1 + Math.log10(1 + size / 10));
    });
  });
}
