/** Where a phrase stands: candidates by its words, then the texts themselves. */

import type { Dictionary } from './dictionary.ts';
import { FIELDS } from './fields.ts';
import type { Postings } from './postings.ts';
import type { Texts } from './texts.ts';
import { plain, words } from './tokenise.ts';

/** Fewer characters than a trigram cut nothing down. */
const SHORTEST_PART = 3;
const ONE_WORD = /^[a-z0-9_]+$/;
const ALL_FIELDS = (1 << FIELDS.length) - 1;

export class Phrases {
  constructor(
    private readonly size: number,
    private readonly texts: Texts,
    private readonly dictionary: Dictionary,
    private readonly postings: Postings,
  ) {}

  /** Calls `visitor` with every document whose texts hold the phrase, and those fields as bits; says whether any did. */
  visit(phrase: string, visitor: (document: number, fields: number) => void): boolean {
    const wanted = plain(phrase);
    if (!wanted) return false;
    const candidates = this.candidates(wanted);
    // What has no separator lies within words, so the words that hold it say all.
    const certain = candidates !== undefined && ONE_WORD.test(wanted);
    let any = false;
    for (let document = 0; document < this.size; document++) {
      const possible = candidates ? candidates[document]! : ALL_FIELDS;
      let fields = 0;
      for (let left = possible; left !== 0; left &= left - 1) {
        const field = 31 - Math.clz32(left & -left);
        if (certain || this.texts.of(document, field).includes(wanted)) fields |= 1 << field;
      }
      if (fields === 0) continue;
      any = true;
      visitor(document, fields);
    }
    return any;
  }

  /** By document: the fields that hold all words of the phrase, as bits; undefined where its words rule nothing out. */
  private candidates(phrase: string): Uint16Array | undefined {
    const { size } = this;
    let all: Uint16Array | undefined;
    for (const numbers of this.termsOf(phrase)) {
      const here = new Uint16Array(size);
      for (const number of numbers) this.postings.mark(number, here);
      if (all) for (let document = 0; document < size; document++) here[document]! &= all[document]!;
      all = here;
    }
    return all;
  }

  /**
   * For each word of the phrase, the terms of which a text with the phrase has at least one. A word inside the phrase is
   * a term itself; the first may be a term's end, the last a term's beginning, and the only one may stand within a term.
   */
  private termsOf(phrase: string): number[][] {
    // Lower case can split or join letters of other scripts, so that a word of the phrase is no word of the text.
    if (!/^[ -~]*$/.test(phrase)) return [];
    const parts = words(phrase);
    const edge = /[a-z0-9_.\-:]/;
    const openStart = edge.test(phrase[0]!);
    const openEnd = edge.test(phrase.at(-1)!);
    return parts.flatMap((part, at) => {
      const startsOpen = at === 0 && openStart;
      const endsOpen = at === parts.length - 1 && openEnd;
      if (!startsOpen && !endsOpen) {
        const term = this.dictionary.find(part);
        return [term === undefined ? [] : [term]];
      }
      if (part.length < SHORTEST_PART && part !== phrase) return [];
      if (!startsOpen) {
        const [from, to] = this.dictionary.beginningWith(part);
        return [Array.from({ length: to - from }, (_, offset) => from + offset)];
      }
      const holding = this.dictionary.holding(part, { uuids: true });
      return [endsOpen ? holding : holding.filter((number) => this.dictionary.terms[number]!.endsWith(part))];
    });
  }
}
