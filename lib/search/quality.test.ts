/** What an analyst types is found, measured on a whole catalog: queries written by hand, and others derived from its documents. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { technique } from '../attack/techniques.ts';
import { compile } from '../content/compile.ts';
import { readGuides } from '../content/read/guides.ts';
import { documentsOf, type SearchDocument } from './documents.ts';
import { TIERS, type Tier } from './fields.ts';
import { SearchIndex } from './index.ts';
import { tiersOf } from './needs.ts';
import queries from './quality-queries.json' with { type: 'json' };
import { SearchSession } from './session.ts';
import { Shards } from './shards/decode.ts';
import { encodeShards } from './shards/encode.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const SHARED = join(PROJECT, '..', 'shared', 'corpus');
const CORPUS = join(SHARED, 'security_content');

/** By class of query: the least share with a right answer among the first ten, and the least mean reciprocal rank. */
const LEAST: Record<string, { hit: number; reciprocal: number }> = {
  ID: { hit: 1, reciprocal: 0.9 },
  CVE: { hit: 1, reciprocal: 0.9 },
  'event code': { hit: 1, reciprocal: 0.9 },
  field: { hit: 1, reciprocal: 0.9 },
  'file name': { hit: 1, reciprocal: 0.9 },
  phrase: { hit: 1, reciprocal: 0.9 },
  prefix: { hit: 1, reciprocal: 0.9 },
  infix: { hit: 1, reciprocal: 0.9 },
  typo: { hit: 0.95, reciprocal: 0.9 },
  page: { hit: 1, reciprocal: 0.9 },
  // The words of a concept may stand in none of its rules: of `impossible travel` no rule says a word.
  concept: { hit: 0.95, reciprocal: 0.85 },
  'query language': { hit: 1, reciprocal: 0.9 },
};

test('at least 200 queries in every class, each once, with a reason', () => {
  expect(queries.length).toBeGreaterThanOrEqual(200);
  expect(new Set(queries.map((row) => row.class))).toEqual(new Set(Object.keys(LEAST)));
  expect(new Set(queries.map(({ query }) => query)).size).toBe(queries.length);
  for (const { answers, why } of queries) expect([answers.length > 0, why.length > 10]).toEqual([true, true]);
});

