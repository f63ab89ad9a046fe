import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { plainRecord } from '../../events/plain-record.ts';
import { prepare } from '../../spl/index.ts';
import { readContent } from './detection.ts';
import { entryReport, whyNoneEnters } from './entry.ts';

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
    const { pairs, kept: all } = await entryReport(catalog.detections, catalog, macros);
    const kept = new Map<string, number>();
    for (const { dataSource, why } of all) {
      const line = `${dataSource}: ${why}`;
      kept.set(line, (kept.get(line) ?? 0) + 1);
    }
    const table = [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([why, count]) => `${count}\t${why}\n`);
    await expect(
      `${pairs} pairs of a detection and a data source with a sample\n\n${table.join('')}`,
    ).toMatchFileSnapshot('entry.golden.txt');
  }, 180_000);
});
