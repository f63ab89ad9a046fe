import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { tactics } from '../../lib/attack/techniques.ts';
import { compile } from '../../lib/content/compile.ts';
import { readGuides } from '../../lib/content/read/guides.ts';
import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import { documentsOf } from '../../lib/search/documents.ts';
import { type PageTable, pageTable } from './pages.ts';
import { indexCatalog } from './site-catalog.ts';

/** Nothing that somebody would look for: the way in, and the page for what is not there. */
const NOT_SEARCHED = ['/', '/not-found/'];

let pages: PageTable;
let found: Set<string>;

beforeAll(async () => {
  const catalog = await compile([mkdtempSync(join(tmpdir(), 'sightline-empty-'))]);
  pages = pageTable(indexCatalog(catalog));
  found = new Set(documentsOf(catalog, readGuides(process.cwd())).map(({ address }) => address));
});

test('every page is found by the search, and what is found on this site has a page', () => {
  expect([...pages.keys()].filter((address) => !found.has(address))).toEqual(NOT_SEARCHED);
  const here = [...found].filter((address) => address.startsWith('/'));
  expect(here.filter((address) => !pages.has(address))).toEqual([]);
  for (const path of Object.keys(SITE_PAGES)) expect(here).toContain(`/${path}/`);
  for (const { shortName } of tactics) expect(here).toContain(`/tactics/${shortName}/`);
});

test.each(Object.entries(SITE_PAGES))('/%s/ has its title at the top and in the tab', async (path, page) => {
  const html = renderToStaticMarkup(await pages.get(`/${path}/`)!());
  const title = page.title.replace('&', '&amp;');
  expect(html).toContain(`<title>${title} · `);
  expect(html).toMatch(new RegExp(`<h1>${title.replace(/\W/g, '\\$&')}(?: <|</h1>)`));
});
