import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, parseSubnet, subnetContains } from './address.ts';
import { COMPAT_DOCS } from './compat.docs.ts';
import { COMPAT, COMPAT_DEFAULTS } from './compat.ts';
import { type Collation, compareBy } from './sort.ts';
import {
  and,
  compare,
  compareText,
  equals,
  fromList,
  not,
  numberText,
  or,
  parseNumber,
  toStored,
  xor,
} from './value.ts';

const scalar = fc.oneof(
  fc.double({ noNaN: false }),
  fc.integer(),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.constantFrom(
    '1',
    '1.0',
    '01',
    '9',
    '10',
    '1a',
    '',
    ' ',
    '10.0.0.1',
    '9.9.9.9',
    '::1',
    'é',
    '💜',
    '\uffee',
  ),
);

describe('numbers and texts', () => {
  it.each([
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-1e-7, '-0.0000001'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-0, '0'],
    [Number.NaN, 'nan'],
    [-Infinity, '-inf'],
  ])('%d is written %s', (number, text) => {
    expect(numberText(number)).toBe(text);
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (x) => parseNumber(numberText(x)) === (x === 0 ? 0 : x),
      ),
    );
  });

  it.each([
    ['12', 12],
    ['-.5', -0.5],
    ['1e3', 1000],
    ['+7', 7],
    ['1.', 1],
  ])('%s is a number', (text, number) => {
    expect(parseNumber(text)).toBe(number);
  });

  it.each(['', ' 12', '12 ', '0x10', 'NaN', 'Infinity', '1e', '.', '1,000', '٣'])(
    '%j is no number',
    (text) => {
      expect(parseNumber(text)).toBeUndefined();
    },
  );

  it('stores lists in normal form', () => {
    expect([fromList([]), fromList(['a']), fromList(['a', 'b']), toStored(true)]).toEqual([
      null,
      'a',
      ['a', 'b'],
      'True',
    ]);
  });
});

describe('order', () => {
  it('compares numbers as numbers, everything else by code point', () => {
    expect([
      compare('10', '9'),
      compare('10', '9a'),
      compare(2, '2.0'),
      compareText('\uffee', '💜'),
      compareText('a', 'B'),
    ]).toEqual([1, -1, 0, -1, 1]);
    expect([equals('1', 1), equals('1.0', '1'), equals('a', 'A')]).toEqual([true, true, false]);
  });

  it.each<Collation>(['auto', 'num', 'str', 'ip', 'natural'])('%s is a total order', (collation) => {
    fc.assert(
      fc.property(scalar, scalar, scalar, (a, b, c) => {
        const ab = compareBy(a, b, collation);
        expect(Math.sign(compareBy(b, a, collation))).toBe(-Math.sign(ab) + 0);
        if (ab <= 0 && compareBy(b, c, collation) <= 0)
          expect(compareBy(a, c, collation)).toBeLessThanOrEqual(0);
        expect(compareBy(a, a, collation)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows the kinds of value apart', () => {
    expect(['b', '10', '9', '10.0.0.9', '10.0.0.10', 'a'].sort((a, b) => compareBy(a, b, 'auto'))).toEqual([
      '9',
      '10',
      '10.0.0.9',
      '10.0.0.10',
      'a',
      'b',
    ]);
  });
});

describe('three-valued logic', () => {
  it('is that of SQL', () => {
    expect([
      and(true, null),
      and(false, null),
      or(true, null),
      or(false, null),
      xor(true, null),
      not(null),
    ]).toEqual([null, false, true, null, null, null]);
  });
});

describe('addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['192.168.1.64/26', '192.168.1.127', true],
    ['2001:db8::/32', '2001:db8:1::5', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['0.0.0.0/0', '1.2.3.4', true],
    ['::/0', '1.2.3.4', false],
  ])('%s and %s', (subnet, address, expected) => {
    expect(subnetContains(parseSubnet(subnet)!, parseAddress(address)!)).toBe(expected);
  });

  it.each(['1.2.3', '1.2.3.256', 'a.b.c.d', '1::2::3', '12345::', ':', ''])('%j is no address', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe('compatibility flags', () => {
  it('are all explained, value by value', () => {
    for (const [flag, values] of Object.entries(COMPAT)) {
      expect(Object.keys(COMPAT_DOCS[flag as keyof typeof COMPAT].values)).toEqual([...values]);
    }
    expect(Object.keys(COMPAT_DOCS)).toEqual(Object.keys(COMPAT));
    expect(Object.keys(COMPAT_DEFAULTS)).toEqual(Object.keys(COMPAT));
  });
});
