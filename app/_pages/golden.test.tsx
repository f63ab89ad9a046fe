import { fileURLToPath } from 'node:url';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, test } from 'vitest';
import { setSite, site } from '../../components/document/site.ts';
import { collectEvidence } from '../../lib/cli/test/collect.ts';
import { compile } from '../../lib/content/compile.ts';
import type { Shape } from '../../lib/content/model.ts';
import { type PageTable, pageTable } from '../_site/pages.ts';
import { indexCatalog, type SiteCatalog } from '../_site/site-catalog.ts';

const CONTENT = fileURLToPath(new URL('../../content', import.meta.url));

/** One page of each shape, reviewed by eye: a change of these files is a change that readers see. */
const PAGES: Record<Shape, string> = {
  g1: 'windows-domain-admin-group-enumeration',
  g2: 'windows-web-server-script-written-then-shell-started',
  g3: 'windows-regasm-child-process',
  ssa1: 'windows-diskshadow-script-mode',
  ssa2: 'windows-registry-hive-saved-to-file',
  sigma: 'shadow-copy-reached-through-symlink',
};

let catalog: SiteCatalog;
let pages: PageTable;

beforeAll(async () => {
  setSite({ ...site, repository: 'https://github.com/example/content', contentPaths: ['content'] });
  const compiled = await compile([CONTENT]);
  catalog = indexCatalog({ ...compiled, evidence: await collectEvidence(compiled, { roots: [CONTENT] }) });
  pages = pageTable(catalog);
}, 120_000);

async function draw(address: string): Promise<string> {
  const page = pages.get(address);
  if (!page) throw new Error(`No page at ${address}`);
  return renderToStaticMarkup(await page());
}

/** A tag a line, so that a change shows as the lines that changed. */
function laidOut(html: string): string {
  return html.replace(
    /(<(?:section|p|li|tr|h[1-6]|aside|dl|dt|header|footer|nav|table|ol|ul|pre|figure|details|main|head|body|meta|link|script)\b)/g,
    '\n$1',
  );
}

describe('one golden page per shape', () => {
  for (const [shape, slug] of Object.entries(PAGES)) {
    test(`${shape}: ${slug}`, async () => {
      expect(catalog.detectionBySlug.get(slug)?.shape).toBe(shape);
      await expect(laidOut(await draw(`/detections/${slug}/`))).toMatchFileSnapshot(`golden/${shape}.html`);
    });
  }
});

test('sections come in a triager’s order on every page', async () => {
  const order = [
    'description',
    'false-positives',
    'attack',
    'search',
    'conversions',
    'log-source',
    'data-sources',
    'macros',
    'required-fields',
    'lookups',
    'implementation',
    'configuration',
    'risk',
    'drilldowns',
    'annotations',
    'atomics',
    'operations',
    'related',
    'testing',
    'references',
  ];
  for (const { slug } of catalog.detections) {
    const html = await draw(`/detections/${slug}/`);
    const sections = [...html.matchAll(/<section[^>]* id="([^"]+)"/g)].map((match) => match[1]!);
    expect(sections, slug).toEqual(order.filter((id) => sections.includes(id)));
    const contents = [...html.matchAll(/<li><a href="#([^"]+)">/g)].map((match) => match[1]!);
    expect(contents, slug).toEqual(sections);
  }
});

test('a page loads nothing from elsewhere and runs no inline script', async () => {
  for (const [address, page] of pages) {
    if (!address.startsWith('/detections/')) continue;
    const html = renderToStaticMarkup(await page());
    const loaded = [
      ...html.matchAll(/<(?:script|img|iframe|link|source|video)\b[^>]*?(?:src|href)="([^"]*)"/g),
    ].map((match) => match[1]!);
    expect(
      loaded.filter((url) => !url.startsWith('/')),
      address,
    ).toEqual([]);
    expect(html, address).not.toMatch(/\son\w+=|javascript:/i);
  }
});

test('the coverage page lists every detection under what was measured', async () => {
  const html = await draw('/coverage/');
  for (const { slug, status } of catalog.detections)
    expect(html.includes(`/detections/${slug}/`)).toBe(status !== 'removed');
  const { passing } = catalog.evidence!.summary;
  expect(html).toContain(`${passing} pass`);
});

test('what nobody measured is never shown as passing', async () => {
  const bare = pageTable(indexCatalog({ ...catalog, evidence: undefined }));
  const html = renderToStaticMarkup(await bare.get('/detections/windows-regasm-child-process/')!());
  expect(html).toContain('not run');
  expect(html).not.toContain('passing');
  expect(renderToStaticMarkup(await bare.get('/coverage/')!())).toContain('ran no tests');
});
