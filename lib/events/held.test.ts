import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plainFields } from './plain-record.ts';
import { readAll } from './read/read.ts';

const SAMPLES = 'content/samples';
const RECORDED = '../shared/events/sigma_regression';
const samples = filesIn(SAMPLES).concat(
  existsSync(RECORDED)
    ? filesIn(RECORDED)
        .filter((file) => file.endsWith('.evtx'))
        .slice(0, 5)
    : [],
);

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => /\.(log|ndjson|json|xml|csv|evtx)$/.test(file));
}

it('a record that let go of its text and fields reads the same ones again, in every format', async () => {
  expect(samples.length).toBeGreaterThan(10);
  for (const file of samples) {
    const bytes = new Uint8Array(readFileSync(file));
    const { records: kept } = await readAll(bytes, { name: file });
    const { records: held } = await readAll(bytes, { name: file, held: 1 });
    for (let pass = 0; pass < 2; pass += 1) {
      expect(held.map(plainFields)).toEqual(kept.map(plainFields));
      expect(held.map(({ raw, time, host, source }) => [raw, time, host, source])).toEqual(
        kept.map(({ raw, time, host, source }) => [raw, time, host, source]),
      );
    }
  }
});

it('keeps the fields of so many records and no more', async () => {
  const lines = Array.from({ length: 5 }, (_, n) => JSON.stringify({ a: n })).join('\n');
  const { records } = await readAll(new TextEncoder().encode(lines), { held: 2 });
  const first = records.map(({ fields }) => fields);
  const again = records.map(({ fields }) => fields);
  expect(again.filter((fields, at) => fields === first[at])).toEqual([]);
  const { records: few } = await readAll(new TextEncoder().encode(lines), { held: 5 });
  const before = few.map(({ fields }) => fields);
  expect(few.every(({ fields }, at) => fields === before[at])).toBe(true);
});
