/** The order of documents that were found: an exact name first, then score, status and recency, then name. */

import type { DocumentKind } from './documents.ts';
import type { Hits } from './hits.ts';
import type { Listed } from './listed.ts';
import { type Proximity, pairsIn } from './proximity.ts';
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
  /** The share of the query that a document meets, of what the best ones meet. */
  coverage: (document: number) => number;
  limit: number;
}

export class Ranking {
  /** Words of names, and how many of them say something; made when first asked for. */
  private readonly nameWords: string[][] = [];
  private readonly telling: Uint8Array;
  private readonly titles: string[];
  private readonly slugs: string[];
  private readonly ids: (string | undefined)[];
  /** By document: kind, status and recency as one factor. */
  private readonly factors: Float64Array;
  /** By document: its place among all by name, which decides between equal scores. */
  private readonly places: Uint32Array;

  constructor(
    documents: readonly Listed[],
    private readonly proximity: Proximity,
  ) {
    this.telling = new Uint8Array(documents.length);
    this.titles = documents.map(({ name }) => plain(name));
    this.slugs = documents.map(({ slug }) => slug.toLowerCase());
    this.ids = documents.map(({ id }) => id?.toLowerCase());
    const recency = recencyOf(documents);
    this.factors = Float64Array.from(
      documents,
      ({ kind, status }, at) =>
        (KIND_FACTOR[kind] ?? 1) * (STATUS_FACTOR[status ?? ''] ?? 1) * (1 + RECENCY_SHARE * recency[at]!),
    );
    this.places = new Uint32Array(documents.length);
    const byName = documents.map((_, document) => document);
    byName.sort((a, b) => compareText(documents[a]!.name, documents[b]!.name) || a - b);
    byName.forEach((document, place) => {
      this.places[document] = place;
    });
  }

  /** The first `limit` of `documents`, which are all among those found. */
  best(found: Hits, documents: readonly number[], asked: Asked): Ranked[] {
    const { words, limit, coverage } = asked;
    const said = tellingOf(words);
    const ranked = documents.map((document) => ({
      document,
      score:
        (found.score(document) + this.bonus(document, asked, said)) *
        this.factors[document]! *
        coverage(document) ** COVERAGE_POWER,
    }));
    if (words.length < 2) return this.first(ranked, limit);
    const inDescription = this.proximity.pairsInDescription(words);
    for (const each of this.first(ranked, LOOKED_AT)) {
      const { document } = each;
      const pairs =
        PAIR.description * inDescription(document) + PAIR.name * pairsIn(this.wordsOfName(document), words);
      each.score += pairs * this.factors[document]! * coverage(document) ** COVERAGE_POWER;
    }
    return this.first(ranked, limit);
  }

  private first(ranked: readonly Ranked[], limit: number): Ranked[] {
    const before = (a: Ranked, b: Ranked) =>
      b.score - a.score || this.places[a.document]! - this.places[b.document]!;
    if (ranked.length <= 2 * limit) return [...ranked].sort(before).slice(0, limit);
    // Most of thousands found are never shown, so only those that get among the best are put in order.
    const best: Ranked[] = [];
    for (const each of ranked) {
      if (best.length === limit && before(each, best.at(-1)!) > 0) continue;
      let at = best.length;
      while (at > 0 && before(each, best[at - 1]!) < 0) at--;
      best.splice(at, 0, each);
      if (best.length > limit) best.pop();
    }
    return best;
  }

  private bonus(document: number, { whole, inName }: Asked, said: number): number {
    if (whole === '') return 0;
    const title = this.titles[document]!;
    if (this.ids[document] === whole || title === whole || this.slugs[document] === whole) return BONUS.exact;
    return this.covered(document, inName[document]!, said) + standing(title, whole);
  }

  /** Grows with the share of the name that was typed, and with the share of what was typed that the name has. */
  private covered(document: number, met: number, said: number): number {
    if (met === 0) return 0;
    if (this.telling[document] === 0)
      this.telling[document] = Math.max(1, Math.min(255, tellingOf(this.wordsOfName(document))));
    return (BONUS.covered * (met / Math.max(met, this.telling[document]!)) * met) / Math.max(met, said);
  }

  private wordsOfName(document: number): string[] {
    this.nameWords[document] ??= words(this.titles[document]!);
    return this.nameWords[document];
  }
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
function recencyOf(documents: readonly Listed[]): number[] {
  const times = documents.map(({ updated }) => Date.parse(updated ?? ''));
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) {
    if (time < oldest) oldest = time;
    if (time > newest) newest = time;
  }
  return times.map((time) =>
    Number.isNaN(time) || newest === oldest ? 0 : (time - oldest) / (newest - oldest),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