describe.skipIf(!existsSync(CORPUS))('security_content (skipped where ../shared/corpus is absent)', () => {
  let documents: SearchDocument[];
  let index: SearchIndex;
  let shards: Map<Tier, Uint8Array>;
  beforeAll(async () => {
    documents = documentsOf(await compile([CORPUS]), readGuides(PROJECT));
    index = SearchIndex.of(documents);
    shards = byTier(documents);
  }, 120_000);

  test('every right answer is a document', () => {
    const addresses = new Set(documents.map(({ address }) => address));
    const missing = queries.flatMap(({ answers }) => answers).filter((address) => !addresses.has(address));
    expect(missing).toEqual([]);
  });

  test.each(Object.entries(LEAST))('%s', (wanted, { hit, reciprocal }) => {
    // A filter has no best answer: its rows say how many there are, and are counted below.
    const rows = queries.filter((row) => row.class === wanted && row.total === undefined);
    const ranks = rows.map(({ query, answers }) => ({
      query,
      rank: 1 + index.search(query).results.findIndex(({ document }) => answers.includes(document.address)),
    }));
    const missed = ranks.filter(({ rank }) => rank === 0).map(({ query }) => query);
    expect(1 - missed.length / rows.length, `not found: ${missed.join(', ')}`).toBeGreaterThanOrEqual(hit);
    const sum = ranks.reduce((sum, { rank }) => sum + (rank > 0 ? 1 / rank : 0), 0);
    expect(sum / rows.length).toBeGreaterThanOrEqual(reciprocal);
  });

  test('filters give exactly as many documents as the files say, the right ones among them', () => {
    const counted = queries.flatMap((row) =>
      row.total === undefined ? [] : [{ ...row, total: row.total as number }],
    );
    expect(counted.length).toBeGreaterThan(15);
    for (const { query, total, answers } of counted) {
      const all = index.search(query, Number.POSITIVE_INFINITY);
      expect([query, all.total]).toEqual([query, total]);
      const found = all.results.map(({ document }) => document.address);
      if (answers.length === total) expect([query, found.sort()]).toEqual([query, [...answers].sort()]);
      else expect(found).toEqual(expect.arrayContaining(answers));
    }
  });

  test.each([
    ['G0016', 'https://attack.mitre.org/groups/G0016/'],
    ['apt29', 'https://attack.mitre.org/groups/G0016/'],
    ['lazarus', 'https://attack.mitre.org/groups/G0032/'],
    ['writing a detection', '/guides/writing-a-detection/'],
    ['kind:guide threat objects', '/guides/risk-based-alerting/'],
  ])('%s finds its group or guide first', (query, address) => {
    expect(index.search(query).results[0]?.document.address).toBe(address);
  });

  test('a group is found by the techniques it uses', () => {
    const { results } = index.search('kind:group technique:T1558.003', 100);
    const names = results.map(({ document }) => document.name);
    const users = technique('T1558.003')!.groups.map(({ name }) => name);
    expect(users.length).toBeGreaterThan(1);
    expect(names.sort()).toEqual(users.sort());
  });

  test('a reader’s session gives, once all is loaded, what the index gives: documents, order, fields', async () => {
    const pauses: (() => void)[] = [];
    const session = new SearchSession(
      async (tier) => shards.get(tier)!,
      (work) => pauses.push(work),
    );
    const [overtaken, last] = await Promise.all([session.all('a'), session.all('"everything" 00000000')]);
    expect(overtaken).toBeUndefined();
    expect(last).toMatchObject({ complete: true });
    let pieces = 0;
    for (const { query } of queries) {
      // What is done in the pauses between queries changes no answer, and comes to an end.
      const work = pauses.shift();
      if (work !== undefined) pieces += 1;
      work?.();
      const { results, total, diagnostics } = index.search(query);
      const expected = results.map(({ document, matched, partial }) => ({
        ...document,
        matched,
        ...(partial && { partial }),
      }));
      const tiersLoaded: Tier[] = ['names', 'ids', 'descriptions', 'searches'];
      const common = { query, total, results: expected, diagnostics, tiersLoaded };
      const said: unknown[] = [];
      await session.query(query, 10, (answer) => said.push(answer));
      expect(said).toEqual([{ ...common, complete: true, pending: false }]);
      const all = index.search(query, Number.POSITIVE_INFINITY);
      expect(await session.all(query)).toEqual({
        addresses: all.results.map(({ document }) => document.address),
        complete: true,
        diagnostics: all.diagnostics,
      });
    }
    while (pauses.length > 0 && pieces < 1000) {
      pauses.shift()!();
      pieces += 1;
    }
    expect(pieces).toBeGreaterThan(36);
    expect(pieces).toBeLessThan(1000);
  }, 60_000);

  test('the tiers that a query is said to need give every document that all of them give', () => {
    const indexes = new Map<string, SearchIndex>();
    const more = ['technique:T1558.003', 'tactic:impact', 'macro:sysmon', 'author:haag', 'fp:backup'];
    for (const query of [...queries.map(({ query }) => query), ...more]) {
      const tiers = tiersOf(query);
      let some = indexes.get(tiers.join());
      if (!some) {
        const loaded = new Shards();
        for (const tier of tiers) loaded.add(shards.get(tier)!);
        some = new SearchIndex(loaded);
        indexes.set(tiers.join(), some);
      }
      const found = (index: SearchIndex) =>
        index
          .search(query, Number.POSITIVE_INFINITY)
          .results.map(({ document }) => document.address)
          .sort();
      expect([query, found(some)]).toEqual([query, found(index)]);
    }
    expect(indexes.size).toBeGreaterThan(2);
  }, 60_000);

  test('what is loaded for 1,711 detections is small', () => {
    const packed = packedSizes(shards);
    expect(packed.names).toBeLessThanOrEqual(60 * 1024);
    expect(packed.names + packed.descriptions).toBeLessThanOrEqual(260 * 1024);
    expect(packed.searches).toBeLessThanOrEqual(250 * 1024);
    // 16 bytes of noise for each UUID.
    expect(packed.ids).toBeLessThanOrEqual(40 * 1024);
  });

  test('known items: what is copied from a document finds it', () => {
    const sample = documents.filter(({ kind }, at) => kind === 'detection' && at % 17 === 0);
    expect(sample.length).toBeGreaterThan(90);
    const ranks = sample.map(
      (each) =>
        1 + index.search(each.name).results.findIndex(({ document }) => document.address === each.address),
    );
    const reciprocal = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length;
    expect(reciprocal).toBeGreaterThanOrEqual(0.9);
    const rates = {
      id: hitRate(index, sample, ({ id }) => id!),
      file: hitRate(index, sample, ({ path }) => path!.split('/').at(-1)!),
      phrase: hitRate(index, sample, ({ name }) => `"${name}"`),
    };
    expect(rates).toEqual({ id: 1, file: 1, phrase: 1 });
    expect(hitRate(index, sample, ({ name }) => mistyped(name))).toBeGreaterThanOrEqual(0.95);
  });
});

/** Sigma's rules on top: three times as many detections, most of them with longer searches. */
describe.skipIf(!existsSync(join(SHARED, 'sigma')))('security_content and sigma', () => {
  test('what is loaded for 5,490 detections and more stays small', async () => {
    const documents = documentsOf(await compile([CORPUS, join(SHARED, 'sigma')]), readGuides(PROJECT));
    expect(documents.filter(({ kind }) => kind === 'detection').length).toBeGreaterThanOrEqual(5490);
    const packed = packedSizes(byTier(documents));
    expect(packed.names).toBeLessThanOrEqual(190 * 1024);
    expect(packed.names + packed.descriptions).toBeLessThanOrEqual(700 * 1024);
  }, 240_000);
});

function byTier(documents: readonly SearchDocument[]): Map<Tier, Uint8Array> {
  return new Map(encodeShards(documents).map((bytes, at) => [TIERS[at]!, bytes]));
}

/** Bytes of each shard, as it is published. */
function packedSizes(shards: ReadonlyMap<Tier, Uint8Array>): Record<Tier, number> {
  const size = (tier: Tier) => gzipSync(shards.get(tier)!, { level: 9 }).length;
  return {
    names: size('names'),
    ids: size('ids'),
    descriptions: size('descriptions'),
    searches: size('searches'),
  };
}

/** Share of documents that stand among the first ten answers to a query made from them. */
function hitRate(
  index: SearchIndex,
  documents: SearchDocument[],
  query: (document: SearchDocument) => string,
): number {
  const hits = documents.filter((each) =>
    index.search(query(each)).results.some(({ document }) => document.address === each.address),
  );
  return hits.length / documents.length;
}

/** One letter in the middle of the longest word is left out. */
function mistyped(name: string): string {
  const longest = name.split(' ').reduce((a, b) => (b.length > a.length ? b : a));
  const middle = longest.length >> 1;
  return name.replace(longest, longest.slice(0, middle) + longest.slice(middle + 1));
}
