import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_STEPS, EXHAUSTED, Machine } from './machine.ts';
import { parseRegex } from './parse.ts';
import { REGEX_DOCS } from './regex.docs.ts';
import { compileRegex, Regex } from './regex.ts';

function compiled(pattern: string, ignoreCase = false): Regex {
  const regex = compileRegex(pattern, ignoreCase);
  if ('code' in regex) throw new Error(`${pattern}: ${regex.message}`);
  return regex;
}

/** The match and its groups, by both engines where both apply. */
function groups(pattern: string, text: string): readonly (string | undefined)[] | null {
  const match = compiled(pattern).find(text);
  if (match === EXHAUSTED) throw new Error('exhausted');
  return match === null ? null : [...match.groups];
}

describe('patterns as PCRE reads them', () => {
  it.each<[pattern: string, text: string, expected: (string | undefined)[] | null]>([
    ['(?i)foo(?P<n>\\d+)', 'a FOO12', ['FOO12', '12']],
    ['(?<a>x)|(?<a>y)', 'zy', ['y', undefined, 'y']],
    ['a$', 'a\n', ['a']],
    ['a\\z', 'a\n', null],
    ['a\\Z', 'a\n', ['a']],
    ['\\Aa', 'ba', null],
    ['(?m)^b$', 'a\nb\nc', ['b']],
    ['.', '\r', ['\r']],
    ['(?s).', '\n', ['\n']],
    ['.', '\n', null],
    ['(?x) a b # comment\n c', 'abc', ['abc']],
    ['\\Q.*\\E', 'a.*b', ['.*']],
    ['[[:alpha:][:digit:]]+', '--a1--', ['a1']],
    ['[^[:space:]]+', ' x ', ['x']],
    ['\\x{202E}', 'a\u202eb', ['\u202e']],
    ['\\h+', 'a \tb', [' \t']],
    ['\\R', 'a\r\nb', ['\r\n']],
    ['(?>a+)ab', 'aaab', null],
    ['a++b', 'aab', ['aab']],
    ['(\\w+) \\1', 'the the', ['the the', 'the']],
    ['(?P<q>["\']).*?(?P=q)', `x 'y' z`, ["'y'", "'"]],
    ['(?<=ab|c)d', 'abd', ['d']],
    ['(?<!\\.)exe', 'a.exe exe', ['exe']],
    ['(?:(a)|b)+', 'ab', ['ab', 'a']],
    ['(a)?\\1b', 'b', null],
    ['(?i:A)b', 'ab', ['ab']],
    ['a(?i)b|c', 'C', ['C']],
    ['(?i)[^a]', 'A', null],
    ['[\\w-]+', 'a-b', ['a-b']],
    ['[]a]+', ']a', [']a']],
    ['a{,2}', 'a{,2}', ['a{,2}']],
    ['\\d{2,3}?', '1234', ['12']],
    ['(a|ab)(c|bcd)(d*)', 'abcd', ['abcd', 'a', 'bcd', '']],
    ['^.$', '💜', ['💜']],
    ['\\p{Lu}+', 'abCDe', ['CD']],
    ['\\101', 'A', ['A']],
    ['\\cA', '\u0001', ['\u0001']],
  ])('%s on %j', (pattern, text, expected) => {
    expect(groups(pattern, text)).toEqual(expected);
  });

  it.each([
    ['a\\Kb', 'regex-unsupported', 1, 3],
    ['(?R)', 'regex-unsupported', 0, 2],
    ['(?(1)a|b)', 'regex-unsupported', 0, 2],
    ['(', 'regex-syntax', 0, 1],
    ['x[a', 'regex-syntax', 1, 2],
    ['*a', 'regex-syntax', 0, 1],
    ['a)', 'regex-syntax', 1, 2],
    ['x{3,1}', 'regex-syntax', 1, 6],
    ['(?<=a+)b', 'regex-syntax', 0, 7],
    ['a\\y', 'regex-syntax', 1, 3],
    ['\\2(a)', 'regex-syntax', 0, 2],
    ['(?:a{1000}){1000}', 'regex-too-large', 0, 17],
  ])('refuses %s (%s)', (pattern, code, start, end) => {
    expect(compileRegex(pattern)).toMatchObject({ code, range: { start, end } });
  });

  it('names groups once and reads the one that is set', () => {
    const regex = compiled('(?<a>x)(?<b>y)?|(?<a>z)');
    const match = regex.find('z');
    expect(regex.names).toEqual(['a', 'b']);
    expect(
      match !== null && match !== EXHAUSTED && [regex.group(match, 'a'), regex.group(match, 'b')],
    ).toEqual(['z', undefined]);
  });

  it('finds all matches, empty ones too', () => {
    const found = compiled('x*').findAll('axb');
    expect(found !== EXHAUSTED && found.map((m) => [m.index, m.end])).toEqual([
      [0, 0],
      [1, 2],
      [2, 2],
      [3, 3],
    ]);
  });
});

describe('documented constructs', () => {
  it.each([...REGEX_DOCS])('$construct', ({ example }) => {
    if ('refused' in example)
      expect(compileRegex(example.refused)).toMatchObject({ code: 'regex-unsupported' });
    else expect(groups(example.pattern, example.text)?.[0]).toBe(example.finds);
  });
});

