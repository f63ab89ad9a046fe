import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearestNames } from './nearest.ts';

/** The plain form of the algorithm: the whole table. */
function reference(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

describe('editDistance', () => {
  it('is the Levenshtein distance as far as it is asked for', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 14 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 6 }), (a, b, most) => {
        expect(editDistance(a, b, most)).toBe(Math.min(reference(a, b), most + 1));
      }),
    );
  });
});

describe('nearestNames', () => {
  it('finds a name with a mistyped letter, whatever its case', () => {
    expect(nearestNames('data_sources', ['data_source', 'tests', 'search'])).toEqual(['data_source']);
    expect(nearestNames('CVE', ['cve', 'group'])).toEqual(['cve']);
  });

  it('puts the nearest first and names that hold all words last', () => {
    const names = ['Windows Event Log Security 4720', 'Windows Event Log Security 5136', 'Sysmon EventID 1'];
    expect(nearestNames('Windows Security 5136', names)).toEqual(['Windows Event Log Security 5136']);
    expect(nearestNames('Sysmon EventID 2', names)).toEqual(['Sysmon EventID 1']);
  });

  it('suggests nothing for what is like nothing', () => {
    expect(nearestNames('zz', ['ab', 'cd'])).toEqual([]);
    expect(nearestNames('', ['a'])).toEqual([]);
  });
});
