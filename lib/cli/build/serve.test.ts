import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { serveSite } from './serve.ts';

const out = mkdtempSync(join(tmpdir(), 'sightline-serve-'));
mkdirSync(join(out, 'a'));
writeFileSync(join(out, 'a/index.html'), 'page a');
writeFileSync(join(out, '404.html'), 'not here');
writeFileSync(join(out, '.secret'), 'hidden');

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
async function serve(basePath = '', port = 0) {
  const served = await serveSite(out, basePath, port);
  servers.push(served.server);
  return `http://127.0.0.1:${served.port}`;
}

test('serves pages, answers 404 with the site’s own page, and hides dot files', async () => {
  const origin = await serve();
  expect(await (await fetch(`${origin}/a/`)).text()).toBe('page a');
  for (const path of ['/b/', '/.secret', '/../package.json', '/%2e%2e/package.json']) {
    const response = await fetch(origin + path);
    expect([response.status, await response.text()], path).toEqual([404, 'not here']);
  }
  expect((await fetch(`${origin}/a/`, { method: 'POST' })).status).toBe(405);
});

test('keeps to its base path', async () => {
  const origin = await serve('/x');
  expect(await (await fetch(`${origin}/x/a/`)).text()).toBe('page a');
  expect((await fetch(`${origin}/a/`)).status).toBe(404);
  expect((await fetch(origin, { redirect: 'manual' })).headers.get('location')).toBe('/x/');
});

test('takes the next port when the wanted one is taken', async () => {
  const first = await serve();
  const port = Number(new URL(first).port);
  const second = await serve('', port);
  expect(Number(new URL(second).port)).toBeGreaterThan(port);
});
