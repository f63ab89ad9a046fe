/** What an analyst types is found, measured on a whole catalog with queries derived from its own documents. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../content/compile.ts';
import { documentsOf, type SearchDocument, SearchIndex } from './index.ts';

const CORPUS = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus', 'security_content');

/** Share of documents that stand among the first ten answers to a query made from them. */
function hitRate(
  index: SearchIndex,
  documents: SearchDocument[],
  query: (document: SearchDocument) => string,
): number {
  const hits = documents.filter((each) =>
    index.search(query(each)).results.some(({ document }) => document === each),
  );
  return hits.length / documents.length;
}

/** One letter in the middle of the longest word is left out. */
function mistyped(name: string): string {
  const longest = name.split(' ').reduce((a, b) => (b.length > a.length ? b : a));
  const middle = longest.length >> 1;
  return name.replace(longest, longest.slice(0, middle) + longest.slice(middle + 1));
}

test.skipIf(!existsSync(CORPUS))('security_content: known items', { timeout: 120_000 }, async () => {
  const documents = documentsOf(await compile([CORPUS]));
  const index = new SearchIndex(documents);
  const sample = documents.filter(({ kind }, at) => kind === 'detection' && at % 17 === 0);
  expect(sample.length).toBeGreaterThan(90);
  const ranks = sample.map(
    (each) => 1 + index.search(each.name).results.findIndex(({ document }) => document === each),
  );
  const reciprocal = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length;
  const rates = {
    reciprocal,
    id: hitRate(index, sample, ({ id }) => id!),
    file: hitRate(index, sample, ({ path }) => path!.split('/').at(-1)!),
    phrase: hitRate(index, sample, ({ name }) => `"${name}"`),
    typo: hitRate(index, sample, ({ name }) => mistyped(name)),
  };
  expect(rates.reciprocal).toBeGreaterThanOrEqual(0.9);
  expect([rates.id, rates.file, rates.phrase]).toEqual([1, 1, 1]);
  expect(rates.typo).toBeGreaterThanOrEqual(0.95);
});
