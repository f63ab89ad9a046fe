/** The index of a catalog's documents, and the answer to a query: which documents, best first, and why. */
import type { Diagnostic } from '../text/diagnostic.ts';
import { Dictionary } from './dictionary.ts';
import type { SearchDocument } from './documents.ts';
import { Facets } from './facets.ts';
import { FIELDS, type TextField } from './fields.ts';
import { Hits } from './hits.ts';
import { type Listed, listedOf } from './listed.ts';
import { Matching } from './matching.ts';
import { Phrases } from './phrases.ts';
import { Postings } from './postings.ts';
import { Proximity } from './proximity.ts';
import { type Clause, parseQuery } from './query.ts';
import { Ranking } from './ranking.ts';
import { Shards } from './shards/decode.ts';
import { encodeShards } from './shards/encode.ts';
import { Texts } from './texts.ts';
import { isFunctionWord, plain, words } from './tokenise.ts';

export interface Found {
  document: Listed;
  score: number;
  /** Fields that hold what was looked for, heaviest first. */
  matched: TextField[];
  /** It has only some of the words: shown because few have all of them. */
  partial?: true;
}

export interface Answer {
  query: string;
  /** Documents that match. Where they are fewer than the limit, `results` goes on with partial ones. */
  total: number;
  results: Found[];
  diagnostics: Diagnostic[];
}

const NAME = 1 << FIELDS.indexOf('name');

/** Answers queries over the shards that are loaded; made anew when another one arrives. */
export class SearchIndex {
  readonly documents: readonly Listed[];
  readonly facets: Facets;
  private readonly matching: Matching;
  private readonly ranking: Ranking;

  constructor(shards: Shards) {
    this.documents = listedOf(shards);
    const texts = new Texts(shards);
    const postings = new Postings(shards, texts);
    const dictionary = new Dictionary(postings.terms);
    const phrases = new Phrases(this.documents.length, texts, dictionary, postings);
    this.facets = new Facets(shards, texts);
    this.matching = new Matching(this.documents.length, postings, dictionary, phrases, this.facets);
    this.ranking = new Ranking(this.documents, new Proximity(shards));
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
    const typed = wanted
      .flat()
      .flatMap(({ value, asTyped, key }) => (asTyped || key !== undefined ? [] : value))
      .join(' ');
    const asked = withoutFunctionWords(wanted);
    const found = this.hits(asked, filters, diagnostics);
    const full = found.hits.documents.filter((document) => found.met[document] === found.most);
    const enough = full.length >= limit || limit === Number.POSITIVE_INFINITY;
    const strict = asked.flatMap((group, at) => (isRelaxed(group) ? [] : at));
    const shown = enough
      ? full
      : found.hits.documents.filter(
          (document) =>
            found.met[document] === found.most ||
            (asked.length > 1 && strict.every((at) => found.byGroup[at]!.has(document))),
        );
    const coverage = (document: number) => (found.most === 0 ? 1 : found.met[document]! / found.most);
    const best = this.ranking.best(found.hits, shown, {
      whole: plain(typed),
      words: words(typed),
      inName: found.inName,
      coverage,
      limit,
    });
    const results = best.map(({ document, score }) => ({
      document: this.documents[document]!,
      score,
      matched: FIELDS.filter((_, field) => found.hits.fieldsOf(document) & (1 << field)),
      ...(found.met[document]! < found.most && { partial: true as const }),
    }));
    return { query, total: full.length, results, diagnostics };
  }

  private hits(groups: Clause[][], filters: Clause[][], diagnostics: Diagnostic[]) {
    const size = this.documents.length;
    const passing = filters.map((group) => this.matching.passing(group));
    const passes = (document: number) => passing.every((marks) => marks[document] === 1);
    const hits = new Hits(size);
    /** By document: how many groups it meets, and how many words of the query its name has. */
    const met = new Uint16Array(size);
    const inName = new Uint16Array(size);
    let most = 0;
    if (groups.length === 0 && filters.length > 0)
      for (let document = 0; document < size; document++) if (passes(document)) hits.add(document, 1, 0);
    const nowhere: Clause[] = [];
    const byGroup = groups.map((group) => {
      const here = new Hits(size);
      for (const clause of group) this.matching.lookUp(clause, here);
      if (here.documents.length === 0) nowhere.push(group[0]!);
      const count = words(group[0]!.value).length;
      for (const document of here.documents) {
        if (!passes(document)) continue;
        most = Math.max(most, ++met[document]!);
        const fields = here.fieldsOf(document);
        if (fields & NAME) inName[document]! += count;
        hits.add(document, here.score(document), fields);
      }
      return here;
    });
    if (most > 0 && most < groups.length) {
      diagnostics.push({
        code: 'query-partly-met',
        severity: 'info',
        message: partlyMet(groups.length, most, nowhere),
        ...(nowhere[0] && { range: nowhere[0].range }),
      });
    }
    return { hits, met, inName, most, byGroup };
  }
}

/** A bare word: the others say enough where few documents have it. */
function isRelaxed(group: readonly Clause[]): boolean {
  return group.every(({ key, quoted, negated }) => key === undefined && !quoted && !negated);
}

/** `how do I detect` says nothing; a query of nothing else is looked for as it stands. */
function withoutFunctionWords(groups: Clause[][]): Clause[][] {
  const telling = groups.filter(
    (group) => !(group.length === 1 && isRelaxed(group) && isFunctionWord(group[0]!.value)),
  );
  return telling.length > 0 ? telling : groups;
}

function partlyMet(all: number, most: number, nowhere: Clause[]): string {
  const missing = nowhere.map(({ value }) => `\`${value}\``).join(', ');
  const why = missing ? ` Nothing has ${missing}.` : '';
  return `Nothing has all ${all} parts of this query; what has ${most} of them is shown.${why}`;
}