describe('patterns that backtrack for ever elsewhere', () => {
  it.each([
    ['(a*)*b', 'a'.repeat(5000)],
    ['(a+)+$', `${'a'.repeat(5000)}!`],
    ['(a|aa)+$', `${'a'.repeat(5000)}!`],
    ['(.*)*x', 'y'.repeat(3000)],
    ['^(\\w+\\s?)*$', `${'word '.repeat(500)}!`],
    ['.*a.*b.*c', 'ab'.repeat(3000)],
    ['(x+x+)+y', 'x'.repeat(3000)],
  ])('%s has an answer', (pattern, text) => {
    expect(compiled(pattern).test(text)).toBe(false);
  });

  it.each([
    ['abc', 1],
    ['^a+b', 1],
    ['a+b', 2],
    ['.*y', 2],
    ['^.*y', 1],
    ['(?i)power.*-enc.*http', 3],
    ['"[^"]*" "[^"]*"', 2],
    ['(?:\\s+\\w+)*$', 2],
    ['(ab{1,20})*?[^ab]z', 2],
    ['(?:a|ab)+c', Infinity],
    ['(a+)+', Infinity],
    ['(x?)*', Infinity],
  ])('%s costs at most the length to the power of %d', (pattern, degree) => {
    expect(compiled(pattern).degree).toBe(degree);
  });

  it('gives up with a word where an answer cannot be had', () => {
    expect(compiled('^(a+)+\\1b$').test(`${'a'.repeat(200)}!`)).toBe(EXHAUSTED);
  });
});

/** Patterns made of the constructs that both engines share. */
const pattern = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '\\d', '\\b', '^', '$', '(?=a)', '(?!b)'),
    fc.tuple(tie('node'), tie('node')).map(([x, y]) => `${x}${y}`),
    fc.tuple(tie('node'), tie('node')).map(([x, y]) => `(?:${x}|${y})`),
    fc.array(tie('node'), { minLength: 4, maxLength: 6 }).map((branches) => `(?:${branches.join('|')})`),
    tie('node').map((x) => `(${x})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '*?', '+?', '{1,2}', '{2}'))
      .map(([x, q]) => `(?:${x})${q}`),
  ),
})).node as fc.Arbitrary<string>;
const subject = fc.stringMatching(/^[abc1 \n]{0,24}$/);

it('looks for a hundred names in a long text within the bound on steps', () => {
  const names = Array.from({ length: 120 }, (_, at) => `${'abcdefgh'[at % 8]}et-${at}x`);
  const tree = parseRegex(`(?i)${names.join('|')}|get-net\\S+|invoke-\\S+hunter`);
  if ('code' in tree) throw new Error(tree.message);
  const text = 'Write a few words of a script, $x = @(1, 2) | foreach { "begin" }; '.repeat(600);
  const machine = new Machine(tree);
  expect(machine.find(text, 0)).toBeNull();
  expect(machine.steps).toBeLessThan(20 * text.length);
  expect(machine.find(`${text} INVOKE-a.hunter`, 0)?.[0]).toBe(text.length + 1);
});

describe('properties', () => {
  it('both engines agree wherever JavaScript is called exact', () => {
    fc.assert(
      fc.property(pattern, subject, (source, text) => {
        const tree = parseRegex(source);
        if ('code' in tree) return;
        const viaRegex = new Regex(source, tree).find(text);
        const spans = new Machine(tree).find(text, 0);
        if (viaRegex === EXHAUSTED || spans === EXHAUSTED) return;
        expect(spans === null ? null : [spans[0], spans[1]]).toEqual(
          viaRegex === null ? null : [viaRegex.index, viaRegex.end],
        );
        if (spans !== null && viaRegex !== null) {
          const texts = [...viaRegex.groups].map((_, i) =>
            spans[2 * i]! < 0 ? undefined : text.slice(spans[2 * i], spans[2 * i + 1]),
          );
          expect(texts).toEqual([...viaRegex.groups]);
        }
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  it('any pattern and text end within the bound on steps', () => {
    const anyPattern = fc.oneof(
      pattern,
      fc.string({ maxLength: 30 }),
      fc
        .array(fc.constantFrom('(', ')', 'a', 'a*', 'a+', '|', '+', '*', '?', '\\1', '(?>', '(?=', '.', 'b'))
        .map((p) => p.join('')),
    );
    fc.assert(
      fc.property(anyPattern, fc.integer({ min: 0, max: 400 }), (source, length) => {
        const tree = parseRegex(source);
        if ('code' in tree) return;
        const machine = new Machine(tree);
        machine.find(`${'a'.repeat(length)}!`, 0, 50_000);
        expect(machine.steps).toBeLessThanOrEqual(50_001);
      }),
      { numRuns: 2000, seed: 11 },
    );
    expect(DEFAULT_STEPS).toBeLessThanOrEqual(10_000_000);
  });

  it('never throws on any text as a pattern', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (source) => void compileRegex(source)),
      { numRuns: 3000, seed: 3 },
    );
  });
});
