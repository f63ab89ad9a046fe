/** What the engines are asked: whole queries with their right answers, and the same as they are typed. */
import queries from '../lib/search/quality-queries.json' with { type: 'json' };

export interface QualityQuery {
  class: string;
  query: string;
  answers: string[];
}

/** Queries of words; the keys of a query language are each engine's own. */
const ASKED: QualityQuery[] = queries.filter((row) => row.class !== 'query language');
const CLASSES = [...new Set(ASKED.map((row) => row.class))];

/** Of every class as many queries as `most` allows, at least three, spread over the class. */
export function qualityQueries(most: number): QualityQuery[] {
  const each = Math.max(3, Math.floor(most / CLASSES.length));
  if (most >= ASKED.length) return ASKED;
  return CLASSES.flatMap((name) =>
    spread(
      ASKED.filter((row) => row.class === name),
      each,
    ),
  );
}

/** At most `most` states of the search box: queries as they are typed, from the second character on. */
export function keystrokes(most: number): string[] {
  const typed = queries.filter((_, at) => at % 5 === 0);
  const all = typed.flatMap(({ query }) =>
    Array.from({ length: Math.max(0, query.length - 1) }, (_, at) => query.slice(0, at + 2)),
  );
  return spread(all, most);
}

export interface ClassQuality {
  queries: number;
  /** Share with a right answer among the first ten. */
  hit: number;
  /** Mean of 1 / rank of the first right answer; 0 beyond the first ten. */
  reciprocal: number;
}

/** By class. `ranks` has, for each query, the place of its first right answer from 1, or 0. */
export function qualityOf(
  asked: readonly QualityQuery[],
  ranks: readonly number[],
): Record<string, ClassQuality> {
  return Object.fromEntries(
    CLASSES.map((name) => {
      const own = ranks.filter((_, at) => asked[at]!.class === name);
      const mean = (of: (rank: number) => number) =>
        own.reduce((sum, rank) => sum + of(rank), 0) / own.length;
      return [
        name,
        {
          queries: own.length,
          hit: mean((rank) => (rank > 0 ? 1 : 0)),
          reciprocal: mean((rank) => (rank > 0 ? 1 / rank : 0)),
        },
      ];
    }),
  );
}

function spread<T>(values: readonly T[], most: number): T[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, at) => values[Math.floor((at * values.length) / most)]!);
}
