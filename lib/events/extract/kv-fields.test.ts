import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kvFields } from './kv-fields.ts';
import { timeIn } from './time.ts';

/** The definition as one pattern; slow, because it tries each letter of a word as the beginning of a key. */
const PAIR = /([A-Za-z0-9_][A-Za-z0-9_.:-]*)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,;|\]})"']+))/g;

function byPattern(text: string): [string, string][] {
  const pairs = new Map<string, string>();
  for (const [, key = '', double, single, bare] of text.matchAll(PAIR)) {
    const value = double?.replace(/\\(["\\])/g, '$1') ?? single ?? bare;
    if (value !== undefined && value !== '' && !pairs.has(key)) pairs.set(key, value);
  }
  return [...pairs];
}

describe('pairs of a text', () => {
  it('are those of the pattern, for any text of the characters that matter', () => {
    const piece = fc.constantFrom(
      '=',
      '"',
      "'",
      '\\',
      ' ',
      '\n',
      ',',
      ']',
      '.',
      ':',
      '-',
      'a',
      'b1',
      '_',
      'é',
      '\u00a0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        expect([...kvFields(text, new Map(), { asWritten: true })]).toEqual(byPattern(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a time at the start of a text', () => {
  it.each([
    ['2025-10-08T11:03:46.625Z', 1759921426.625],
    ['2025-10-08 11:03:46Z', 1759921426],
    ['2025-10-08T11:03:46.5+02:00', 1759914226.5],
    ['2025-10-08T11:03:46.Z', 1759921426],
    ['2025-xx-08T11:03:46Z', null],
  ])('%s', (text, time) => {
    expect(timeIn(text)).toBe(time);
  });
});
