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
/** Texts whose hits are kept: while the last word of a query is typed, those before it stay. */
const KEPT = 16;

const LETTER = /^[a-z0-9]$/i;

export class Matching {
  /** Hits of words and phrases by what was looked for, the latest last. */
  private readonly kept = new Map<string, Hits>();
  /** The same of single letters, which begin a tenth of all terms: they are few, and kept for good. */
  private readonly letters = new Map<string, Hits>();

  constructor(
    private readonly size: number,
    private readonly postings: Postings,
    private readonly dictionary: Dictionary,
    private readonly phrases: Phrases,
    private readonly facets: Facets,
  ) {}

  /** What the clause finds; not to be changed. */
  lookUp(clause: Clause): Hits {
    if (clause.key !== undefined || clause.negated) return this.passingHits(clause);
    if (!clause.quoted && LETTER.test(clause.value)) return this.letter(clause.value.toLowerCase());
    const text = `${clause.quoted ? '"' : ''}${clause.value}`;
    const hits = this.kept.get(text) ?? this.textHits(clause);
    this.kept.delete(text);
    this.kept.set(text, hits);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
    return hits;
  }

  /** What a letter or digit finds as the beginning of a word. */
  letter(letter: string): Hits {
    let hits = this.letters.get(letter);
    if (hits === undefined) {
      hits = this.word(letter);
      this.letters.set(letter, hits);
    }
    return hits;
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

  /** By document: 1 where each group holds; undefined where there is none. */
  passingAll(groups: readonly (readonly Clause[])[]): Uint8Array | undefined {
    const [all, ...others] = groups.map((group) => this.passing(group));
    for (const marks of others)
      for (let document = 0; document < this.size; document++) all![document]! &= marks[document]!;
    return all;
  }

  private passingHits(clause: Clause): Hits {
    const found = new Hits(this.size);
    const marks = this.passing([clause]);
    const count = marks.reduce((sum, mark) => sum + mark, 0);
    const score = clause.negated ? 1 : VALUE_WEIGHT * this.rarity(count);
    for (let document = 0; document < this.size; document++)
      if (marks[document] === 1) found.raise(document, score, 0);
    return found;
  }

  private textHits({ value, quoted }: Clause): Hits {
    const parts = words(value);
    // A word that holds what no term does (`hklm\software`, `a b` in quotes) is a phrase.
    if (quoted || parts.length !== 1 || parts[0]!.length !== value.length) {
      const found = new Hits(this.size);
      const any = this.phrases.visit(value, (document, fields) => {
        // Fields are in the order of their weights, so the lowest bit is the heaviest.
        const heaviest = FIELDS[31 - Math.clz32(fields & -fields)]!;
        found.raise(document, FIELD_WEIGHTS[heaviest] * PHRASE_FACTOR, fields);
      });
      if (any || quoted || parts.length === 0) return found;
    }
    const [first, ...rest] = parts.map((part) => this.word(part));
    if (rest.length === 0) return first!;
    const all = new Hits(this.size);
    for (const document of first!.documents.subarray(0, first!.count)) {
      if (!rest.every((other) => other.has(document))) continue;
      const score = rest.reduce((sum, other) => sum + other.score(document), first!.score(document));
      all.raise(document, score, first!.fieldsOf(document));
    }
    return all;
  }

  private word(word: string): Hits {
    const found = new Hits(this.size);
    let [itself, any] = [0, 0];
    for (const near of nearTerms(this.dictionary, word)) {
      const count = this.postings.raise(near, found);
      any += count;
      if (near.nearness >= WORD_ITSELF) itself += count;
    }
    // How rare the word is, not how rare each term: a rare term that happens to hold a frequent word says no more.
    found.multiply(this.rarity(itself || any));
    return found;
  }

  private rarity(count: number): number {
    return Math.log(1 + this.size / Math.max(1, count));
  }
}
