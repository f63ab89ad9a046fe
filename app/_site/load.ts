import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setSite } from '../../components/document/site.ts';
import { type PageTable, pageTable } from './pages.ts';
import { indexCatalog } from './site-catalog.ts';

const WORK = process.env.SIGHTLINE_WORK ?? '.sightline';

let current: { stamp: number; pages: PageTable } | undefined;

/**
 * All pages of the compiled catalog. A build reads the artifact once per worker; in development it is read again
 * whenever it was written again.
 */
export function pages(): PageTable {
  const stamp =
    process.env.NODE_ENV === 'development'
      ? statSync(join(/* turbopackIgnore: true */ WORK, 'site.json')).mtimeMs
      : 0;
  if (current?.stamp !== stamp) {
    setSite(read('site.json'));
    current = { stamp, pages: pageTable(indexCatalog(read('catalog.json'))) };
  }
  return current.pages;
}

function read(name: string) {
  return JSON.parse(readFileSync(join(/* turbopackIgnore: true */ WORK, name), 'utf8'));
}
