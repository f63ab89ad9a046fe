/** The same inputs, read in a worker of headless Chromium from a page on 127.0.0.1. */

import { createServer } from 'node:http';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import { findChromium, LAUNCH_ARGS } from '../e2e/chromium.mjs';
import { type Measured, row } from './events.measure.ts';
import { say } from './spl.say.ts';

export async function inBrowser(inputs: ReadonlyMap<string, Uint8Array>, times: number): Promise<void> {
  const bundle = await build({
    entryPoints: [new URL('./events.page.ts', import.meta.url).pathname],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const script = bundle.outputFiles[0]?.contents ?? new Uint8Array(0);
  say(`Chromium: reader and extraction are ${(script.length / 1024).toFixed(0)} KiB of script, minified`);
  const names = [...inputs.keys()];
  const server = createServer((request, response) => {
    const input = /^\/input\/(\d+)$/.exec(request.url ?? '')?.[1];
    const body =
      input !== undefined
        ? inputs.get(names[Number(input)] ?? '')
        : request.url === '/reader.js'
          ? script
          : '<!doctype html><title>bench</title>';
    const type =
      input !== undefined
        ? 'application/octet-stream'
        : request.url === '/reader.js'
          ? 'text/javascript'
          : 'text/html';
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const browser = await chromium.launch({ executablePath: findChromium(), args: LAUNCH_ARGS });
  try {
    for (const [at, name] of names.entries()) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      const results = await page.evaluate(
        (job) =>
          new Promise<Measured[]>((resolve, reject) => {
            const worker = new Worker('/reader.js', { type: 'module' });
            worker.onmessage = (event) => resolve(event.data as Measured[]);
            worker.onerror = (event) => reject(new Error(event.message));
            worker.postMessage(job);
          }),
        { path: `/input/${at}`, times },
      );
      for (const [part, measured] of results.entries()) say(row('Chromium', name, part === 1, measured));
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
}
