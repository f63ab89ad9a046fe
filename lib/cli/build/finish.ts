import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Catalog } from '../../content/model.ts';
import { siteTables } from '../../export/site-tables.ts';
import { PROJECT, type Settings } from '../settings.ts';
import { ASSETS } from './assets.ts';
import { listFiles } from './list-files.ts';
import { BUILD_MARKER } from './out-folder.ts';
import { redirectHtml } from './redirect.ts';
import { searchFiles } from './search-files.ts';
import { testerFiles } from './tester-files.ts';

export interface Finished {
  /** HTML documents that are not redirects. */
  pages: number;
  redirects: number;
  downloads: number;
}

/** Address of the page that the published folder holds as `404.html`. */
const NOT_FOUND = '/not-found/';

/**
 * Writes the published folder from what Next drew: a file per page, redirects, assets, downloads and the sitemap.
 * Synchronous where there are many files: for ten thousand small files the asynchronous calls cost several times the writing.
 */
export async function finish(drawn: string, catalog: Catalog, settings: Settings): Promise<Finished> {
  const { out } = settings;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  // First of all, so that what an interrupted build leaves is known for ours and may be replaced.
  writeFileSync(join(out, BUILD_MARKER), 'incomplete');
  const pages: string[] = [];
  for (const [address, html] of drawnPages(drawn)) {
    if (address === NOT_FOUND) writeFileSync(join(out, '404.html'), html);
    else {
      writePage(out, address, html);
      pages.push(address);
    }
  }
  for (const [from, to] of catalog.redirects) {
    // A redirect gives way to the page that stands at its address.
    if (!existsSync(join(out, from, 'index.html')))
      writePage(out, from, redirectHtml(settings.basePath + to));
  }
  cpSync(join(PROJECT, 'public'), out, { recursive: true });
  cpSync(ASSETS, join(out, 'assets'), { recursive: true });
  const downloads = copyLookups(catalog, settings) + writeTables(catalog, settings);
  await writeTesterFiles(catalog, settings);
  for (const { address, text } of listFiles(catalog, settings.content)) write(join(out, address), text());
  for (const { address, bytes } of searchFiles(catalog)) write(join(out, address), bytes);
  writeFileSync(join(out, 'robots.txt'), robots(settings));
  if (settings.siteUrl) writeFileSync(join(out, 'sitemap.xml'), sitemap(pages.sort(), settings));
  // Hosts that run Jekyll over what they serve would drop folders that begin with an underscore.
  writeFileSync(join(out, '.nojekyll'), '');
  return { pages: pages.length, redirects: catalog.redirects.length, downloads };
}

function* drawnPages(drawn: string): Iterable<[address: string, html: string]> {
  const folder = join(drawn, 'pages');
  for (const shard of readdirSync(folder)) {
    for (const line of readFileSync(join(folder, shard), 'utf8').split('\n'))
      if (line) yield JSON.parse(line);
  }
}

function writePage(out: string, address: string, html: string): void {
  const folder = join(out, address);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), html);
}

/** The CSV of each lookup, at the address that its page links to. */
function copyLookups(catalog: Catalog, settings: Settings): number {
  let copied = 0;
  for (const lookup of catalog.lookups) {
    const root = settings.content[lookup.source.root];
    if (!lookup.table || root === undefined) continue;
    write(
      join(settings.out, 'lookups', lookup.slug, `${lookup.slug}.csv`),
      readFileSync(join(root, lookup.table.path)),
    );
    copied += 1;
  }
  return copied;
}

function writeTables(catalog: Catalog, { out }: Settings): number {
  for (const [address, text] of siteTables) {
    const to = join(out, address);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text(catalog));
  }
  return siteTables.size;
}

async function writeTesterFiles(catalog: Catalog, { out, content }: Settings): Promise<void> {
  for await (const { address, content: file } of testerFiles(catalog, content)) {
    write(join(out, address), 'text' in file ? file.text : readFileSync(file.path));
  }
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function robots(settings: Settings): string {
  const sitemapLine = settings.siteUrl ? `Sitemap: ${address(settings, '/sitemap.xml')}\n` : '';
  return `User-agent: *\nAllow: /\n${sitemapLine}`;
}

function sitemap(pages: string[], settings: Settings): string {
  const entries = pages.map((page) => `<url><loc>${address(settings, page)}</loc></url>`).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries}\n</urlset>\n`;
}

function address(settings: Settings, path: string): string {
  return `${settings.siteUrl?.replace(/\/+$/, '')}${settings.basePath}${encodeURI(path)}`;
}
