import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { called } from '../test-io.ts';
import { main } from './fields.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fields-'));
  for (const name of ['detections', 'data_sources']) mkdirSync(join(folder, name));
  writeFileSync(
    join(folder, 'data_sources/trail.yml'),
    'name: Trail\nid: 3d1f5b38-3d0c-4b5a-9d0b-0f4a3a3f7c11\nsourcetype: aws:cloudtrail\n' +
      'fields: [listed]\nexample_log: \'{"eventName": "x", "in_sample": "1"}\'\n',
  );
  writeFileSync(
    join(folder, 'detections/reader.yml'),
    'name: Reader\nid: 9d6a1a39-1c0b-4f0e-8f63-2f5d7d5c6f12\ntype: TTP\nstatus: production\n' +
      'data_source: [Trail]\nsearch: sourcetype=aws:cloudtrail listed=1 in_sample=1 user=a mystery=1 | eval own=1 | search own=1\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const answer = (...args: string[]) => called(main, ...args);

test('names what no table, list or sample log gives, and who reads it', async () => {
  const { code, out } = await answer('--content', folder, '--format', 'json');
  expect(JSON.parse(out)).toEqual([{ field: 'mystery', where: 'aws:cloudtrail', readers: ['Reader'] }]);
  expect(code).toBe(1);
  expect((await answer('--content', folder)).out).toContain('mystery (aws:cloudtrail): Reader');
});

test('fields that a search makes, a lookup gives or JSON carries are told apart, with where they come from', async () => {
  writeFileSync(
    join(folder, 'detections/maker.yml'),
    'name: Maker\nid: 9d6a1a39-1c0b-4f0e-8f63-2f5d7d5c6f13\ntype: TTP\nstatus: production\ndata_source: [Trail]\n' +
      'search: sourcetype=aws:cloudtrail a.b=1 user_category=x | spath input=c | stats count by made\n',
  );
  const { code, out } = await answer('--content', folder, '--format', 'json', 'Maker');
  expect(JSON.parse(out).map(({ field, reason }: Record<string, string>) => [field, reason])).toEqual([
    ['a.b', 'a member of the event, if its JSON has it'],
    ['c', 'spath, in the search'],
    ['made', 'spath, in the search'],
    ['user_category', 'the asset and identity lookups of Enterprise Security'],
  ]);
  expect(code).toBe(0);
  rmSync(join(folder, 'detections/maker.yml'));
});

test('tells which sample logs a search lets nothing in from', async () => {
  writeFileSync(
    join(folder, 'detections/other.yml'),
    'name: Other\nid: 9d6a1a39-1c0b-4f0e-8f63-2f5d7d5c6f14\ntype: TTP\nstatus: production\ndata_source: [Trail]\n' +
      'search: sourcetype=elsewhere x=1\n',
  );
  const { code, out } = await answer('--content', folder, '--entry', '--format', 'json');
  const why = 'its source, source type or event type is another';
  expect(JSON.parse(out)).toEqual({ pairs: 2, kept: [{ detection: 'Other', dataSource: 'Trail', why }] });
  expect(code).toBe(1);
  expect((await answer('--content', folder, '--entry')).out).toContain('1 of 2 pairs');
  expect((await answer('--content', folder, '--entry', 'Reader')).code).toBe(0);
  rmSync(join(folder, 'detections/other.yml'));
});

test('the bundled content reads nothing that is not provided', async () => {
  expect(await answer()).toMatchObject({ code: 0 });
});

test('says what is wrong with a request', async () => {
  expect(await answer('--format', 'xml')).toMatchObject({ code: 2, err: '--format is one of text, json.\n' });
  expect(await answer('no such detection')).toMatchObject({ code: 2 });
});
