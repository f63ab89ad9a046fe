import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainRecord } from '../../events/plain-record.ts';
import type { SigmaRule } from '../rule/model.ts';
import { parsePattern } from '../rule/pattern.ts';
import { readSigma } from '../rule/read.ts';
import { type CompiledRule, compileRule } from './compile.ts';
import { SigmaEvent } from './event.ts';
import { textTest } from './text-test.ts';

function rule(detection: string, logsource = '{product: x}'): CompiledRule {
  const text = `title: T\nlogsource: ${logsource}\ndetection:\n${detection.replace(/^/gm, '  ')}\n`;
  const compiled = compileRule(readSigma(text).documents[0] as SigmaRule);
  if (!('matches' in compiled)) throw new Error(compiled.message);
  return compiled;
}
const event = (fields: Record<string, string | string[]>) => new SigmaEvent(plainRecord(fields));
const holds = (key: string, value: string, actual: string | undefined): boolean =>
  rule(`s:\n  ${key}: ${value}\ncondition: s`).matches(event(actual === undefined ? {} : { a: actual }));

describe('values', () => {
  it.each([
    ['a', 'abc', 'ABC', true],
    ['a|cased', 'abc', 'ABC', false],
    ['a', 'a*c', 'aXXc', true],
    ['a', 'a?c', 'abc', true],
    ['a', 'a?c', 'abbc', false],
    ['a', "'\\*'", 'x', false],
    ['a', "'\\*'", '*', true],
    ['a|contains', "'C:\\Temp\\'", 'c:\\temp\\x.exe', true],
    ['a', "''", '', true],
    ['a', "''", undefined, false],
    ['a', "'*'", undefined, false],
    ['a', 'null', undefined, true],
    ['a', 'null', '', false],
    ['a', '5', '5', true],
    ['a', '5', '50', false],
    ['a|gte', '5', '10', true],
    ['a|gte', '5', 'x', false],
    ['a|re', '^a.c$', 'abc', true],
    ['a|re', '^A', 'abc', false],
    ['a|re|i', '^A', 'abc', true],
    ['a|cidr', '10.0.0.0/8', '10.1.2.3', true],
    ['a|cidr', '10.0.0.0/8', '11.1.2.3', false],
    ['a|cidr', 'fe80::/10', 'fe80::1', true],
    ['a|exists', 'true', '', true],
    ['a|exists', 'false', 'x', false],
    ['a|windash|contains', "' -f '", 'x /f y', true],
    ['a|neq', 'x', undefined, true],
    ['a|hour', '13', '2024-05-01T13:30:00Z', true],
    ['a|week', '1', '2024-12-31T00:00:00Z', true],
  ])('%s: %s on %j is %s', (key, value, actual, expected) =>
    expect(holds(key, value, actual)).toBe(expected),
  );

  it('compares fields with each other', () => {
    const compiled = rule('s:\n  a|fieldref|startswith: b\ncondition: s');
    expect(compiled.matches(event({ a: 'xyz', b: 'XY' }))).toBe(true);
    expect(compiled.matches(event({ a: 'xyz' }))).toBe(false);
  });

  it('takes any value of a field that has several, and all for |all', () => {
    expect(holds('a', 'y', undefined)).toBe(false);
    expect(rule('s:\n  a: y\ncondition: s').matches(event({ a: ['x', 'y'] }))).toBe(true);
    expect(rule('s:\n  a|all: [x, y]\ncondition: s').matches(event({ a: ['x', 'y'] }))).toBe(true);
  });

  it('finds keywords anywhere', () => {
    expect(rule('s: [one, two]\ncondition: s').matches(event({ a: 'has TWO words' }))).toBe(true);
    expect(rule("s:\n  '|all': [one, two]\ncondition: s").matches(event({ a: 'has TWO words' }))).toBe(false);
  });
});

describe('log sources', () => {
  const process = rule('s: {Image: x}\ncondition: s', '{product: windows, category: process_creation}');
  it.each([
    [{ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: '1', Image: 'x' }, true],
    [{ Channel: 'microsoft-windows-sysmon/operational', EventID: '1', Image: 'x' }, true],
    [{ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: '3', Image: 'x' }, false],
    [{ Channel: 'Security', EventID: '4688', NewProcessName: 'x' }, true],
    [{ Channel: 'Security', EventID: '4688', Image: 'x' }, false],
    [{ Image: 'x' }, true],
    [{ sourcetype: 'linux:audit', Image: 'x' }, false],
  ])('%j: %s', (fields, expected) => expect(process.matches(event(fields))).toBe(expected));

  it('keeps rules for other systems away from Windows', () => {
    const linux = rule('s: {Image: x}\ncondition: s', '{product: linux, category: process_creation}');
    expect(linux.matches(event({ Channel: 'Security', EventID: '1', Image: 'x' }))).toBe(false);
    expect(linux.matches(event({ sourcetype: 'sysmon:linux', EventID: '1', Image: 'x' }))).toBe(true);
    // Sysmon for Linux names a channel in its events, as its Windows sibling does.
    const channelled = { sourcetype: 'sysmon:linux', Channel: 'Linux-Sysmon/Operational', Image: 'x' };
    expect(linux.matches(event({ ...channelled, EventID: '1' }))).toBe(true);
    expect(linux.matches(event({ ...channelled, EventID: '3' }))).toBe(false);
  });
});

it('says why not, with places in the rule', () => {
  const compiled = rule('s:\n  a|endswith: .exe\n  b: two\ncondition: s');
  const clause = compiled.explain(event({ a: 'x.exe', b: 'two three' }))!;
  expect(clause).toMatchObject({
    kind: 'and',
    matched: false,
    children: [
      { matched: true, field: 'a', expected: '*.exe', actual: 'x.exe' },
      { matched: false, field: 'b', reason: 'wildcard_missing_right' },
    ],
  });
});

it('names the fields it needs', () => {
  const compiled = rule('s: {a|contains: [long text, another]}\nf: {b: x}\ncondition: s and not f');
  expect(compiled.fields).toEqual(['a', 'b']);
});

it('patterns match as their regular expression does', () => {
  const written = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(written, text, (pattern, subject) => {
      const regex = pattern
        .replaceAll('*', '.*')
        .replaceAll('?', '.')
        .replace(/(?:\.\*)+/g, '.*');
      expect(textTest(parsePattern(pattern), false)(subject)).toBe(new RegExp(`^${regex}$`).test(subject));
    }),
    { numRuns: 2000 },
  );
});
