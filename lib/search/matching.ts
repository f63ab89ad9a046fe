/** The documents that a clause of a query holds for, and how much that counts. */
import type { Dictionary } from './dictionary.ts';
import type { Facets } from './facets.ts';
import { FIELD_WEIGHTS, FIELDS } from './fields.ts';
import { Hits } from './hits.ts';
import { nearTerms } from './near.ts';
import type { Phrases } from './phrases.ts';
import type { Postings } from './postings.ts';
import type { Clause } from './query.ts';
import { words } from './tokenise.ts';

/** A phrase counts as much as this many words. */
const PHRASE_FACTOR = 4;
/** A value of a key counts as a word of the field of tags does. */
const VALUE_WEIGHT = FIELD_WEIGHTS.tags;
/** Terms as near as this are the word itself, or another form of it. */
const WORD_ITSELF = 0.8;

export class Matching {
  constructor(
    private readonly size: number,
    private readonly postings: Postings,
    private readonly dictionary: Dictionary,
    private readonly phrases: Phrases,
    private readonly facets: Facets,
  ) {}

  /** Adds what the clause finds. */
  lookUp(clause: Clause, into: Hits): void {
    if (clause.key !== undefined || clause.negated) {
      const marks = this.passing([clause]);
      const count = marks.reduce((sum, mark) => sum + mark, 0);
      const score = clause.negated ? 1 : VALUE_WEIGHT * this.rarity(count);
      marks.forEach((passes, document) => {
        if (passes) into.raise(document, score, 0);
      });
      return;
    }
    const parts = words(clause.value);
    // A word that holds what no term does (`hklm\software`, `a b` in quotes) is a phrase.
    if (clause.quoted || parts.length !== 1 || parts[0]!.length !== clause.value.length) {
      const any = this.phrases.visit(clause.value, (document, fields) => {
        // Fields are in the order of their weights, so the lowest bit is the heaviest.
        const heaviest = FIELDS[31 - Math.clz32(fields & -fields)]!;
        into.raise(document, FIELD_WEIGHTS[heaviest] * PHRASE_FACTOR, fields);
      });
      if (any || clause.quoted) return;
    }
    const [first, ...rest] = parts.map((part) => this.word(part));
    for (const document of first?.documents ?? []) {
      if (!rest.every((other) => other.has(document))) continue;
      const score = rest.reduce((sum, other) => sum + other.score(document), first!.score(document));
      into.raise(document, score, first!.fieldsOf(document));
    }
  }

  /** By document: 1 where one of the clauses holds. */
  passing(group: readonly Clause[]): Uint8Array {
    const { size } = this;
    const all = new Uint8Array(size);
    for (const clause of group) {
      const marks = clause.negated ? new Uint8Array(size) : all;
      if (clause.key !== undefined) this.facets.mark(clause, marks);
      else {
        this.phrases.visit(clause.value, (document) => {
          marks[document] = 1;
        });
      }
      if (clause.negated)
        for (let document = 0; document < size; document++) all[document]! |= 1 - marks[document]!;
    }
    return all;
  }

  private word(word: string): Hits {
    const found = new Hits(this.size);
    const near = nearTerms(this.dictionary, word);
    const count = (least: number) =>
      near.reduce((sum, { term, nearness }) => sum + (nearness >= least ? this.postings.count(term) : 0), 0);
    // How rare the word is, not how rare each term: a rare term that happens to hold a frequent word says no more.
    const rarity = this.rarity(count(WORD_ITSELF) || count(0));
    for (const { term, nearness } of near) {
      this.postings.visit(term, (document, field, weight) => {
        found.raise(document, weight * nearness * rarity, 1 << field);
      });
    }
    return found;
  }

  private rarity(count: number): number {
    return Math.log(1 + this.size / Math.max(1, count));
  }
}
