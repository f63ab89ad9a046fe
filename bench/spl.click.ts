/**
 * From the reader's click, nothing cached, to rows: the engine in a worker against DuckDB for browsers, on the same
 * events and the same question, each in a fresh browser context. Files come from this machine, so the time that a
 * network would take is not in it; what would be transferred is printed beside it.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Browser } from 'playwright';
import { sysmonNdjson } from './spl.events.ts';
import { say } from './spl.say.ts';

const SEARCH = 'process_name=msiexec.exe process="*http://*"';
const QUERY = "SELECT * FROM events WHERE lower(process_name) = 'msiexec.exe' AND process ILIKE '%http://%'";

const ENGINE_CLICK = `new Promise((resolve, reject) => {
  const started = performance.now();
  const worker = new Worker('/spl.click.engine.js', { type: 'module' });
  worker.onmessage = ({ data }) => resolve({ total: performance.now() - started, cold: 0, rows: data });
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage({ events: '/events.ndjson', search: ${JSON.stringify(SEARCH)} });
})`;

const DUCKDB_CLICK = `(async () => {
  const started = performance.now();
  const { click } = await import('/spl.click.duckdb.js');
  const result = await click('/events.ndjson', ${JSON.stringify(QUERY)});
  return { total: performance.now() - started, ...result };
})()`;

interface Click {
  total: number;
  /** Milliseconds until the database could be asked. */
  cold: number;
  rows: number;
}

export async function clicks(browser: Browser, counts: readonly number[]): Promise<void> {
  const files = await served();
  let events: Uint8Array = new Uint8Array();
  const server = createServer(({ url = '/' }, response) => {
    const body = url === '/events.ndjson' ? events : files.get(url);
    const type = url.endsWith('.js')
      ? 'text/javascript'
      : url.endsWith('.wasm')
        ? 'application/wasm'
        : 'text/html';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const measure = async (script: string): Promise<Click> => {
    let best: Click | undefined;
    for (let i = 0; i < 3; i += 1) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      const click = (await page.evaluate(script)) as Click;
      if (best === undefined || click.total < best.total) best = click;
      await context.close();
    }
    return best!;
  };
  try {
    for (const count of counts) {
      events = Buffer.concat([...sysmonNdjson(count, 1)]);
      const engine = await measure(ENGINE_CLICK);
      const duckdb = await measure(DUCKDB_CLICK);
      say(
        `\nChromium, click to rows, ${count} events, ${(events.length / 1e6).toFixed(1)} MB (best of 3 fresh contexts)`,
      );
      say(
        `engine  ${engine.total.toFixed(0).padStart(6)} ms, ${engine.rows} rows; ${transfer(files, 'engine')}`,
      );
      say(
        `DuckDB  ${duckdb.total.toFixed(0).padStart(6)} ms, ${duckdb.rows} rows; ${transfer(files, 'duckdb')}; ready after ${duckdb.cold.toFixed(0)} ms; JSON array, as read_json is fetched from DuckDB's servers`,
      );
      say(`ratio   ${(duckdb.total / engine.total).toFixed(1)}`);
    }
  } finally {
    server.close();
  }
}

/** Every file that a page can ask for, by path. */
async function served(): Promise<Map<string, Uint8Array>> {
  const bundle = await build({
    entryPoints: ['engine', 'duckdb'].map(
      (name) => new URL(`./spl.click.${name}.ts`, import.meta.url).pathname,
    ),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    outdir: '/',
    write: false,
    logLevel: 'error',
  });
  const files = new Map<string, Uint8Array>(bundle.outputFiles.map(({ path, contents }) => [path, contents]));
  const dist = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  files.set('/duckdb.wasm', readFileSync(dist));
  files.set(
    '/duckdb-worker.js',
    readFileSync(dist.replace(/duckdb-eh\.wasm$/, 'duckdb-browser-eh.worker.js')),
  );
  files.set('/', Buffer.from('<!doctype html><title>bench</title>'));
  return files;
}

/** What a first visit fetches, gzipped. The engine's second part is not among it: the search does not use it. */
function transfer(files: ReadonlyMap<string, Uint8Array>, which: 'engine' | 'duckdb'): string {
  const wanted = [...files].filter(([path]) =>
    which === 'duckdb' ? path.includes('duckdb') : path.includes('engine') || path.includes('chunk'),
  );
  const bytes = wanted.reduce((sum, [, contents]) => sum + gzipSync(contents, { level: 9 }).length, 0);
  return `${(bytes / 1000).toFixed(0)} KB gzip to fetch`;
}
