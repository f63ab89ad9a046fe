import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullFile } from '../../../../bench/events.evtx.ts';
import { defaultFields } from '../../default-fields.ts';
import { QuickFields } from '../../extract/quick/quick-fields.ts';
import { fieldOf, METADATA_FIELDS } from '../../record.ts';
import { readAll, readEvents } from '../read.ts';
import { filetime } from './values.ts';

const RECORDED = '../shared/events';
const absent = existsSync(RECORDED) ? '' : ` (skipped: no recorded logs lie at ${RECORDED})`;

const files = (): Buffer[] =>
  readdirSync(RECORDED, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.evtx'))
    .map((file) => readFileSync(join(RECORDED, file)));

/** Texts as they are when each is asked for before the next record is read. */
async function atOnce(bytes: Uint8Array): Promise<string[]> {
  const texts: string[] = [];
  for await (const batch of readEvents(bytes)) for (const { raw } of batch) texts.push(raw);
  return texts;
}

/** Checks what is made late, in another order and without the text, against what is made at once; gives how many records. */
async function compare(bytes: Uint8Array): Promise<{ records: number; quick: number }> {
  const texts = await atOnce(bytes);
  const { records: late } = await readAll(bytes);
  const { records } = await readAll(bytes);
  expect(late.toReversed().map(({ raw }) => raw)).toEqual(texts.toReversed());
  const names = [
    ...new Set([...METADATA_FIELDS, ...defaultFields(), ...late.flatMap(({ fields }) => [...fields.keys()])]),
  ].filter((name) => !name.endsWith('_Xml') && name !== '_raw');
  let plain = 0;
  const reading = new QuickFields().reading(names, () => {
    plain += 1;
  });
  for (const [at, record] of records.entries()) {
    const wanted = names.map((name) =>
      name === '_time' ? late[at]!.time : (fieldOf(late[at]!, name) ?? null),
    );
    expect([...reading(record)], texts[at]).toEqual(wanted);
  }
  return { records: records.length, quick: records.length - plain };
}

describe.skipIf(absent !== '')(`.evtx records${absent}`, () => {
  it('have the same text and fields whenever and however they are asked for', async () => {
    const all = files();
    expect(all.length).toBeGreaterThan(100);
    const counts = await Promise.all(all.map(compare));
    const sum = (name: 'records' | 'quick') => counts.reduce((total, count) => total + count[name], 0);
    expect(sum('quick')).toBeGreaterThan(sum('records') * 0.9);
    const { bytes, records } = fullFile(all.slice(0, 3), 3);
    expect((await compare(bytes)).records).toBe(records);
  });

  it('have so where bytes are changed at random, and reading them never throws', async () => {
    const { bytes } = fullFile(files().slice(3, 5), 2);
    const place = fc.oneof(fc.nat(bytes.length - 4097), fc.nat(12_000));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 12 }), async (changes) => {
        const changed = Uint8Array.from(bytes);
        for (const [at, byte] of changes) changed[4096 + at] = byte;
        await compare(changed);
      }),
      { numRuns: 25, seed: 21 },
    );
  });
});

it('prints any FILETIME to its last digit', () => {
  const view = new DataView(new ArrayBuffer(8));
  const printed = (ticks: bigint) => {
    view.setBigUint64(0, ticks, true);
    return filetime(view, 0);
  };
  expect(printed(116_444_736_000_000_001n)).toBe('1970-01-01T00:00:00.0000001Z');
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (ticks) => {
      const date = new Date(Number(ticks / 10_000n) - 11_644_473_600_000);
      const wanted = Number.isNaN(date.getTime())
        ? `0x${ticks.toString(16)}`
        : `${date.toISOString().slice(0, -5)}.${String(ticks % 10_000_000n).padStart(7, '0')}Z`;
      expect(printed(ticks)).toBe(wanted);
    }),
  );
});
