/** Documents found so far, with score and fields, in arrays over all documents. */

/** Set in a document's entry of `fields` once it is found, be it by no field at all. */
const FOUND = 1 << 15;

export class Hits {
  /** How many were found; so many of `documents` are set, in the order in which they were found. */
  count = 0;
  readonly documents: Uint32Array;
  private readonly scores: Float64Array;
  private readonly fields: Uint16Array;

  constructor(size: number) {
    this.documents = new Uint32Array(size);
    this.scores = new Float64Array(size);
    this.fields = new Uint16Array(size);
  }

  has(document: number): boolean {
    return this.fields[document] !== 0;
  }

  score(document: number): number {
    return this.scores[document]!;
  }

  /** Bit n: the field with number n. */
  fieldsOf(document: number): number {
    return this.fields[document]! & ~FOUND;
  }

  /** The better of two reasons to find a document counts. */
  raise(document: number, score: number, fields: number): void {
    const before = this.fields[document]!;
    if (before === 0) this.documents[this.count++] = document;
    this.fields[document] = before | fields | FOUND;
    if (score > this.scores[document]!) this.scores[document] = score;
  }

  /** Two things that were both asked for add up. */
  add(document: number, score: number, fields: number): void {
    const before = this.fields[document]!;
    if (before === 0) this.documents[this.count++] = document;
    this.fields[document] = before | fields | FOUND;
    this.scores[document]! += score;
  }

  /** Those that `keep` is true for. */
  that(keep: (document: number) => boolean): Uint32Array {
    const kept = new Uint32Array(this.count);
    let length = 0;
    for (let at = 0; at < this.count; at++) {
      const document = this.documents[at]!;
      if (keep(document)) kept[length++] = document;
    }
    return kept.subarray(0, length);
  }

  /** All that was found counts so many times as much. */
  multiply(factor: number): void {
    for (let at = 0; at < this.count; at++) this.scores[this.documents[at]!]! *= factor;
  }
}
