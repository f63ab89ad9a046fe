/** The order of documents that were found: an exact name first, then score, status and recency, then name. */

import type { DocumentKind } from './documents.ts';
import type { Hits } from './hits.ts';
import { type Proximity, pairsIn, placesOf } from './proximity.ts';
import type { Row, Shards } from './shards/decode.ts';
import { KINDS } from './shards/regular.ts';
import { isFunctionWord, plain, words } from './tokenise.ts';

export interface Ranked {
  document: number;
  score: number;
}

/** A deprecated rule is found, below those in use. */
const STATUS_FACTOR: Record<string, number> = {
  deprecated: 0.6,
  removed: 0.5,
  unsupported: 0.6,
  experimental: 0.95,
};

/** What rules are made of is found, below the rules that say as much. */
const KIND_FACTOR: Partial<Record<DocumentKind, number>> = {
  macro: 0.8,
  lookup: 0.8,
  deployment: 0.8,
  baseline: 0.9,
  group: 0.9,
};

/**
 * What the query as a whole adds: where it is the document's ID, name or slug; where it begins its name, stands in it,
 * or is cut out of its words; and, at most, what a name gets of which all words were typed and no others.
 */
const BONUS = { exact: 1000, start: 20, inside: 12, within: 3, covered: 6 };

/** What each pair of words adds that stand side by side as they were typed. */
const PAIR = { name: 8, description: 8 };

/** Of a document that meets half of what the best ones do, a sixteenth of its score is left. */
const COVERAGE_POWER = 4;

/** Only among the best is it looked at how words stand to each other. */
const LOOKED_AT = 300;

const WORD = /[\p{L}\p{N}]/u;

/** What the newest document is multiplied by, beyond the oldest. */
const RECENCY_SHARE = 0.05;

/** A query, as far as the order of what it finds goes. */
export interface Asked {
  /** Its text in the form of `plain`, without its filters. */
  whole: string;
  words: readonly string[];
  /** By document: how many of the words its name has. */
  inName: Uint16Array;
  /** A name that has fewer of the words does not hold the query as it stands. */
  leastInName: number;
  /** By document: how many parts of the query it meets; and how many the best ones meet. */
  met: Uint16Array;
  most: number;
  limit: number;
}

export class Ranking {
  /** Words of names, how many of them say something, and texts as they are compared; made when first asked for. */
  private readonly nameWords: string[][];
  private readonly telling: Uint8Array;
  private readonly titles: string[];
  /** IDs and slugs in lower case. */
  private called: Set<string> | undefined;
  /** By document: kind, status and recency as one factor. */
  private readonly factors: Float64Array;

  constructor(
    private readonly shards: Shards,
    private readonly proximity: Proximity,
  ) {
    const size = shards.rows.length;
    this.telling = new Uint8Array(size);
    this.nameWords = new Array(size);
    this.titles = new Array(size);
    const kinds = Float64Array.from(KINDS, (kind) => KIND_FACTOR[kind] ?? 1);
    const statuses = eachFirst(shards, 'status', (status) => STATUS_FACTOR[status ?? ''] ?? 1);
    const recency = recencyOf(shards);
    this.factors = new Float64Array(size);
    for (let at = 0; at < size; at++)
      this.factors[at] = kinds[shards.kinds[at]!]! * statuses[at]! * (1 + RECENCY_SHARE * recency[at]!);
  }

