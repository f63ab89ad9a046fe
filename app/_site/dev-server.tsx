/**
 * The development server: content stays compiled in memory, so that an edited file is on screen without a catalog
 * being written and read again (for a large repository that alone took a second). Started by `sightline dev`, which
 * restarts it when a source file changes.
 */
import { createReadStream, watch } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { setSite } from '../../components/document/site.ts';
import { ASSETS, buildAssets } from '../../lib/cli/build/assets.ts';
import { siteSettings } from '../../lib/cli/build/build.ts';
import { listFiles } from '../../lib/cli/build/list-files.ts';
import { counts, reportDiagnostics } from '../../lib/cli/build/report.ts';
import { searchFiles } from '../../lib/cli/build/search-files.ts';
import { type TesterFile, testerFiles } from '../../lib/cli/build/tester-files.ts';
import { createIo } from '../../lib/cli/io.ts';
import { PROJECT, type Settings, WORK } from '../../lib/cli/settings.ts';
import { EvidenceCache } from '../../lib/cli/test/cache.ts';
import { collectEvidence } from '../../lib/cli/test/collect.ts';
import { compile, createCache } from '../../lib/content/compile.ts';
import type { Catalog } from '../../lib/content/model.ts';
import { siteTables } from '../../lib/export/site-tables.ts';
import { documentOf } from './document.ts';
import { type PageTable, pageTable } from './pages.ts';
import { indexCatalog } from './site-catalog.ts';

/** Editors write a file in several steps; this long after the last one it is taken as done. */
const SETTLED_MS = 40;

const settings: Settings = JSON.parse(process.env.SIGHTLINE_SETTINGS ?? '{}');
const io = createIo();
const cache = createCache();
const evidence = new EvidenceCache(join(WORK, 'evidence.json'));
const readers = new Set<ServerResponse>();
let catalog: Catalog;
let measured: Catalog['evidence'];
let pages: PageTable;
/** Counts changes. A page carries the one it was drawn at, so that a change while it loads is not missed. */
let version = 1;
let redirects: Map<string, string>;
let testerAddresses: Map<string, TesterFile['content']>;
/** Made when a list is first asked for: an edit of one file should not wait for all rows. */
let listTexts: Map<string, () => string> | undefined;
/** Made when first asked for: an edit is on screen before it can be searched. */
let shards: Map<string, Buffer> | undefined;

async function load(): Promise<void> {
  const started = performance.now();
  catalog = await compile(settings.content, { cache });
  catalog.evidence = measured;
  index();
  redirects = new Map(catalog.redirects);
  testerAddresses = new Map();
  for await (const { address, content } of testerFiles(catalog, settings.content)) {
    testerAddresses.set(address, content);
  }
  io.err(
    `${counts(catalog) || 'Nothing found'}, compiled in ${Math.round(performance.now() - started)} ms\n`,
  );
}

/** What is drawn from the catalog as it is now. */
function index(): void {
  pages = pageTable(indexCatalog(catalog));
  listTexts = undefined;
  shards = undefined;
}

function listText(path: string): string | undefined {
  if (!path.startsWith('/lists/')) return undefined;
  listTexts ??= new Map(
    [...listFiles(catalog, settings.content)].map(({ address, text }) => [address, text]),
  );
  return listTexts.get(path)?.();
}

/** After an edit only errors are said again: the warnings of a whole repository would bury them. */
function reportErrors(): void {
  const errors = catalog.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  reportDiagnostics(io, { ...catalog, diagnostics: errors }, settings);
}

setSite(siteSettings(settings, await buildAssets({ reload: true })));
await load();
await test();
reportDiagnostics(io, catalog!, settings);

const assets = sirv(ASSETS, { dev: true });
const publicFiles = sirv(join(PROJECT, 'public'), { dev: true });
const server = createServer(async (request, response) => {
  const path = decoded((request.url ?? '/').split('?')[0]!).slice(settings.basePath.length) || '/';
  const redirect = redirects.get(path.endsWith('/') ? path : `${path}/`);
  const list = listText(path);
  if (pages.has(path)) await send(response, 200, path);
  else if (path === '/events') subscribe(response);
  else if (redirect) response.writeHead(302, { location: settings.basePath + redirect }).end();
  else if (path.endsWith('.csv')) download(response, path);
  else if (path.startsWith('/search/') && path.endsWith('.bin')) sendShard(response, path);
  else if (testerAddresses.has(path)) sendTesterFile(response, testerAddresses.get(path)!);
  else if (list !== undefined) sendTesterFile(response, { text: list });
  else if (path.startsWith('/assets/')) {
    request.url = path.slice('/assets'.length);
    assets(request, response, () => void response.writeHead(404).end());
  } else {
    request.url = path;
    publicFiles(request, response, () => void send(response, 404, '/not-found/'));
  }
});

/** An address that cannot be decoded (`/%`) names no page; it must not end the server. */
function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

async function send(response: ServerResponse, status: number, path: string): Promise<void> {
  const draw = pages.get(path)!;
  try {
    const html = (await documentOf(await draw())).replace('<html ', `<html data-version="${version}" `);
    response
      .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      .end(html);
  } catch (error) {
    response
      .writeHead(500, { 'content-type': 'text/plain; charset=utf-8' })
      .end(error instanceof Error ? error.stack : String(error));
  }
}

function subscribe(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(`data: ${version}\n\n`);
  readers.add(response);
  response.on('close', () => readers.delete(response));
}

function download(response: ServerResponse, path: string): void {
  const table = siteTables.get(path);
  if (table) {
    response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }).end(table(catalog));
    return;
  }
  const lookup = catalog.lookups.find((entry) => path === `/lookups/${entry.slug}/${entry.slug}.csv`);
  const root = lookup && settings.content[lookup.source.root];
  if (!root || !lookup.table) response.writeHead(404).end();
  else
    createReadStream(join(root, lookup.table.path)).pipe(
      response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }),
    );
}

function sendTesterFile(response: ServerResponse, content: TesterFile['content']): void {
  response.writeHead(200, { 'cache-control': 'no-store' });
  if ('text' in content) response.end(content.text);
  else createReadStream(content.path).pipe(response);
}

function sendShard(response: ServerResponse, path: string): void {
  shards ??= new Map(searchFiles(catalog).map(({ address, bytes }) => [address, bytes]));
  const bytes = shards.get(path);
  response.writeHead(bytes ? 200 : 404, { 'cache-control': 'no-store' }).end(bytes);
}

/** Tests follow once the edited page is up: they take longer than reading it again, and rarely change. */
async function test(): Promise<void> {
  const before = JSON.stringify(measured);
  measured = await collectEvidence(catalog, { roots: settings.content, cache: evidence });
  if (JSON.stringify(measured) === before) return;
  catalog.evidence = measured;
  index();
  reloadReaders();
}

function reloadReaders(): void {
  version += 1;
  for (const reader of readers) reader.write(`data: ${version}\n\n`);
}

let timer: ReturnType<typeof setTimeout> | undefined;
let running: Promise<void> = Promise.resolve();
const onChange = () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    running = running.then(load).then(reportErrors).then(reloadReaders).then(test);
  }, SETTLED_MS);
};
for (const folder of settings.content) watch(folder, { recursive: true }, onChange);

server.on('error', (error) => {
  io.err(`The server cannot start: ${error.message}\n`);
  process.exit(1);
});
server.listen(settings.port, '127.0.0.1', () => {
  io.out(
    `Sightline is at http://localhost:${settings.port}${settings.basePath}/ and follows your edits (Ctrl-C stops it)\n`,
  );
});
