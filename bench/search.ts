/**
 * Search in headless Chromium beside other engines on the same documents and queries: bytes a reader loads, time to the
 * first results of a page with nothing cached, time of a keystroke, memory, and whether the right answer is found.
 * `npm run bench:search [-- ENGINE...]`. The machine is shared: compare rows of one run, not runs.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright';
import { findChromium, LAUNCH_ARGS } from '../e2e/chromium.mjs';
import { compile } from '../lib/content/compile.ts';
import { readGuides } from '../lib/content/read/guides.ts';
import { documentsOf, type SearchDocument } from '../lib/search/documents.ts';
import queries from '../lib/search/quality-queries.json' with { type: 'json' };
import { enlarged } from './search.documents.ts';
import { ENGINES, type Engine, type Payload, payloadOf } from './search.payloads.ts';
import { say } from './spl.say.ts';

const PROJECT = join(import.meta.dirname, '..');
const CORPUS = join(PROJECT, '..', 'shared', 'corpus');
const FIRST_QUERY = 'powershell';
/** Of an engine that takes a tenth of a second for each, fewer keystrokes say as much. */
const KEYSTROKES = { most: 400, slow: 40, slowMs: 60 };

const only = process.argv.slice(2);
const engines = ENGINES.filter((engine) => only.length === 0 || only.includes(engine));

if (!existsSync(join(CORPUS, 'security_content'))) {
  say('No public repositories lie at ../shared/corpus; there is nothing to measure with.');
  process.exit(0);
}
const small = await read(['security_content']);
const large = await read(['security_content', 'sigma']);
const sets: [label: string, documents: SearchDocument[]][] = [
  [`security_content: ${count(small)}`, small],
  [`with Sigma: ${count(large)}`, large],
  ['10,000 documents, the last of them copies', enlarged(large, 10_000)],
];
const script = await bundle();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...LAUNCH_ARGS, '--enable-precise-memory-info', '--js-flags=--expose-gc'],
});
try {
  for (const [at, [label, documents]] of sets.entries()) {
    say(`\n${label}`);
    say('engine      first p. KB   all KB  cold ms  key p50  key p95  heap MB  hit10 by class');
    for (const engine of engines) {
      // Fuse.js goes through all texts at each keystroke: seconds beyond the smallest set.
      if (engine === 'fuse' && at > 0) continue;
      try {
        say(await measure(browser, engine, documents, at === 0));
      } catch (error) {
        say(`${engine} failed: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
      }
    }
  }
} finally {
  await browser.close();
}

async function read(folders: string[]): Promise<SearchDocument[]> {
  return documentsOf(await compile(folders.map((folder) => join(CORPUS, folder))), readGuides(PROJECT));
}

function count(documents: SearchDocument[]): string {
  const detections = documents.filter(({ kind }) => kind === 'detection').length;
  return `${detections.toLocaleString('en')} detections, ${documents.length.toLocaleString('en')} documents`;
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'search.page.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

/** One row of the table. */
async function measure(
  browser: Browser,
  engine: Engine,
  documents: readonly SearchDocument[],
  quality: boolean,
): Promise<string> {
  const payload = await payloadOf(engine, documents);
  const { origin, close } = await serve(payload);
  const page = await browser.newPage();
  try {
    let loaded = 0;
    page.on('response', (response) => {
      loaded += payload.files.get(new URL(response.url()).pathname)?.length ?? 0;
    });
    await page.goto(origin);
    const call = <T>(name: string, ...given: unknown[]) =>
      page.evaluate(
        ([name, given]) =>
          (window as unknown as Record<string, (...given: unknown[]) => Promise<T>>)[name]!(...given),
        [name, given] as const,
      );
    const cold = await call<number>('cold', engine, FIRST_QUERY);
    const first = engine === 'sightline' ? payload.sizes.names! : loaded;
    const heap = await page.evaluate(() => {
      (window as unknown as { gc: () => void }).gc();
      return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
    });
    const hits = quality ? await hitRates((query) => call<string[]>('find', query)) : '';
    const keys = keystrokes();
    const [probe] = await call<number[]>('times', ['certutil']);
    const times = await call<number[]>(
      'times',
      keys.slice(0, probe! > KEYSTROKES.slowMs ? KEYSTROKES.slow : KEYSTROKES.most),
    );
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(1);
    const all = Object.values(payload.sizes).reduce((sum, size) => sum + size, 0);
    const parts = engine === 'sightline' ? `  ${partsOf(payload)}` : '';
    return [
      engine.padEnd(11),
      kb(first).padStart(11),
      kb(all).padStart(8),
      cold.toFixed(0).padStart(8),
      at(0.5).padStart(8),
      at(0.95).padStart(8),
      (heap / 1e6).toFixed(1).padStart(8),
      ` ${hits}${parts}`,
    ].join(' ');
  } finally {
    await page.close();
    close();
  }
}

function partsOf({ sizes }: Payload): string {
  return `(${Object.entries(sizes)
    .map(([part, size]) => `${part} ${kb(size)}`)
    .join(', ')})`;
}

function kb(bytes: number): string {
  return (bytes / 1024).toFixed(0);
}

/** Queries as they are typed, a character at a time from the second on; spread over all classes. */
function keystrokes(): string[] {
  const typed = queries.filter((_, at) => at % 5 === 0);
  const all = typed.flatMap(({ query }) =>
    Array.from({ length: Math.max(0, query.length - 1) }, (_, at) => query.slice(0, at + 2)),
  );
  const step = Math.max(1, Math.floor(all.length / KEYSTROKES.most));
  return all.filter((_, at) => at % step === 0);
}

/** By class of query: the share with a right answer among the first ten. */
async function hitRates(find: (query: string) => Promise<string[]>): Promise<string> {
  const classes = new Map<string, { hits: number; all: number }>();
  for (const row of queries) {
    // The keys of a query language are each engine's own.
    if (row.class === 'query language') continue;
    const found = await find(row.query);
    const tally = classes.get(row.class) ?? { hits: 0, all: 0 };
    tally.all += 1;
    if (found.some((address) => (row.answers as string[]).includes(address))) tally.hits += 1;
    classes.set(row.class, tally);
  }
  return [...classes].map(([name, { hits, all }]) => `${name} ${(hits / all).toFixed(2)}`).join(', ');
}

async function serve({ files }: Payload): Promise<{ origin: string; close: () => void }> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const packed = files.get(path);
    const types: Record<string, string> = {
      js: 'text/javascript',
      json: 'application/json',
      wasm: 'application/wasm',
    };
    const type = types[path.split('.').at(-1)!] ?? 'application/octet-stream';
    if (packed) response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(packed);
    else if (path === '/page.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else if (path === '/')
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>bench</title><script type="module" src="/page.js"></script>');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