  /** The first `limit` of `documents`, which are all among those found. */
  best(found: Hits, documents: Uint32Array, asked: Asked): Ranked[] {
    const { whole, words, limit, met, most } = asked;
    const said = tellingOf(words);
    const coverage = Float64Array.from({ length: most + 1 }, (_, met) =>
      most === 0 ? 1 : (met / most) ** COVERAGE_POWER,
    );
    const called = whole !== '' && this.isCalled(whole);
    const scores = new Float64Array(documents.length);
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at]!;
      const bonus =
        called && isCalled(this.shards.rows[document]!, whole)
          ? BONUS.exact
          : this.bonus(document, asked, said);
      const score = found.score(document) + bonus;
      scores[at] = score * this.factors[document]! * coverage[met[document]!]!;
    }
    if (words.length < 2) return this.first(documents, scores, limit);
    const inDescription = this.proximity.pairsInDescription(words);
    const places = placesOf(words);
    const looked = this.first(documents, scores, Math.max(limit, LOOKED_AT));
    looked.slice(0, LOOKED_AT).forEach((each) => {
      const { document } = each;
      const pairs =
        PAIR.description * inDescription(document) + PAIR.name * pairsIn(this.wordsOfName(document), places);
      each.score += pairs * this.factors[document]! * coverage[met[document]!]!;
    });
    return looked.sort((a, b) => this.compare(a.document, a.score, b.document, b.score)).slice(0, limit);
  }

  /** The first `limit` of the documents, in order. */
  private first(documents: Uint32Array, scores: Float64Array, limit: number): Ranked[] {
    const compare = (a: number, b: number) =>
      this.compare(documents[a]!, scores[a]!, documents[b]!, scores[b]!);
    // Most of thousands found are never shown, so only those that get among the best are put in order.
    const best = documents.length <= 2 * limit ? [...documents.keys()] : leading(scores, limit, compare);
    return best
      .sort(compare)
      .slice(0, limit)
      .map((at) => ({ document: documents[at]!, score: scores[at]! }));
  }

  /** Below 0 where `a` comes first. The name decides between equal scores. */
  private compare(a: number, scoreA: number, b: number, scoreB: number): number {
    const { rows } = this.shards;
    return scoreB - scoreA || compareText(rows[a]!.name, rows[b]!.name) || a - b;
  }

  private bonus(document: number, { whole, inName, leastInName }: Asked, said: number): number {
    if (whole === '') return 0;
    const met = inName[document]!;
    const covered = met === 0 ? 0 : this.covered(document, met, said);
    if (met < leastInName) return covered;
    const title = this.titleOf(document);
    return title === whole ? BONUS.exact : covered + standing(title, whole);
  }

  /** Whether it is the ID or slug of any document. */
  private isCalled(whole: string): boolean {
    if (!this.called) {
      this.called = new Set();
      for (const { id, slug } of this.shards.rows) {
        this.called.add(slug.toLowerCase());
        if (id) this.called.add(id.toLowerCase());
      }
    }
    return this.called.has(whole);
  }

  private titleOf(document: number): string {
    this.titles[document] ??= plain(this.shards.rows[document]!.name);
    return this.titles[document];
  }

  /** Grows with the share of the name that was typed, and with the share of what was typed that the name has. */
  private covered(document: number, met: number, said: number): number {
    if (this.telling[document] === 0)
      this.telling[document] = Math.max(1, Math.min(255, tellingOf(this.wordsOfName(document))));
    return (BONUS.covered * (met / Math.max(met, this.telling[document]!)) * met) / Math.max(met, said);
  }

  private wordsOfName(document: number): string[] {
    this.nameWords[document] ??= words(this.titleOf(document));
    return this.nameWords[document];
  }
}

/** Places of the `limit` scores that come first, in a heap whose top comes last of them; any of equals. */
function leading(scores: Float64Array, limit: number, compare: (a: number, b: number) => number): number[] {
  const heap: number[] = [];
  for (let at = 0; at < scores.length; at++) {
    if (heap.length < limit) {
      let place = heap.push(at) - 1;
      while (place > 0 && compare(heap[(place - 1) >> 1]!, at) < 0) {
        heap[place] = heap[(place - 1) >> 1]!;
        place = (place - 1) >> 1;
      }
      heap[place] = at;
      continue;
    }
    if (scores[at]! < scores[heap[0]!]! || compare(heap[0]!, at) < 0) continue;
    let place = 0;
    for (let child = 1; child < limit; child = 2 * place + 1) {
      if (child + 1 < limit && compare(heap[child]!, heap[child + 1]!) < 0) child++;
      if (compare(heap[child]!, at) < 0) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = at;
  }
  return heap;
}

function isCalled({ id = '', slug }: Row, whole: string): boolean {
  return id.toLowerCase() === whole || slug.toLowerCase() === whole;
}

function standing(title: string, whole: string): number {
  const at = title.indexOf(whole);
  if (at < 0) return 0;
  if (at === 0) return BONUS.start;
  const after = title[at + whole.length];
  const cut = WORD.test(title[at - 1]!) || (after !== undefined && WORD.test(after));
  return cut ? BONUS.within : BONUS.inside;
}

function tellingOf(words: readonly string[]): number {
  return words.filter((word) => !isFunctionWord(word)).length;
}

/** By document: 0 for the oldest and those without a date, 1 for the newest. */
function recencyOf(shards: Shards): Float64Array {
  const times = eachFirst(shards, 'updated', (updated) => Date.parse(updated ?? ''));
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < times.length; at++) {
    const time = times[at]!;
    if (time < oldest) oldest = time;
    if (time > newest) newest = time;
  }
  for (let at = 0; at < times.length; at++)
    times[at] = Number.isNaN(times[at]) || newest === oldest ? 0 : (times[at]! - oldest) / (newest - oldest);
  return times;
}

/** By document: what the first value of a key gives; each value is looked at once. */
function eachFirst(
  { columns, rows }: Shards,
  key: string,
  give: (value: string | undefined) => number,
): Float64Array {
  const found = new Float64Array(rows.length).fill(give(undefined));
  const column = columns.get(key);
  if (!column) return found;
  const { starts, numbers } = column.lists;
  const given = Float64Array.from(column.values, give);
  for (let document = 0; document < rows.length; document++)
    if (starts[document]! < starts[document + 1]!) found[document] = given[numbers[starts[document]!]!]!;
  return found;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
