/** The order of documents that were found: an exact name first, then score, status and recency, then name. */

import type { Hits } from './hits.ts';
import type { Listed } from './listed.ts';
import { plain } from './tokenise.ts';

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

/** What the query as a whole adds when it is the document's ID, name or slug, begins its name, or stands in it. */
const BONUS = { exact: 1000, start: 20, inside: 12 };

/** What the newest document is multiplied by, beyond the oldest. */
const RECENCY_SHARE = 0.05;

export class Ranking {
  private readonly titles: string[];
  private readonly slugs: string[];
  private readonly ids: (string | undefined)[];
  /** By document: status and recency as one factor. */
  private readonly factors: Float64Array;
  /** By document: its place among all by name, which decides between equal scores. */
  private readonly places: Uint32Array;

  constructor(documents: readonly Listed[]) {
    this.titles = documents.map(({ name }) => plain(name));
    this.slugs = documents.map(({ slug }) => slug.toLowerCase());
    this.ids = documents.map(({ id }) => id?.toLowerCase());
    const recency = recencyOf(documents);
    this.factors = Float64Array.from(
      documents,
      ({ status }, at) => (STATUS_FACTOR[status ?? ''] ?? 1) * (1 + RECENCY_SHARE * recency[at]!),
    );
    this.places = new Uint32Array(documents.length);
    const byName = documents.map((_, document) => document);
    byName.sort((a, b) => compareText(documents[a]!.name, documents[b]!.name) || a - b);
    byName.forEach((document, place) => {
      this.places[document] = place;
    });
  }

  /** The first `limit` of those found. `whole` is the query's text in the form of `plain`, without its filters. */
  best(found: Hits, whole: string, limit: number): Ranked[] {
    const ranked = found.documents.map((document) => ({
      document,
      score: (found.score(document) + this.bonus(document, whole)) * this.factors[document]!,
    }));
    const before = (a: Ranked, b: Ranked) =>
      b.score - a.score || this.places[a.document]! - this.places[b.document]!;
    if (ranked.length <= 2 * limit) return ranked.sort(before).slice(0, limit);
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

  private bonus(document: number, whole: string): number {
    if (whole === '') return 0;
    const title = this.titles[document]!;
    if (this.ids[document] === whole || title === whole || this.slugs[document] === whole) return BONUS.exact;
    if (title.startsWith(whole)) return BONUS.start;
    return title.includes(whole) ? BONUS.inside : 0;
  }
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
