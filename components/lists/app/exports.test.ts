/** Exports made from the very files that a build writes, without a browser. */
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { listFiles } from '../../../lib/cli/build/list-files.ts';
import { compile } from '../../../lib/content/compile.ts';
import { contentFolder, detectionText } from '../../../lib/content/test-folder.ts';
import { type ListData, openList } from '../../../lib/lists/open.ts';
import { EXPORTS } from './exports.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const path = (number: number) => `detections/endpoint/rule_${String(number).padStart(3, '0')}.yml`;
const text = (root: number, number: number) =>
  detectionText(`Rule ${String(number).padStart(3, '0')} of ${root}`, id(root * 1000 + number));
const folder = (root: number, count: number) =>
  contentFolder(
    Object.fromEntries(Array.from({ length: count }, (_, number) => [path(number), text(root, number)])),
  );

const SITE = 'https://example.org/rules';
let data: ListData;
const asked: string[] = [];

beforeAll(async () => {
  // Two folders whose files lie at the same paths, and more rows than one file of texts holds.
  const roots = [folder(1, 150), folder(2, 3)];
  const files = new Map(
    [...listFiles(await compile(roots), roots)].map((file) => [file.address, file.text()]),
  );
  data = openList(JSON.parse(files.get('/lists/detections.json')!));
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    const found = files.get(address.replace('/rules', ''));
    return new Response(found ?? '', { status: found === undefined ? 404 : 200 });
  });
});
afterAll(() => vi.unstubAllGlobals());

async function made(label: string, rows: number[], base = '/rules') {
  asked.length = 0;
  return EXPORTS.find((each) => each.label === label)!.make({ data, rows, site: SITE, base });
}

const rowNamed = (name: string) => data.file.names.indexOf(name);

it('packs the files as they are written, fetching only the parts that hold them', async () => {
  const rows = ['Rule 000 of 1', 'Rule 149 of 1', 'Rule 000 of 2'].map(rowNamed);
  const files = unzipSync((await made('YAML zip', rows)) as Uint8Array);
  expect(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))).toEqual({
    [path(0)]: text(1, 0),
    [path(149)]: text(1, 149),
    'detections/endpoint/rule-000-of-2.yml': text(2, 0),
  });
  expect(asked.length).toBe(new Set(rows.map((row) => Math.floor(row / 64))).size);
});

it('gives every row with its own ID and address', async () => {
  const rows = [rowNamed('Rule 002 of 2'), rowNamed('Rule 077 of 1')];
  const records = JSON.parse((await made('JSON', rows)) as string);
  expect(records).toMatchObject([
    { name: 'Rule 002 of 2', id: id(2002), url: `${SITE}/detections/rule-002-of-2/` },
    { name: 'Rule 077 of 1', id: id(1077), url: `${SITE}/detections/rule-077-of-1/` },
  ]);
  const [head, first] = ((await made('CSV', rows)) as string).split('\r\n');
  expect(head).toMatch(/^name,id,url,/);
  expect(first).toMatch(`Rule 002 of 2,${id(2002)},${SITE}/detections/rule-002-of-2/,`);
});

it('says which file could not be had', async () => {
  await expect(made('YAML zip', [0], '/elsewhere')).rejects.toThrow(/yaml-0\.json answered 404/);
});
