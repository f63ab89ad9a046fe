import { join } from 'node:path';
import type { Catalog, Evidence, TestStatus } from '../../content/model.ts';
import type { Progress } from '../io.ts';
import { type Settings, WORK } from '../settings.ts';
import { EvidenceCache } from '../test/cache.ts';
import { collectEvidence } from '../test/collect.ts';

/**
 * Runs the tests whose events lie in the content folders and puts what they gave into the catalog. Nothing is fetched.
 * A result is kept until its rule, its macros and lookups, its events or the engine change.
 */
export async function measure(catalog: Catalog, settings: Settings, progress: Progress): Promise<void> {
  progress.begin('Run tests');
  catalog.evidence = await collectEvidence(catalog, {
    roots: settings.content,
    madeEvents: true,
    cache: new EvidenceCache(join(WORK, 'evidence.json')),
    onProgress: (done, total) => progress.at(done, total),
  });
  progress.end(said(catalog.evidence.summary));
}

function said(summary: Evidence['summary']): string {
  const counts = Object.entries(summary) as [TestStatus, number][];
  const some = counts.filter(([, count]) => count > 0);
  return some.map(([status, count]) => `${count.toLocaleString('en')} ${status}`).join(', ') || 'none to run';
}
