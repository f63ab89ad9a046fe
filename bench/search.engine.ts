/**
 * One engine over one set of documents, as a process of its own, so that one that does not finish is ended without the
 * others: `search.engine.ts ENGINE DOCUMENTS.json QUALITY(0|1)`. Writes a JSON line for each step it begins, then its figures.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright';
import { findChromium, LAUNCH_ARGS } from '../e2e/chromium.mjs';
import type { SearchDocument } from '../lib/search/documents.ts';
import { type Engine, type Payload, payloadOf } from './search.payloads.ts';
import { type ClassQuality, keystrokes, qualityOf, qualityQueries } from './search.queries.ts';
import { say } from './spl.say.ts';

/** Figures of one engine. Sizes in bytes, packed as gzip; times in milliseconds. */
export interface Figures {
  /** What the first results take. */
  first: number;
  all: number;
  parts: Record<string, number>;
  /** From nothing loaded to the first results. */
  cold: number;
  keys: { count: number; p50: number; p95: number };
  /** JavaScript's heap with what it holds outside of it, after a collection. */
  heap: number;
  /** Queries that it threw on. */
  thrown: number;
  /** By class of query. */
  quality?: Record<string, ClassQuality>;
}

export type Line = { step: string } | { figures: Figures };

const FIRST_QUERY = 'powershell';
const PROBES = ['certutil', 'kerberos'];
/** Queries for which an engine may take, at its probes' pace, so many milliseconds. Below these it is asked fewer. */
const BUDGET = { quality: 90_000, keys: 60_000 };
const MOST_KEYS = 400;
const LEAST_KEYS = 20;

const [engine, file, quality] = process.argv.slice(2);
const tell = (line: Line) => say(JSON.stringify(line));

tell({ step: 'making its index' });
const documents: SearchDocument[] = JSON.parse(readFileSync(file!, 'utf8'));
const payload = await payloadOf(engine as Engine, documents);
tell({ step: 'starting a browser' });
const server = await serve(payload, await bundle());
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...LAUNCH_ARGS, '--enable-precise-memory-info', '--js-flags=--expose-gc'],
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  tell({ figures: await measured(page, engine as Engine) });
} finally {
  await browser.close();
  server.close();
}

async function measured(page: Page, engine: Engine): Promise<Figures> {
  let loaded = 0;
  page.on('response', (response) => {
    loaded += payload.files.get(new URL(response.url()).pathname)?.length ?? 0;
  });
  await page.goto(server.origin);
  const call = <T>(name: string, ...given: unknown[]) =>
    page.evaluate(
      ([name, given]) =>
        (window as unknown as Record<string, (...given: unknown[]) => Promise<T>>)[name]!(...given),
      [name, given] as const,
    );
  tell({ step: 'loading it and answering once' });
  const cold = await call<number>('cold', engine, FIRST_QUERY);
  const first = engine === 'sightline' ? payload.sizes.names! : loaded;
  const heap = await page.evaluate(() => {
    (window as unknown as { gc: () => void }).gc();
    return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
  });
  const pace = Math.max(...(await call<number[]>('times', PROBES)), 0.1);

  tell({ step: 'answering keystrokes' });
  const typed = keystrokes(Math.min(MOST_KEYS, Math.max(LEAST_KEYS, Math.floor(BUDGET.keys / pace))));
  const times = await call<number[]>('times', typed);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!;
  const figures: Figures = {
    first,
    all: Object.values(payload.sizes).reduce((sum, size) => sum + size, 0),
    parts: payload.sizes,
    cold,
    keys: { count: times.length, p50: at(0.5), p95: at(0.95) },
    heap,
    thrown: await call<number>('thrown'),
  };
  if (quality !== '1') return figures;

  tell({ step: 'answering the queries whose answers are known' });
  const asked = qualityQueries(Math.floor(BUDGET.quality / pace));
  const ranks: number[] = [];
  for (const { query, answers } of asked) {
    const found = await call<string[]>('find', query);
    ranks.push(1 + found.findIndex((address) => answers.includes(address)));
  }
  return { ...figures, thrown: await call<number>('thrown'), quality: qualityOf(asked, ranks) };
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

async function serve({ files }: Payload, script: string): Promise<{ origin: string; close: () => void }> {
  const server = createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
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
