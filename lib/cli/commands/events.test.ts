import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contentFolder } from '../../content/test-folder.ts';
import { called } from '../test-io.ts';
import { main } from './events.ts';

const call = (...args: string[]) => called(main, ...args);

const folder = contentFolder({
  'a.ndjson':
    '{"time":"2026-01-02T03:04:05Z","EventID":1,"user":"ann"}\n{"time":"2026-01-02T04:04:05Z","EventID":3,"n":2}\n',
  'torn.ndjson': '{"time":"2026-01-02T03:04:05Z","user":"ann"}\n{"time":"2026',
});

it('says format, counts, times and fields, as text and as JSON', async () => {
  const path = join(folder, 'a.ndjson');
  const text = await call(path, '--sourcetype', 'my:json', '--host', 'h1');
  expect(text.code).toBe(0);
  expect(text.out).toContain('ndjson, 2 events');
  expect(text.out).toContain('2026-01-02T03:04:05.000Z to 2026-01-02T04:04:05.000Z');
  expect(text.out).toContain('user (1)');
  const { out } = await call(path, '--sourcetype', 'my:json', '--host', 'h1', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject([
    {
      file: path,
      format: 'ndjson',
      records: 2,
      skipped: 0,
      sourcetypes: { 'my:json': 2 },
      hosts: { h1: 2 },
      earliest: '2026-01-02T03:04:05.000Z',
      latest: '2026-01-02T04:04:05.000Z',
      withoutTime: 0,
      fields: { user: 1, n: 1 },
      warnings: [],
    },
  ]);
});

it('ends with 1 when something could not be read, and with 2 on wrong usage', async () => {
  const torn = await call(join(folder, 'torn.ndjson'));
  expect(torn.code).toBe(1);
  expect(torn.out).toContain('could not be read');
  expect((await call()).code).toBe(2);
  expect((await call('nowhere.log')).code).toBe(2);
  expect((await call(folder)).code).toBe(2);
  expect((await call(join(folder, 'a.ndjson'), '--format', 'xml')).code).toBe(2);
});
