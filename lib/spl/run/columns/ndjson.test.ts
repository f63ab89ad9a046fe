import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NdjsonLoader, tableFromNdjson } from './ndjson.ts';
import type { Table } from './table.ts';

const encoder = new TextEncoder();

function load(text: string): Table {
  return tableFromNdjson(encoder.encode(text)).table;
}

describe('NdjsonLoader', () => {
  it('gives back what JSON.parse gives, for flat objects of any text', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom('C:\\x\\y', '\u0000', '\\', '"', 'é', '😀', 'a/b'),
      fc.constant(null),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'a', 'b')), value, {
            maxKeys: 5,
          }),
        ),
        fc.integer({ min: 1, max: 50 }),
        (objects, cut) => {
          const bytes = encoder.encode(objects.map((object) => `${JSON.stringify(object)}\n`).join(''));
          const loader = new NdjsonLoader();
          for (let at = 0; at < bytes.length; at += cut) loader.push(bytes.subarray(at, at + cut));
          const table = loader.finish();
          expect(loader.diagnostics).toEqual([]);
          const wanted = objects.map((object) =>
            Object.entries(object).flatMap(([name, held]) =>
              held === null ? [] : [[name, typeof held === 'boolean' ? String(held) : held]],
            ),
          );
          const got = table.plainRows().map((row) => Object.entries(row));
          expect(got.map(sorted)).toEqual(wanted.map(sorted));
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  it('flattens nested objects and keeps arrays as multivalues', () => {
    const table = load('{"a":{"b":[{"c":1},{"c":2}],"d":"x"},"m":["p","q"],"e":[]}\n');
    expect(table.plainRow(0)).toEqual({ 'a.b{}.c': [1, 2], 'a.d': 'x', m: ['p', 'q'] });
  });

  it('keeps digits that a double would lose', () => {
    expect(load('{"id":676148588124846639,"v":1.50}').plainRow(0)).toEqual({
      id: '676148588124846639',
      v: '1.50',
    });
  });

  it('treats two spellings of one text as one value when grouping', () => {
    const table = load('{"a":"\\u0041"}\n{"a":"A"}\n{"a":"A"}');
    const column = table.column('a')!;
    expect(column.dictionary.distinct).toBe(false);
    const canonical = column.dictionary.canonical()!;
    expect(new Set(Array.from(column.codes, (code) => canonical[code])).size).toBe(1);
  });

  it('leaves out lines that are not objects and says which', () => {
    const { table, diagnostics } = tableFromNdjson(encoder.encode('{"a":1}\nnope\n[1]\n\n{"a":2}'));
    expect(table.plainRows()).toEqual([{ a: 1 }, { a: 2 }]);
    expect(diagnostics.map((entry) => entry.message)).toEqual([
      'Line 2 is not a JSON object and was left out',
      'Line 3 is not a JSON object and was left out',
    ]);
  });
});

function sorted(entries: readonly (readonly unknown[])[]): unknown[] {
  return [...entries].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}

describe('a column of identifiers', () => {
  it('stops looking for repeats and still groups them', () => {
    const lines = Array.from({ length: 6000 }, (_, n) => `{"id":"g-${n % 5990}","k":"a"}`);
    const table = load(lines.join('\n'));
    const column = table.column('id')!;
    expect(column.dictionary.size).toBeGreaterThan(5991);
    expect(column.dictionary.distinct).toBe(false);
    const canonical = column.dictionary.canonical()!;
    expect(new Set(Array.from(column.codes, (code) => canonical[code])).size).toBe(5990);
    expect(column.value(5995)).toBe('g-5');
  });
});
