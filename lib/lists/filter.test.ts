import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { allBits, and, type Bits, countBits, hasBit, noBits, setBit, visitBits } from './bits.ts';
import { countValues, filterRows, rowsWithAny, rowsWithData } from './filter.ts';
import { LIST_FORMAT, type ListFile } from './model.ts';
import { type ListData, openList, type ValuesField } from './open.ts';
import { orderRows, sortChoices } from './order.ts';
import { packFields } from './pack.ts';
import { matchAddresses, matchWords } from './words.ts';

interface Row {
  name: string;
  colours: string[];
  size: string[];
  score: number | undefined;
}

const COLOURS = ['red', 'red.dark', 'red.light', 'blue', 'blue.dark', 'green'];
const SIZES = ['small', 'middle', 'large'];
const parentOf = (value: string) => (value.includes('.') ? value.split('.')[0] : undefined);

const rowOf = fc.record({
  name: fc.constantFrom('Alpha', 'Beta', 'Alpha Beta', 'Gamma One', 'gamma two'),
  colours: fc.uniqueArray(fc.constantFrom(...COLOURS), { maxLength: 4 }),
  size: fc.uniqueArray(fc.constantFrom(...SIZES), { maxLength: 1 }),
  score: fc.option(fc.nat(5), { nil: undefined }),
});
const rowsOf = fc.array(rowOf, { minLength: 1, maxLength: 70 });

function listOf(rows: readonly Row[]): ListFile {
  return {
    format: LIST_FORMAT,
    list: 'things',
    noun: ['thing', 'things'],
    attackVersion: '18.1',
    names: rows.map(({ name }) => name),
    slugs: rows.map((_, index) => `thing-${index}`),
    fields: packFields(rows, [
      {
        kind: 'values',
        key: 'colour',
        label: 'Colour',
        facet: 'open',
        parentOf,
        of: ({ colours }) => colours,
      },
      { kind: 'values', key: 'size', label: 'Size', facet: 'open', order: SIZES, of: ({ size }) => size },
      { kind: 'numbers', as: 'number', key: 'score', label: 'Score', of: ({ score }) => score },
    ]),
  };
}

const opened = (rows: readonly Row[]) => openList(JSON.parse(JSON.stringify(listOf(rows))));
const facet = (data: ListData, key: string) => data.fields.get(key) as ValuesField | undefined;

function members(bits: Bits): number[] {
  const found: number[] = [];
  visitBits(bits, (row) => found.push(row));
  return found;
}

/** What the facets mean, said plainly. */
function meets(row: Row, chosen: { colour: string[]; size: string[] }): Record<'colour' | 'size', boolean> {
  const family = row.colours.flatMap((colour) => [colour, parentOf(colour)]);
  return {
    colour: chosen.colour.length === 0 || chosen.colour.some((value) => family.includes(value)),
    size: chosen.size.length === 0 || chosen.size.some((value) => row.size.includes(value)),
  };
}

const chosenOf = fc.record({
  colour: fc.uniqueArray(fc.constantFrom(...COLOURS), { maxLength: 3 }),
  size: fc.uniqueArray(fc.constantFrom(...SIZES), { maxLength: 2 }),
});

describe('sets of rows', () => {
  test('hold what was put into them, whatever their size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 130 }), fc.array(fc.nat(129)), (size, wanted) => {
        const bits = noBits(size);
        const within = [...new Set(wanted)].filter((row) => row < size).sort((a, b) => a - b);
        for (const row of within) setBit(bits, row);
        expect(members(bits)).toEqual(within);
        expect(countBits(bits)).toBe(within.length);
        expect(members(and(bits, allBits(size)))).toEqual(within);
        expect(countBits(allBits(size))).toBe(size);
        for (let row = 0; row < size; row++) expect(hasBit(bits, row)).toBe(within.includes(row));
      }),
    );
  });
});

