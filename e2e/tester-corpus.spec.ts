/** The same rules over the same recorded events, in a browser's worker and in Node: the answers must be equal. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { serveSite } from '../lib/cli/build/serve.ts';
import type { TesterCase } from '../lib/tester/session/payload.ts';
import { TesterSession } from '../lib/tester/session/session.ts';

const SITE = fileURLToPath(new URL('../.sightline/corpus-site', import.meta.url));
const EVENTS = fileURLToPath(new URL('../../shared/events/', import.meta.url));

interface Pair {
  slug: string;
  /** Whether the recorded events hold some that the rule must match. */
  matches: boolean;
  files: { path: string; source?: string; sourcetype?: string }[];
}

interface Answer {
  slug: string;
  events: number;
  matched: number[];
  rows: unknown[];
  error?: string;
}

function lines<T>(path: string): T[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

/** Slugs by the ID of a detection: the site has a redirect at each. */
function slugOf(id: string): string {
  const html = readFileSync(join(SITE, 'detections', id, 'index.html'), 'utf8');
  return /\/detections\/([^/"]+)\//.exec(html)![1]!;
}

function pairs(): Pair[] {
  const windows = lines<{ detection_id: string; dataset: string; expected_match_count: number }>(
    `${EVENTS}windows/expected.ndjson`,
  );
  const attack = lines<{ detection_id: string; attack_data: Pair['files'] }>(
    `${EVENTS}attack_data/expected.ndjson`,
  );
  return [
    ...windows.map(({ detection_id, dataset, expected_match_count }) => ({
      slug: slugOf(detection_id),
      matches: expected_match_count > 0,
      files: [{ path: `windows/${dataset}` }],
    })),
    ...attack.map(({ detection_id, attack_data }) => ({
      slug: slugOf(detection_id),
      matches: true,
      files: attack_data.map((file) => ({ ...file, path: `attack_data/${file.path}` })),
    })),
  ];
}

async function inNode(asked: Pair[]): Promise<Answer[]> {
  const session = new TesterSession(async (address) => new Blob([readFileSync(join(SITE, address))]));
  session.open(JSON.parse(readFileSync(join(SITE, 'tester/environment.json'), 'utf8')));
  const answers: Answer[] = [];
  for (const { slug, files } of asked) {
    const rule: TesterCase = JSON.parse(readFileSync(join(SITE, 'detections', slug, 'tester.json'), 'utf8'));
    const sets: string[] = [];
    for (const { path, ...metadata } of files) {
      const content = new Blob([readFileSync(EVENTS + path)]);
      sets.push((await session.read({ name: path, content, ...metadata })).id);
    }
    const run = await session.run({ rule, risk: rule.risk, sets });
    answers.push({
      slug,
      events: run.events,
      matched: run.matched,
      rows: session.resultRows().rows,
      ...(run.error ? { error: run.error.code } : {}),
    });
    for (const id of sets) session.forget(id);
  }
  return answers;
}

test('recorded events give the same rows in a browser as in Node', async ({ page }) => {
  test.skip(!existsSync(SITE) || !existsSync(EVENTS), 'no public repositories lie at ../shared');
  test.setTimeout(180_000);
  const asked = pairs();
  const { server, port } = await serveSite(SITE, '', 0);
  try {
    await page.route('**/recorded/**', (route) => {
      const path = decodeURIComponent(new URL(route.request().url()).pathname.slice('/recorded/'.length));
      return route.fulfill({ body: readFileSync(EVENTS + path), contentType: 'application/octet-stream' });
    });
    await page.goto(`http://127.0.0.1:${port}/detections/${asked[0]!.slug}/`);
    const answers = await page.evaluate(async (questions): Promise<Answer[]> => {
      const place = document.querySelector<HTMLElement>('[data-tester-place]')!;
      const worker = new Worker(place.dataset.worker!, { type: 'module' });
      let next = 0;
      const call = <T>(method: string, ...parameters: unknown[]): Promise<T> => {
        next += 1;
        const id = next;
        return new Promise((resolve, reject) => {
          worker.addEventListener('message', ({ data }) => {
            if (data.id !== id || data.kind === 'progress') return;
            if (data.kind === 'result') resolve(data.result);
            else reject(new Error(data.message));
          });
          worker.postMessage({ kind: 'call', id, method, parameters });
        });
      };
      const json = async (path: string) => (await fetch(path)).json();
      await call('open', await json('/tester/environment.json'));
      const found: Answer[] = [];
      for (const { slug, files } of questions) {
        const rule = await json(`/detections/${slug}/tester.json`);
        const sets: string[] = [];
        for (const { path, ...metadata } of files) {
          const content = await (await fetch(`/recorded/${path}`)).blob();
          sets.push((await call<{ id: string }>('read', { name: path, content, ...metadata })).id);
        }
        const run = await call<{ events: number; matched: number[]; error?: { code: string } }>('run', {
          rule,
          risk: rule.risk,
          sets,
        });
        const { rows } = await call<{ rows: unknown[] }>('resultRows');
        found.push({
          slug,
          events: run.events,
          matched: run.matched,
          rows,
          ...(run.error ? { error: run.error.code } : {}),
        });
        for (const id of sets) await call('forget', id);
      }
      return found;
    }, asked);
    expect(answers).toHaveLength(76);
    expect(answers.map(({ matched }) => matched.length > 0)).toEqual(asked.map(({ matches }) => matches));
    expect(answers).toEqual(await inNode(asked));
  } finally {
    server.close();
  }
});
