/**
 * The rule tester as a reader meets it, in headless Chromium: `npm run bench:tester [EVENTS...]`. From the drop of a log
 * to the verdict on screen, from a keystroke to the next verdict, the page's memory, and the bytes of the tester's code.
 * Needs a built site at `.sightline/test-site` (`npm test -- build`).
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { findChromium, LAUNCH_ARGS } from '../e2e/chromium.mjs';
import { serveSite } from '../lib/cli/build/serve.ts';
import { fullFile } from './events.evtx.ts';
import { xmlEvent } from './events.inputs.ts';
import { sysmonNdjson } from './spl.events.ts';
import { say } from './spl.say.ts';
import { testerWeights } from './tester-size.ts';

const SITE = '.sightline/test-site';
const REPEATS = 3;

const LOGS: Record<string, { file: string; search: string; make(events: number): Uint8Array | undefined }> = {
  ndjson: {
    file: 'events.ndjson',
    search: 'process_name=msiexec.exe process="*http://*"',
    make: (events) => Buffer.concat([...sysmonNdjson(events, 1)]),
  },
  xml: {
    file: 'events.xml',
    search: 'process_name=cmd.exe process="*whoami*7*"',
    make: (events) =>
      new TextEncoder().encode(Array.from({ length: events }, (_, n) => xmlEvent(n)).join('')),
  },
  evtx: { file: 'events.evtx', search: 'EventCode=* Channel="*"', make: evtx },
};

const RECORDED = '../shared/events/sigma_regression';

/** As many full chunks as hold about so many records, out of recorded files. */
function evtx(events: number): Uint8Array | undefined {
  if (!existsSync(RECORDED)) return undefined;
  const files = readdirSync(RECORDED, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.evtx'))
    .slice(0, 20)
    .map((file) => readFileSync(join(RECORDED, file)));
  const { records } = fullFile(files, files.length);
  return fullFile(files, Math.max(1, Math.round((events / records) * files.length))).bytes;
}

/** Milliseconds from `act` to the next finished verdict, as the page sees them: a frame after the text changed. */
async function untilVerdict(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const state = window as unknown as { started?: number; verdict?: Promise<number> };
    state.verdict = new Promise((resolve) => {
      const begin = () => {
        state.started ??= performance.now();
      };
      for (const type of ['change', 'keydown'])
        document.addEventListener(type, begin, { capture: true, once: true });
      new MutationObserver((_, observer) => {
        const text = document.querySelector('.verdict [role="status"]')?.textContent ?? '';
        const busy = document.querySelector('.verdict')?.getAttribute('aria-busy');
        if (state.started === undefined || busy === 'true' || !text.startsWith('Matches')) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          resolve(performance.now() - state.started!);
          delete state.started;
        });
      }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
  });
  await act();
  return page.evaluate(() => (window as unknown as { verdict: Promise<number> }).verdict);
}

async function measure(
  page: Page,
  path: string,
  search: string,
): Promise<{ drop: number; key: number; text: string; heap: number }> {
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  const editor = page.locator('.code-editor .cm-content');
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(`${search} | head 1`);
  const drop = await untilVerdict(page, () => page.getByLabel('Log files').setInputFiles(path));
  const text = (await page.locator('.verdict [role="status"]').textContent()) ?? '';
  await editor.click();
  await page.keyboard.press('Control+End');
  const keys: number[] = [];
  for (const key of '00000') keys.push(await untilVerdict(page, () => page.keyboard.type(key)));
  const sorted = keys.sort((a, b) => a - b);
  const heap = await page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
  );
  return { drop, key: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, text, heap };
}

async function weights(): Promise<void> {
  const said = { tried: 'tried', edited: 'with the editor', own: "with a log of the reader's own" };
  for (const [step, { gzip, files, sources }] of Object.entries(await testerWeights())) {
    const largest = sources
      .slice(0, 8)
      .map(([path, bytes]) => `${path.replace(/^node_modules\//, '')} ${bytes}`);
    say(
      `${said[step as keyof typeof said]}: ${gzip} bytes gzip in ${files} files; minified ${largest.join(', ')}`,
    );
  }
}

const counts = process.argv.slice(2).map(Number).filter(Number.isFinite);
const { server, port } = await serveSite(SITE, '', 0);
const browser = await chromium.launch({ executablePath: findChromium(), args: LAUNCH_ARGS });
const folder = mkdtempSync(join(tmpdir(), 'bench-tester-'));
try {
  const page = await browser.newPage();
  // The loader names functions by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.goto(`http://127.0.0.1:${port}/tester/`);
  for (const events of counts.length > 0 ? counts : [10_000, 100_000]) {
    for (const [format, { file, search, make }] of Object.entries(LOGS)) {
      const bytes = make(events);
      if (bytes === undefined) {
        say(`${format}: no recorded .evtx lies at ../shared/events`);
        continue;
      }
      const path = join(folder, file);
      writeFileSync(path, bytes);
      const runs = [];
      for (let n = 0; n < REPEATS; n += 1) runs.push(await measure(page, path, search));
      const best = runs.reduce((a, b) => (b.drop < a.drop ? b : a));
      say(
        [
          format.padEnd(7),
          `${events.toLocaleString('en').padStart(8)} events`,
          `${(bytes.length / 1e6).toFixed(1).padStart(6)} MB`,
          `drop to verdict ${best.drop.toFixed(0).padStart(6)} ms`,
          `keystroke to verdict ${Math.min(...runs.map(({ key }) => key))
            .toFixed(0)
            .padStart(4)} ms`,
          `page heap ${(best.heap / 1e6).toFixed(0)} MB`,
          best.text,
        ].join('  '),
      );
    }
  }
  await weights();
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