describe('filtering', () => {
  test('leaves the rows that a plain filter leaves, and counts what each further value would give', () => {
    fc.assert(
      fc.property(rowsOf, chosenOf, (rows, chosen) => {
        const data = opened(rows);
        const constraints = (['colour', 'size'] as const).flatMap((key) => {
          const field = facet(data, key);
          if (chosen[key].length === 0) return [];
          const bits = field
            ? rowsWithAny(
                field,
                chosen[key].flatMap((value) => field.indexOf.get(value) ?? []),
              )
            : noBits(rows.length);
          return [{ key, bits }];
        });
        const filtered = filterRows(rows.length, constraints);
        const met = rows.map((row) => meets(row, chosen));
        expect(members(filtered.rows)).toEqual(
          [...rows.keys()].filter((row) => met[row]!.colour && met[row]!.size),
        );
        for (const [key, other] of [
          ['colour', 'size'],
          ['size', 'colour'],
        ] as const) {
          const field = facet(data, key);
          if (!field) continue;
          const counts = countValues(field, filtered.without.get(key) ?? filtered.rows);
          field.file.values.forEach((value, index) => {
            const plain = rows.filter(
              (row, at) => met[at]![other] && meets(row, { colour: [], size: [], [key]: [value] })[key],
            );
            expect(counts[index], `${key} ${value}`).toBe(plain.length);
          });
        }
      }),
    );
  });

  test('dropping one constraint gives what the others leave', () => {
    const bits = (...rows: number[]) => {
      const set = noBits(40);
      for (const row of rows) setBit(set, row);
      return set;
    };
    const { rows, without } = filterRows(40, [
      { key: 'a', bits: bits(1, 2, 3, 39) },
      { key: 'b', bits: bits(2, 3, 39) },
      { key: 'c', bits: bits(1, 2, 5) },
    ]);
    expect(members(rows)).toEqual([2]);
    expect(Object.fromEntries([...without].map(([key, set]) => [key, members(set)]))).toEqual({
      a: [2],
      b: [1, 2],
      c: [2, 3, 39],
    });
  });

  test('a row has data where all sources of one alternative are there', () => {
    const needs = {
      sources: ['a', 'b', 'c'].map((key) => ({ key, name: key.toUpperCase(), group: 'All' })),
      alternatives: [[0], [1, 2], [2]],
      per: [1, 2, 0, 1],
      flat: [0, 0, 1, 2],
    };
    const rows: Row[] = ['one', 'two', 'three', 'four'].map((name) => ({
      name,
      colours: [],
      size: [],
      score: 1,
    }));
    const data = openList({ ...listOf(rows), needs });
    const of = (...have: string[]) => members(rowsWithData(data.needs!, new Set(have)));
    expect(of()).toEqual([]);
    expect(of('a')).toEqual([0, 1]);
    expect(of('b')).toEqual([]);
    expect(of('b', 'c')).toEqual([1, 3]);
    expect(of('a', 'b', 'c', 'unknown')).toEqual([0, 1, 3]);
  });
});

describe('order', () => {
  test('is stable, has rows without a value last either way, and keeps every row once', () => {
    fc.assert(
      fc.property(rowsOf, fc.constantFrom('name', 'score', 'size'), fc.boolean(), (rows, key, descending) => {
        const data = opened(rows);
        const ordered = [...orderRows(data, allBits(rows.length), { key, descending })];
        const scoreOf = (row: Row) =>
          key === 'score'
            ? row.score
            : SIZES.indexOf(row.size[0]!) < 0
              ? undefined
              : SIZES.indexOf(row.size[0]!);
        const plain = [...rows.keys()].sort((a, b) => {
          if (key === 'name') return descending ? b - a : a - b;
          const [x, y] = [scoreOf(rows[a]!), scoreOf(rows[b]!)];
          if (x === y) return a - b;
          if (x === undefined || y === undefined) return x === undefined ? 1 : -1;
          return descending ? y - x : x - y;
        });
        expect(ordered).toEqual(plain);
      }),
    );
  });

  it('offers relevance only where there is a text', () => {
    const rows: Row[] = [{ name: 'a', colours: [], size: ['small'], score: 3 }];
    const keys = (text: boolean) => sortChoices(opened(rows), text).map(({ key }) => key);
    expect(keys(false)).toEqual(['name', 'size', 'score']);
    expect(keys(true)).toEqual(['relevance', 'name', 'size', 'score']);
  });
});

describe('words', () => {
  const rows: Row[] = [
    { name: 'Red lamp', colours: ['blue'], size: [], score: 1 },
    { name: 'Lamp', colours: ['red.dark'], size: ['small'], score: 1 },
    { name: 'Chair', colours: [], size: ['large'], score: 1 },
  ];
  const data = opened(rows);
  const ranked = (text: string) => {
    const { rows, rank } = matchWords(data, text);
    return members(rows).sort((a, b) => rank[a]! - rank[b]!);
  };

  it('finds every word in names, addresses or values, names first', () => {
    expect(ranked('red')).toEqual([0, 1]);
    expect(ranked('LAMP small')).toEqual([1]);
    expect(ranked('thing-2')).toEqual([2]);
    expect(ranked('lamp chair')).toEqual([]);
  });

  it('takes the order of addresses that a search gives, and passes over those of other lists', () => {
    const { rows: found, rank } = matchAddresses(data, [
      '/things/thing-2/',
      '/others/x/',
      '/things/thing-0/',
    ]);
    expect(members(found)).toEqual([0, 2]);
    expect([...orderRows(data, found, { key: 'relevance', descending: false }, rank)]).toEqual([2, 0]);
  });
});

test('a list of another format, or with columns of different lengths, is refused', () => {
  const list = listOf([{ name: 'a', colours: ['red'], size: [], score: 1 }]);
  expect(() => openList({ ...list, format: LIST_FORMAT + 1 })).toThrow(/format/);
  expect(() => openList({ ...list, slugs: [] })).toThrow(/1 rows, but 0/);
});
