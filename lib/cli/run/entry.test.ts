import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { plainRecord } from '../../events/plain-record.ts';
import { readAll } from '../../events/read/read.ts';
import type { EventRecord } from '../../events/record.ts';
import { prepare } from '../../spl/index.ts';
import { readContent } from './detection.ts';
import { whyNoneEnters } from './entry.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/security_content', import.meta.url));

test('what keeps an event out of a search is said', () => {
  const why = (spl: string, fields: Record<string, string>) =>
    whyNoneEnters(prepare(spl).query, [plainRecord(fields)]);
  expect(why('search sourcetype=a* x=1', { sourcetype: 'ab' })).toBeUndefined();
  expect(why('search sourcetype=a OR source=s', { sourcetype: 'b' })).toBe(
    'its source, source type or event type is another',
  );
  expect(why('search NOT source=s y=2', { source: 's' })).toBeDefined();
  expect(why('| tstats count from datamodel=Web by Web.url', { tag: 'email' })).toContain(
    'takes events tagged web',
  );
  expect(why('| tstats count from datamodel=Web by Web.url Web.cookie', { tag: 'web' })).toBe(
    'Web: no event has cookie',
  );
  expect(why('| tstats count from datamodel=Nothing', {})).toBe('there is no data model Nothing');
  expect(why('| makeresults', {})).toBeUndefined();
});

describe.skipIf(!existsSync(corpus))('published detections (skipped without ../shared/corpus)', () => {
  it('let in events of the data sources that they list, but for those of the table', async () => {
    const { catalog, macros } = await readContent([corpus]);
    const sources = new Map(catalog.dataSources.map((source) => [source.slug, source]));
    const read = new Map<string, EventRecord[]>();
    const encoder = new TextEncoder();
    const kept = new Map<string, number>();
    let pairs = 0;
    for (const { search, dataSources } of catalog.detections) {
      const { query } = prepare(search, { macros });
      for (const { slug = '' } of dataSources.flat()) {
        const source = sources.get(slug);
        if (source?.exampleLog === undefined) continue;
        const { name, sourcetype, sourceName } = source;
        const records =
          read.get(slug) ??
          (await readAll(encoder.encode(source.exampleLog), { sourcetype, source: sourceName })).records;
        read.set(slug, records);
        pairs += 1;
        const why = whyNoneEnters(query, records);
        if (why !== undefined) kept.set(`${name}: ${why}`, (kept.get(`${name}: ${why}`) ?? 0) + 1);
      }
    }
    const table = [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([why, count]) => `${count}\t${why}\n`);
    await expect(
      `${pairs} pairs of a detection and a data source with a sample\n\n${table.join('')}`,
    ).toMatchFileSnapshot('entry.golden.txt');
  }, 180_000);
});
