import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setSite, type SiteSettings } from '../../components/document/site.ts';
import type { Catalog } from '../../lib/content/model.ts';
import { type PageTable, pageTable } from './pages.ts';
import { indexCatalog } from './site-catalog.ts';

/**
 * What the build (or the development server) prepared. The server keeps the catalog in memory and replaces it when
 * a file changes; a build reads the artifact once per worker.
 */
interface Prepared {
  catalog: Catalog;
  settings: SiteSettings;
}

declare global {
  var sightline: Prepared | undefined;
}

let current: { from: Prepared; pages: PageTable } | undefined;
let fromDisk: Prepared | undefined;

/** All pages of the current catalog. */
export function pages(): PageTable {
  const prepared = globalThis.sightline ?? (fromDisk ??= readPrepared());
  if (current?.from !== prepared) {
    setSite(prepared.settings);
    current = { from: prepared, pages: pageTable(indexCatalog(prepared.catalog)) };
  }
  return current.pages;
}

function readPrepared(): Prepared {
  const work = process.env.SIGHTLINE_WORK ?? '.sightline';
  const read = (name: string) => JSON.parse(readFileSync(join(/* turbopackIgnore: true */ work, name), 'utf8'));
  return { catalog: read('catalog.json'), settings: read('site.json') };
}
