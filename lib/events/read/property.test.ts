import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainValue } from '../plain-value.ts';
import { readAll } from './read.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

async function* cut(whole: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let n = 0; at < whole.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    yield whole.slice(at, at + size);
    at += size;
  }
}

const word = fc.string({
  unit: fc.constantFrom(
    'a',
    'B',
    '7',
    ' ',
    '"',
    '\\',
    '<',
    '>',
    '&',
    '{',
    '}',
    '[',
    ']',
    ',',
    'é',
    '😀',
    '=',
    "'",
  ),
  maxLength: 12,
});
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const xml = (text: string) =>
  `<Event><System><EventID>1</EventID></System><EventData><Data Name='V'>x${escaped(text)}</Data></EventData></Event>`;

const jsonLines = fc
  .array(word, { minLength: 1, maxLength: 20 })
  .map((words) => words.map((v) => `${JSON.stringify({ v })}\n`).join(''));
const jsonArray = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) =>
  JSON.stringify(
    words.map((v) => ({ v })),
    null,
    1,
  ),
);
const xmlLines = fc
  .array(word, { minLength: 1, maxLength: 12 })
  .map((words) => words.map((v) => `${xml(v)}\n`).join(''));
const anything = fc.oneof(jsonLines, jsonArray, xmlLines);

test('how the bytes are cut into chunks makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(
      anything,
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
      async (content, sizes) => {
        const whole = await readAll(bytes(content));
        const pieces = await readAll(cut(bytes(content), sizes));
        const facts = ({ records, summary }: typeof whole) => ({
          records: records.map(({ offset, raw }) => ({ offset, raw })),
          skipped: summary.skipped,
          format: summary.format,
        });
        expect(facts(pieces)).toEqual(facts(whole));
      },
    ),
    { numRuns: 150 },
  );
});

test('values come back as they were written: of XML as they stand in the text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 10 }), async (words) => {
      const json = await readAll(bytes(words.map((v) => `${JSON.stringify({ k: 1, v })}\n`).join('')));
      expect(json.records.map(({ fields }) => fields.get('v'))).toEqual(words);
      const events = await readAll(bytes(words.map((v) => `${xml(v)}\n`).join('')));
      expect(events.records.map(({ fields }) => fields.get('V'))).toEqual(words.map((v) => `x${escaped(v)}`));
      expect(events.records.map((record) => plainValue(record, record.fields.get('V') ?? ''))).toEqual(
        words.map((v) => `x${v}`),
      );
    }),
    { numRuns: 150 },
  );
});

test('broken bytes never throw, and every byte that is no blank is in a record or counted', async () => {
  const mutation = fc.record({
    at: fc.nat(),
    byte: fc.nat({ max: 255 }),
    kind: fc.constantFrom('set', 'cut', 'insert'),
  });
  await fc.assert(
    fc.asyncProperty(anything, fc.array(mutation, { maxLength: 6 }), async (content, mutations) => {
      let damaged = bytes(content);
      for (const { at, byte, kind } of mutations) {
        const place = at % Math.max(1, damaged.length);
        if (kind === 'set') damaged[place] = byte;
        else {
          const end = kind === 'cut' ? Math.min(damaged.length, place + 1 + (byte % 9)) : place;
          damaged = new Uint8Array([
            ...damaged.subarray(0, place),
            ...(kind === 'insert' ? [byte, byte] : []),
            ...damaged.subarray(end),
          ]);
        }
      }
      const { records, summary } = await readAll(damaged);
      expect(summary.warnings.filter(({ code }) => code === 'input-error')).toEqual([]);
      for (const record of records) {
        expect(record.fields.size).toBeGreaterThanOrEqual(0);
        expect(record.offset).toBeLessThanOrEqual(damaged.length);
        expect(typeof record.host + typeof record.source + typeof record.sourcetype).toBe(
          'stringstringstring',
        );
      }
      expect(summary.counts.bytes).toBeLessThanOrEqual(damaged.length);
      const left = new TextDecoder().decode(damaged).trim();
      // A list that is whole and empty has nothing to be counted.
      if (left !== '' && !/^\[[\s,]*\]$/.test(left))
        expect(records.length + summary.counts.skipped).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test('random bytes never throw', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 600 }),
      fc.constantFrom(
        '',
        'ElfFile\0',
        '\u001f',
        'PK\u0003\u0004',
        '{',
        '<Event>',
        'type=A msg=audit(1700000000.1:1): ',
      ),
      async (random, start) => {
        const head = start === '\u001f' ? new Uint8Array([0x1f, 0x8b]) : bytes(start);
        const { records, summary } = await readAll(new Uint8Array([...head, ...random]));
        for (const record of records) expect(record.fields).toBeDefined();
        expect(summary.warnings.filter(({ code }) => code === 'input-error')).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
