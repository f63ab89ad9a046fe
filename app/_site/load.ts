import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setSite } from '../../components/document/site.ts';
import { type PageTable, pageTable } from './pages.ts';
import { indexCatalog } from './site-catalog.ts';

const WORK = process.env.SIGHTLINE_WORK ?? '.sightline';

let table: PageTable | undefined;

/** All pages of the catalog that the build compiled; read once per worker. */
export function pages(): PageTable {
  if (!table) {
    setSite(read('site.json'));
    table = pageTable(indexCatalog(read('catalog.json')));
  }
  return table;
}

function read(name: string) {
  return JSON.parse(readFileSync(join(/* turbopackIgnore: true */ WORK, name), 'utf8'));
}
