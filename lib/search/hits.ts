/** Documents found so far, with score and fields, in arrays over all documents. */

/** Set in a document's entry of `fields` once it is found, be it by no field at all. */
const FOUND = 1 << 15;

export class Hits {
  /** In the order in which they were found. */
  readonly documents: number[] = [];
  private readonly scores: Float64Array;
  private readonly fields: Uint16Array;

  constructor(private readonly size: number) {
    this.scores = new Float64Array(size);
    this.fields = new Uint16Array(size);
  }

  has(document: number): boolean {
    return this.fields[document]! !== 0;
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
    if (!this.has(document)) this.documents.push(document);
    if (score > this.scores[document]!) this.scores[document] = score;
    this.fields[document]! |= fields | FOUND;
  }

  /** Two things that were both asked for add up. */
  add(document: number, score: number, fields: number): void {
    if (!this.has(document)) this.documents.push(document);
    this.scores[document]! += score;
    this.fields[document]! |= fields | FOUND;
  }

  /** Those that `keep` is true for. */
  filter(keep: (document: number) => boolean): Hits {
    const kept = new Hits(this.size);
    for (const document of this.documents) {
      if (keep(document)) kept.add(document, this.scores[document]!, this.fields[document]!);
    }
    return kept;
  }
}
