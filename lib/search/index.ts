/** The index of a catalog's documents, and the answer to a query: which documents, best first, and why. */
import type { Diagnostic } from '../text/diagnostic.ts';
import { Dictionary } from './dictionary.ts';
import type { SearchDocument } from './documents.ts';
import { Facets } from './facets.ts';
import { FIELD_WEIGHTS, FIELDS, type TextField } from './fields.ts';
import { Hits } from './hits.ts';
import { type Listed, listedOf } from './listed.ts';
import { Phrases } from './phrases.ts';
import { Postings } from './postings.ts';
import { type Clause, parseQuery } from './query.ts';
import { Ranking } from './ranking.ts';
import { Shards } from './shards/decode.ts';
import { encodeShards } from './shards/encode.ts';
import { Texts } from './texts.ts';
import { plain, words } from './tokenise.ts';

export interface Found {
  document: Listed;
  score: number;
  /** Fields that hold what was looked for, heaviest first. */
  matched: TextField[];
}

export interface Answer {
  query: string;
  /** Documents that match, of which `results` holds the first. */
  total: number;
  results: Found[];
  diagnostics: Diagnostic[];
}

/** How much a term of the dictionary counts that is not the word itself. */
const NEARNESS = { exact: 1, prefix: 0.6, infix: 0.35, typo: 0.25 };

/** A phrase counts as much as this many words. */
const PHRASE_FACTOR = 4;

/** Answers queries over the shards that are loaded; made anew when another one arrives. */
export class SearchIndex {
  readonly documents: readonly Listed[];
  readonly facets: Facets;
  private readonly postings: Postings;
  private readonly dictionary: Dictionary;
  private readonly phrases: Phrases;
  private readonly ranking: Ranking;

  constructor(shards: Shards) {
    this.documents = listedOf(shards);
    const texts = new Texts(shards);
    this.postings = new Postings(shards, texts);
    this.dictionary = new Dictionary(this.postings.terms);
    this.phrases = new Phrases(this.documents.length, texts, this.dictionary, this.postings);
    this.facets = new Facets(shards, texts);
    this.ranking = new Ranking(this.documents);
  }

  /** The index that a reader of these documents' shards has once all of them are loaded. */
  static of(documents: readonly SearchDocument[]): SearchIndex {
    const shards = new Shards();
    for (const bytes of encodeShards(documents)) shards.add(bytes);
    return new SearchIndex(shards);
  }

  /** All documents that match, best first, cut to `limit`. A query of filters alone gives the newest first. */
  search(query: string, limit = 10): Answer {
    const { groups, diagnostics } = parseQuery(query);
    if (groups.flat().some(({ key }) => key === 'is') && !this.facets.has('is')) {
      const message = 'No test was run over this content here, so `is:` finds nothing.';
      diagnostics.push({ code: 'query-evidence-missing', severity: 'warning', message });
    }
    const wanted = groups.filter((group) => group.some(({ negated, key }) => !negated && key === undefined));
    const filters = groups.filter((group) => !wanted.includes(group));
    const found =
      groups.length === 0 ? new Hits(this.documents.length) : this.hits(wanted, filters, diagnostics);
    const whole = plain(
      wanted
        .flat()
        .flatMap(({ value, asTyped }) => (asTyped ? [] : value))
        .join(' '),
    );
    const results = this.ranking.best(found, whole, limit).map(({ document, score }) => ({
      document: this.documents[document]!,
      score,
      matched: FIELDS.filter((_, field) => found.fieldsOf(document) & (1 << field)),
    }));
    return { query, total: found.documents.length, results, diagnostics };
  }

  /** Every group has to be met; where no document meets all of several, those that meet the most of them count. */
  private hits(groups: Clause[][], filters: Clause[][], diagnostics: Diagnostic[]): Hits {
    const size = this.documents.length;
    const passing = filters.map((group) => this.passing(group));
    const passes = (document: number) => passing.every((marks) => marks[document] === 1);
    const found = new Hits(size);
    if (groups.length === 0) {
      for (let document = 0; document < size; document++) if (passes(document)) found.add(document, 1, 0);
      return found;
    }
    const met = new Uint16Array(size);
    let most = 0;
    const nowhere: Clause[] = [];
    for (const group of groups) {
      const here = new Hits(size);
      for (const clause of group) this.lookUp(clause, here);
      if (here.documents.length === 0) nowhere.push(group[0]!);
      for (const document of here.documents) {
        if (!passes(document)) continue;
        most = Math.max(most, ++met[document]!);
        found.add(document, here.score(document), here.fieldsOf(document));
      }
    }
    if (most > 0 && most < groups.length) {
      diagnostics.push({
        code: 'query-partly-met',
        severity: 'info',
        message: partlyMet(groups.length, most, nowhere),
        ...(nowhere[0] && { range: nowhere[0].range }),
      });
    }
    return found.filter((document) => met[document] === most);
  }

  private lookUp(clause: Clause, into: Hits): void {
    if (clause.key !== undefined || clause.negated) {
      this.passing([clause]).forEach((passes, document) => {
        if (passes) into.raise(document, 1, 0);
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

  /** The word itself and what it begins; where that is nothing, what holds it, then what is a typing error away. */
  private word(word: string): Hits {
    const found = new Hits(this.documents.length);
    const [from, to] = this.dictionary.beginningWith(word);
    for (let term = from; term < to; term++) {
      const exact = this.dictionary.terms[term]!.length === word.length;
      this.collect(term, exact ? NEARNESS.exact : NEARNESS.prefix, found);
    }
    if (word.length >= 3) {
      for (const term of this.dictionary.holding(word, { uuids: false }))
        if (term < from || term >= to) this.collect(term, NEARNESS.infix, found);
    }
    if (found.documents.length === 0 && word.length >= 4) {
      for (const most of word.length >= 8 ? ([1, 2] as const) : ([1] as const)) {
        for (const term of this.dictionary.slipsOf(word, most))
          this.collect(term, NEARNESS.typo / most, found);
        if (found.documents.length > 0) break;
      }
    }
    return found;
  }

  private collect(term: number, nearness: number, into: Hits): void {
    const rarity = Math.log(1 + this.documents.length / this.postings.count(term));
    this.postings.visit(term, (document, field, weight) => {
      into.raise(document, weight * nearness * rarity, 1 << field);
    });
  }

  /** By document: 1 where one of the clauses holds. */
  private passing(group: Clause[]): Uint8Array {
    const size = this.documents.length;
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
}

function partlyMet(all: number, most: number, nowhere: Clause[]): string {
  const missing = nowhere.map(({ value }) => `\`${value}\``).join(', ');
  const why = missing ? ` Nothing has ${missing}.` : '';
  return `Nothing has all ${all} parts of this query; what has ${most} of them is shown.${why}`;
}
