import { createServer } from 'node:http';
import { build } from 'esbuild';
import { clicks } from './spl.click.ts';
import { say } from './spl.say.ts';

/** What the page reports for one size. */
interface Report {
  count: number;
  megabytes: number;
  load: number;
  and: number;
  andFirst: number;
  wildcard: number;
  stats: number;
  clickToRows: number;
}

/** The same measurement in headless Chromium: the engine in a worker, events made in the page from the same seed. */
export async function inBrowser(counts: readonly number[]): Promise<void> {
  const bundle = await build({
    entryPoints: [new URL('./spl.page.ts', import.meta.url).pathname],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const script = bundle.outputFiles[0]!.text;
  const server = createServer((request, response) => {
    const page = request.url === '/';
    response.writeHead(200, {
      'content-type': page ? 'text/html' : 'text/javascript',
      'cache-control': 'no-store',
    });
    response.end(page ? '<!doctype html><title>bench</title>' : script);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
  try {
    for (const count of counts) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      const report = await page.evaluate(
        (size) =>
          new Promise<Report>((resolve, reject) => {
            const worker = new Worker('/engine.js', { type: 'module' });
            worker.onmessage = (event) => resolve(event.data as Report);
            worker.onerror = (event) => reject(new Error(event.message));
            worker.postMessage(size);
          }),
        count,
      );
      print(report);
      await page.close();
    }
    await clicks(browser, [1_000, ...counts.filter((count) => count <= 200_000)]);
  } finally {
    await browser.close();
    server.close();
  }
}

function print(report: Report): void {
  const rate = (milliseconds: number): string =>
    `${(report.count / 1000 / milliseconds).toFixed(1)} M events/s`;
  say(`\nChromium, worker: ${report.count} events, ${report.megabytes.toFixed(1)} MB`);
  say(`load ${report.load.toFixed(0)} ms (${(report.megabytes / (report.load / 1000)).toFixed(0)} MB/s)`);
  say(`AND first ${report.andFirst.toFixed(1)} ms, then ${report.and.toFixed(2)} ms, ${rate(report.and)}`);
  say(`wildcard ${report.wildcard.toFixed(2)} ms, ${rate(report.wildcard)}`);
  say(`stats ${report.stats.toFixed(2)} ms, ${rate(report.stats)}`);
  say(`from bytes in hand to rows (load, parse, run): ${report.clickToRows.toFixed(0)} ms`);
}
