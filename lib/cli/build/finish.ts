import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Catalog } from '../../content/model.ts';
import type { Settings } from '../settings.ts';
import { ASSETS } from './assets.ts';
import { redirectHtml } from './redirect.ts';

export interface Finished {
  /** HTML documents that are not redirects. */
  pages: number;
  redirects: number;
  downloads: number;
}

/** Turns Next's export into the published folder: assets, redirects, downloads, sitemap, and none of Next's own files. */
export async function finish(written: string, catalog: Catalog, settings: Settings): Promise<Finished> {
  const { out } = settings;
  await rename(join(written, 'not-found', 'index.html'), join(written, '404.html'));
  await dropUnused(written);
  if (written !== out) {
    await rm(out, { recursive: true, force: true });
    await mkdir(dirname(out), { recursive: true });
    await move(written, out);
  }
  await cp(ASSETS, join(out, 'assets'), { recursive: true });
  const pages = await listPages(out);
  for (const [from, to] of catalog.redirects)
    await writePage(out, from, redirectHtml(settings.basePath + to));
  const downloads = await copyLookups(catalog, settings);
  await writeFile(
    join(out, 'robots.txt'),
    `User-agent: *\nAllow: /\n${settings.siteUrl ? `Sitemap: ${address(settings, '/sitemap.xml')}\n` : ''}`,
  );
  if (settings.siteUrl) await writeFile(join(out, 'sitemap.xml'), sitemap(pages, settings));
  // Hosts that run Jekyll over what they serve would drop folders that begin with an underscore.
  await writeFile(join(out, '.nojekyll'), '');
  return { pages: pages.length, redirects: catalog.redirects.length, downloads };
}

/** Next writes a client runtime and a not-found page of its own that no document of this site loads. */
async function dropUnused(folder: string): Promise<void> {
  for (const name of ['not-found', '404', '_not-found', '_next'])
    await rm(join(folder, name), { recursive: true, force: true });
  for (const name of await readdir(folder))
    if (name.endsWith('.txt') || name === '_not-found.html') await rm(join(folder, name));
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch {
    // Another file system: rename cannot cross it.
    await cp(from, to, { recursive: true });
    await rm(from, { recursive: true, force: true });
  }
}

async function listPages(out: string): Promise<string[]> {
  const files = await readdir(out, { recursive: true });
  return files
    .filter((file) => file.endsWith('index.html'))
    .map((file) => `/${file.replaceAll('\\', '/').replace(/index\.html$/, '')}`)
    .sort();
}

/** Never over a page: a redirect gives way to what stands at its address. */
async function writePage(out: string, page: string, html: string): Promise<void> {
  const file = join(out, page, 'index.html');
  if (existsSync(file)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, html);
}

/** The CSV of each lookup, at the address that its page links to. */
async function copyLookups(catalog: Catalog, settings: Settings): Promise<number> {
  let copied = 0;
  for (const lookup of catalog.lookups) {
    const root = settings.content[lookup.source.root];
    if (!lookup.table || root === undefined) continue;
    const from = join(root, lookup.table.path);
    const to = join(settings.out, 'lookups', lookup.slug, `${lookup.slug}.csv`);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
    copied += 1;
  }
  return copied;
}

function sitemap(pages: string[], settings: Settings): string {
  const entries = pages.map((page) => `<url><loc>${address(settings, page)}</loc></url>`).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries}\n</urlset>\n`;
}

function address(settings: Settings, path: string): string {
  return `${settings.siteUrl?.replace(/\/+$/, '')}${settings.basePath}${encodeURI(path)}`;
}
