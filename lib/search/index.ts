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

/** Single letters, and queries that need every part of the index at least once. */
const AHEAD = [
  ...'zqxjkvyuowhg0987654321fbnlicmerdatsp',
  ...[
    'kind:detection type:ttp',
    'fp:backup',
    'field:user story:"ran',
    'updated>2024',
    '"scheduled task',
    '"a',
  ],
  ...['T1059', 'T1', 'cve-2024-1', 'event 4688', 'EventCode=46', 'lsass dmp', 'powershel encoded', 'ab12'],
  ...['currentversion\\run', 'how to detect credential dumping', 'user added to group'],
];

const NAME = 1 << FIELDS.indexOf('name');

/** Answers queries over the shards that are loaded; made anew when another one arrives. */
export class SearchIndex {
  readonly facets: Facets;
  private readonly size: number;
  /** By number; made when first shown. */
  private readonly listed: Listed[];
  private readonly matching: Matching;
  private readonly ranking: Ranking;
  /** Done in the pauses between queries, from the end. */
  private readonly ahead = [...AHEAD];

  constructor(private readonly shards: Shards) {
    this.size = shards.rows.length;
    this.listed = new Array(this.size);
    const texts = new Texts(shards);
    const postings = new Postings(shards, texts);
    const dictionary = new Dictionary(postings.terms);
    const phrases = new Phrases(this.size, texts, dictionary, postings);
    this.facets = new Facets(shards, texts);
    this.matching = new Matching(this.size, postings, dictionary, phrases, this.facets);
    this.ranking = new Ranking(shards, new Proximity(shards, texts, dictionary, postings));
  }

  get documents(): readonly Listed[] {
    return this.shards.rows.map((_, document) => this.document(document));
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
    const full = found.hits.that((document) => found.met[document] === found.most);
    const enough = full.length >= limit || limit === Number.POSITIVE_INFINITY;
    const strict = asked.flatMap((group, at) => (isRelaxed(group) ? [] : found.byGroup[at]!));
    const shown =
      enough || asked.length < 2
        ? full
        : found.hits.that(
            (document) => found.met[document] === found.most || strict.every((group) => group.has(document)),
          );
    const best = this.ranking.best(found.hits, shown, {
      whole: plain(typed),
      words: words(typed),
      inName: found.inName,
      leastInName: leastInName(asked),
      met: found.met,
      most: found.most,
      limit,
    });
    const results = best.map(({ document, score }) => ({
      document: this.document(document),
      score,
      matched: FIELDS.filter((_, field) => found.hits.fieldsOf(document) & (1 << field)),
      ...(found.met[document]! < found.most && { partial: true as const }),
    }));
    return { query, total: full.length, results, diagnostics };
  }

  /** Does one piece of what queries would do when they come first; false when nothing is left. */
  warmUp(): boolean {
    const next = this.ahead.pop();
    if (next === undefined) return false;
    if (next.length === 1) this.matching.letter(next);
    else this.search(next);
    return this.ahead.length > 0;
  }

  private document(number: number): Listed {
    this.listed[number] ??= listedOf(this.shards, number);
    return this.listed[number];
  }

  private hits(groups: Clause[][], filters: Clause[][], diagnostics: Diagnostic[]) {
    const { size } = this;
    const passing = this.matching.passingAll(filters);
    const byGroup = groups.map((group) => this.groupHits(group));
    // One thing that is looked for has nothing to add to.
    const alone = groups.length === 1 && !passing;
    const hits = alone ? byGroup[0]! : new Hits(size);
    /** By document: how many groups it meets, and how many words of the query its name has. */
    const met = new Uint16Array(size);
    const inName = new Uint16Array(size);
    let most = 0;
    if (groups.length === 0 && passing)
      for (let document = 0; document < size; document++)
        if (passing[document] === 1) hits.add(document, 1, 0);
    const nowhere: Clause[] = [];
    groups.forEach(([first], group) => {
      const here = byGroup[group]!;
      if (here.count === 0) nowhere.push(first!);
      const count = words(first!.value).length;
      for (let at = 0; at < here.count; at++) {
        const document = here.documents[at]!;
        if (passing && passing[document] === 0) continue;
        most = Math.max(most, ++met[document]!);
        const fields = here.fieldsOf(document);
        if (fields & NAME) inName[document]! += count;
        if (!alone) hits.add(document, here.score(document), fields);
      }
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

  /** What any of the clauses finds. */
  private groupHits(group: readonly Clause[]): Hits {
    if (group.length === 1) return this.matching.lookUp(group[0]!);
    const all = new Hits(this.size);
    for (const clause of group) {
      const found = this.matching.lookUp(clause);
      for (let at = 0; at < found.count; at++) {
        const document = found.documents[at]!;
        all.raise(document, found.score(document), found.fieldsOf(document));
      }
    }
    return all;
  }
}

/** A bare word: the others say enough where few documents have it. */
function isRelaxed(group: readonly Clause[]): boolean {
  return group.every(({ key, quoted, negated }) => key === undefined && !quoted && !negated);
}

/** Holds a letter that no UUID has, and no character that two words may be cut at. */
const PLAIN_WORD = /^(?=.*[g-z])[a-z0-9]{3,}$/i;

/** How many words of the query a name has at least that holds the query as it stands: a word finds every name that holds it. */
function leastInName(groups: readonly Clause[][]): number {
  return groups.filter((group) => group.length === 1 && isRelaxed(group) && PLAIN_WORD.test(group[0]!.value))
    .length;
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
  return `Nothing has all ${all} parts of this query; what has ${most} of them comes first.${why}`;
}
