/**
 * Where each term stands. Terms are made of the distinct words and values only, and documents are reached through these:
 * an index of thousands of documents is there in the time that its words take.
 */
import { FIELD_WEIGHTS, FIELDS } from './fields.ts';
import type { Hits } from './hits.ts';
import type { NearTerm } from './near.ts';
import type { Shards } from './shards/decode.ts';
import { type Source, sourcesOf } from './sources.ts';
import type { Texts } from './texts.ts';
import { terms } from './tokenise.ts';

/** A document's place for one of its fields: `document * PER_DOCUMENT + field`. */
const PER_DOCUMENT = FIELDS.length;
const WEIGHTS = Float64Array.from(FIELDS, (field) => FIELD_WEIGHTS[field]);

export class Postings {
  /** All terms, ascending; a term's place is its number. */
  readonly terms: string[];
  private readonly sources: readonly Source[];
  private readonly kinds: Uint8Array;
  /** By source: the number of its first text among the texts of all. */
  private readonly firstTexts: number[] = [];
  /** By text: where its places begin and end in `places`. */
  private readonly placeStarts: Uint32Array;
  private readonly placeEnds: Uint32Array;
  private readonly places: Uint32Array;
  /** By text: where its terms begin in `termsOf`; one more than there are texts. */
  private readonly termStarts: Uint32Array;
  private readonly termsOf: Uint32Array;
  /** By term: where its texts begin in `textsOf`; one more than there are terms. */
  private readonly textStarts: Uint32Array;
  private readonly textsOf: Uint32Array;
  /** By place: what a word there counts; 0 as long as nobody asked. */
  private readonly weights: Float64Array;
  /** By place: the number of the last look for a term; by term: of the last count of a text's terms. */
  private readonly looks: Uint32Array;
  private readonly counts: Uint32Array;
  private look = 0;
  private count = 0;

  constructor(shards: Shards, texts: Texts) {
    this.kinds = shards.kinds;
    this.weights = new Float64Array(shards.rows.length * PER_DOCUMENT);
    this.looks = new Uint32Array(shards.rows.length * PER_DOCUMENT);
    this.sources = sourcesOf(shards, texts);
    let [size, length] = [0, 0];
    for (const source of this.sources) {
      this.firstTexts.push(size);
      size += source.size;
      for (const { lists } of source.columns) length += lists.numbers.length;
    }
    this.placeStarts = new Uint32Array(size);
    this.placeEnds = new Uint32Array(size);
    this.places = new Uint32Array(length);
    this.collectPlaces();
    const { numbers, starts, found } = this.collectTerms(size);
    this.termStarts = starts;
    this.terms = [...numbers.keys()].sort();
    this.counts = new Uint32Array(this.terms.length);
    const sorted = new Uint32Array(this.terms.length);
    for (let number = 0; number < this.terms.length; number++)
      sorted[numbers.get(this.terms[number]!)!] = number;
    this.termsOf = new Uint32Array(found.length);
    this.textStarts = new Uint32Array(this.terms.length + 1);
    for (let at = 0; at < found.length; at++) {
      const term = sorted[found[at]!]!;
      this.termsOf[at] = term;
      this.textStarts[term + 1]!++;
    }
    for (let term = 0; term < this.terms.length; term++) this.textStarts[term + 1]! += this.textStarts[term]!;
    this.textsOf = new Uint32Array(this.termsOf.length);
    const next = this.textStarts.slice();
    for (let text = 0; text < size; text++)
      for (let at = starts[text]!; at < starts[text + 1]!; at++)
        this.textsOf[next[this.termsOf[at]!]!++] = text;
  }

  /**
   * Raises each document that has the term to what a word counts in its field, times how near the term is. Gives in how
   * many fields of documents the term stands.
   */
  raise({ term, nearness }: NearTerm, into: Hits): number {
    const { places, weights, looks } = this;
    const look = ++this.look;
    const from = this.textStarts[term]!;
    const to = this.textStarts[term + 1]!;
    // One text has each place once.
    const several = to - from > 1;
    let count = 0;
    for (let at = from; at < to; at++) {
      const text = this.textsOf[at]!;
      const end = this.placeEnds[text]!;
      for (let each = this.placeStarts[text]!; each < end; each++) {
        const place = places[each]!;
        if (several) {
          if (looks[place] === look) continue;
          looks[place] = look;
        }
        count++;
        const document = (place / PER_DOCUMENT) | 0;
        const weight = weights[place]! || this.weigh(place);
        into.raise(document, weight * nearness, 1 << (place - document * PER_DOCUMENT));
      }
    }
    return count;
  }

