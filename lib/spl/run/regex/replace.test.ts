import { describe, expect, it } from 'vitest';
import { compileSed } from './replace.ts';
import { captureWildcard, compileLike, compileWildcard } from './wildcard.ts';

describe('sed scripts', () => {
  it.each([
    ['s/a/b/', 'aaa', 'baa'],
    ['s/a/b/g', 'aaa', 'bbb'],
    ['s/a/b/2', 'aaa', 'aba'],
    ['s/(\\d)(\\d)/\\2\\1/g', '1234', '2143'],
    ['s#/#-#g', 'a/b', 'a-b'],
    ['s/\\//-/', 'a/b', 'a-b'],
    ['s/A/b/gi', 'aA', 'bb'],
    ['y/abc/xyz/', 'cab', 'zxy'],
    ['s/a/$1/', 'a', '$1'],
    ['s/a/b/ s/b/c/', 'a', 'c'],
    ['s/,/\\n/g', 'a,b', 'a\nb'],
    ['s/a/\\./', 'a', '\\.'],
  ])('%s', (script, text, expected) => {
    const sed = compileSed(script);
    expect(typeof sed === 'function' ? sed(text) : sed).toBe(expected);
  });

  it.each(['x/a/b/', 's/a/b', 'y/ab/c/', 's/(/x/'])('refuses %s with a range', (script) => {
    expect(compileSed(script)).toMatchObject({ severity: 'error', range: expect.anything() });
  });
});

describe('wildcards', () => {
  it.each([
    ['msiexec.exe', 'MSIEXEC.EXE', true, 'exact'],
    ['*', '', true, 'any'],
    ['*http://*', 'x HTTP://y', true, 'contains'],
    ['cmd*', 'CMD.exe', true, 'prefix'],
    ['*.exe', 'a.EXE', true, 'suffix'],
    ['*.exe', 'a.exe ', false, 'suffix'],
    ['a*b*c', 'aXbXc', true, 'parts'],
    ['a*b*c', 'acb', false, 'parts'],
    ['ab*ba', 'aba', false, 'parts'],
    ['*a*a*', 'a', false, 'parts'],
  ])('%s on %j', (pattern, value, expected, kind) => {
    const wildcard = compileWildcard(pattern);
    expect([wildcard.matches(value), wildcard.kind]).toEqual([expected, kind]);
    expect(wildcard.matchesLower(value.toLowerCase())).toBe(expected);
  });

  it('captures what the stars stand for', () => {
    expect(captureWildcard('Processes.*', 'Processes.user')).toEqual(['user']);
    expect(captureWildcard('*_*', 'a_b_c')).toEqual(['a', 'b_c']);
    expect(captureWildcard('x*', 'y')).toBeUndefined();
    expect(captureWildcard('x', 'x')).toEqual([]);
  });

  it.each([
    ['a%', 'abc', true],
    ['%b%', 'abc', true],
    ['a_c', 'abc', true],
    ['a_c', 'a💜c', true],
    ['A%', 'abc', false],
    ['%\\Temp\\%', 'C:\\Temp\\x', true],
    ['%\\_emp\\%', 'C:\\Temp\\x', true],
    ['%a%_b', 'xxaab', true],
  ])('like %s on %j', (pattern, value, expected) => {
    expect(compileLike(pattern)(value)).toBe(expected);
  });

  it('escapes in like patterns when asked to', () => {
    const like = compileLike('100\\%', true);
    expect([like('100%'), like('100x')]).toEqual([true, false]);
  });
});
