/** Where each term stands: documents and fields in typed arrays, so that a term of many documents costs no objects. */
import { FIELD_WEIGHTS, type SearchDocument, type TextField } from './documents.ts';
import { terms } from './tokenise.ts';

/** Fields by number, heaviest first. */
export const FIELDS = Object.keys(FIELD_WEIGHTS) as TextField[];

export class Postings {
  /** All terms, ascending; a term's place is its number. */
  readonly terms: string[];
  /** By term: where its postings begin; one more than there are terms. */
  private readonly starts: Uint32Array;
  /** By term, then document: `document * FIELDS.length + field`. */
  private readonly places: Uint32Array;
  /** By place: what a word there counts. */
  private readonly weights: Float64Array;

  constructor(documents: readonly SearchDocument[]) {
    this.weights = new Float64Array(documents.length * FIELDS.length);
    const numbers = new Map<string, number>();
    const ofTerm: number[] = [];
    const atPlace: number[] = [];
    documents.forEach(({ text }, document) => {
      FIELDS.forEach((field, at) => {
        const value = text[field];
        if (!value) return;
        const place = document * FIELDS.length + at;
        const found = terms(value);
        // A word says more of a short text than of a long one.
        this.weights[place] = FIELD_WEIGHTS[field] / (1 + Math.log10(1 + found.size / 10));
        for (const term of found) {
          const number = numbers.get(term) ?? numbers.size;
          numbers.set(term, number);
          ofTerm.push(number);
          atPlace.push(place);
        }
      });
    });
    this.terms = [...numbers.keys()].sort();
    const sorted = new Uint32Array(numbers.size);
    this.terms.forEach((term, number) => {
      sorted[numbers.get(term)!] = number;
    });
    this.starts = new Uint32Array(this.terms.length + 1);
    for (const number of ofTerm) this.starts[sorted[number]! + 1]!++;
    for (let at = 1; at < this.starts.length; at++) this.starts[at]! += this.starts[at - 1]!;
    const next = this.starts.slice();
    this.places = new Uint32Array(ofTerm.length);
    ofTerm.forEach((number, at) => {
      this.places[next[sorted[number]!]!++] = atPlace[at]!;
    });
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