  /** Adds to each document's bits those of its fields that have the term. */
  mark(term: number, into: Uint16Array): void {
    for (let at = this.textStarts[term]!; at < this.textStarts[term + 1]!; at++) {
      const text = this.textsOf[at]!;
      const end = this.placeEnds[text]!;
      for (let each = this.placeStarts[text]!; each < end; each++) {
        const place = this.places[each]!;
        const document = (place / PER_DOCUMENT) | 0;
        into[document]! |= 1 << (place - document * PER_DOCUMENT);
      }
    }
  }

  /** Numbers of the tokens of running texts that have the term. */
  tokensWith(term: number): number[] {
    const running = this.sources.findIndex((source) => source.running);
    const found: number[] = [];
    if (running < 0) return found;
    const first = this.firstTexts[running]!;
    for (let at = this.textStarts[term]!; at < this.textStarts[term + 1]!; at++) {
      const token = this.textsOf[at]! - first;
      if (token >= 0 && token < this.sources[running]!.size) found.push(token);
    }
    return found;
  }

  /** A word says more of a short text than of a long one. */
  private weigh(place: number): number {
    const { counts, termStarts, termsOf } = this;
    const document = (place / PER_DOCUMENT) | 0;
    const field = place - document * PER_DOCUMENT;
    const kind = this.kinds[document]!;
    const count = ++this.count;
    let size = 0;
    for (let source = 0; source < this.sources.length; source++) {
      const first = this.firstTexts[source]!;
      for (const { lists, fieldOfKind } of this.sources[source]!.columns) {
        if (fieldOfKind[kind] !== field) continue;
        for (let at = lists.starts[document]!; at < lists.starts[document + 1]!; at++) {
          const text = first + lists.numbers[at]!;
          for (let each = termStarts[text]!; each < termStarts[text + 1]!; each++) {
            const term = termsOf[each]!;
            if (counts[term] === count) continue;
            counts[term] = count;
            size++;
          }
        }
      }
    }
    const weight = WEIGHTS[field]! / (1 + Math.log10(1 + size / 10));
    this.weights[place] = weight;
    return weight;
  }

  private collectPlaces(): void {
    const { kinds, placeStarts, placeEnds, places } = this;
    let filled = 0;
    this.sources.forEach(({ size, columns }, source) => {
      const first = this.firstTexts[source]!;
      for (const { lists } of columns)
        for (let at = 0; at < lists.numbers.length; at++) placeStarts[first + lists.numbers[at]!]!++;
      for (let text = first; text < first + size; text++) {
        const own = placeStarts[text]!;
        placeStarts[text] = filled;
        placeEnds[text] = filled;
        filled += own;
      }
      for (const { lists, fieldOfKind } of columns) {
        const { starts, numbers } = lists;
        for (let document = 0; document < kinds.length; document++) {
          const field = fieldOfKind[kinds[document]!]!;
          if (field < 0) continue;
          const place = document * PER_DOCUMENT + field;
          for (let at = starts[document]!; at < starts[document + 1]!; at++) {
            const text = first + numbers[at]!;
            const end = placeEnds[text]!;
            // A word that stands in a field twice.
            if (end > placeStarts[text]! && places[end - 1] === place) continue;
            places[end] = place;
            placeEnds[text] = end + 1;
          }
        }
      }
    });
  }

  /** Terms are numbered as they are met: `found` has those of text n from `starts[n]` up to `starts[n + 1]`. */
  private collectTerms(size: number) {
    const numbers = new Map<string, number>();
    const starts = new Uint32Array(size + 1);
    const found: number[] = [];
    this.sources.forEach((source, place) => {
      const first = this.firstTexts[place]!;
      for (let number = 0; number < source.size; number++) {
        const text = first + number;
        // What stands in no field of a document has no terms.
        if (this.placeEnds[text]! > this.placeStarts[text]!) {
          for (const term of terms(source.textOf(number))) {
            let known = numbers.get(term);
            if (known === undefined) {
              known = numbers.size;
              numbers.set(term, known);
            }
            found.push(known);
          }
        }
        starts[text + 1] = found.length;
      }
    });
    return { numbers, starts, found };
  }
}
