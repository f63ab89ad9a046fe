import { describe, expect, it } from 'vitest';
import { type Expression, testsOf } from './expression.ts';
import type { CorrelationRule, FilterRule, SigmaRule } from './model.ts';
import { printPattern } from './pattern.ts';
import { readSigma } from './read.ts';
import { resolveRule } from './resolve.ts';

function ruleOf(detection: string, head = ''): SigmaRule {
  const text = `title: T\n${head}logsource:\n  product: windows\ndetection:\n${detection.replace(/^/gm, '  ')}\n`;
  const { documents, diagnostics } = readSigma(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return documents[0] as SigmaRule;
}

function show(expression: Expression): string {
  if (expression.kind === 'not') return `not ${show(expression.item)}`;
  if (expression.kind !== 'test') return `(${expression.items.map(show).join(` ${expression.kind} `)})`;
  const { field, value } = expression;
  const shown =
    value.kind === 'pattern'
      ? `${printPattern(value.pattern)}${value.cased ? ' cased' : ''}`
      : JSON.stringify(value);
  return `${field ?? '_'}=${shown}`;
}

const meaning = (detection: string): string => {
  const { expression, diagnostic } = resolveRule(ruleOf(detection));
  return expression ? show(expression) : diagnostic!.code;
};
const item = (key: string, value: string): string => meaning(`s:\n  ${key}: ${value}\ncondition: s`);
const codesOf = (text: string, strict = false) =>
  readSigma(text, { strict }).diagnostics.map(({ code }) => code);

describe('values and modifiers', () => {
  it.each([
    ['a', "'x*'", 'a=x*'],
    ['a', "'C:\\Temp\\*'", 'a=C:\\Temp\\*'],
    ['a|contains', "'C:\\Temp\\'", 'a=*C:\\Temp\\\\*'],
    ['a|startswith', 'x', 'a=x*'],
    ['a|endswith|cased', 'x', 'a=*x cased'],
    ['a|contains|all', '[x, y]', '(a=*x* and a=*y*)'],
    ['a', '[x, y]', '(a=x or a=y)'],
    ['a|neq', 'x', 'not a=x'],
    ['a', '5', 'a={"kind":"number","value":5}'],
    ['a', '0x10', 'a={"kind":"number","value":16}'],
    ['a|contains', '5', 'a=*5*'],
    ['a', 'null', 'a={"kind":"null"}'],
    ['a|exists', 'true', 'a={"kind":"exists","exists":true}'],
    ['a|base64', 'foobar', 'a=Zm9vYmFy'],
    ['a|base64offset|contains', 'foobar', '(a=*Zm9vYmFy* or a=*Zvb2Jhc* or a=*mb29iYX*)'],
    ['a|wide|base64', 'foo', 'a=ZgBvAG8A'],
    ['a|windash', "'-f'", '(a=-f or a=/f or a=–f or a=—f or a=―f)'],
    ['a|windash|contains', "' -f '", '(a=* -f * or a=* /f * or a=* –f * or a=* —f * or a=* ―f *)'],
    ['a|windash', 'well-known', 'a=well-known'],
    ['a|re|i', 'x.*', 'a={"kind":"regex","source":"x.*","flags":{"i":true,"m":false,"s":false}}'],
    ['a|re', "'(?i)x'", 'a={"kind":"regex","source":"x","flags":{"i":true,"m":false,"s":false}}'],
    ['a|cidr', '10.0.0.0/8', 'a={"kind":"cidr","network":"10.0.0.0/8"}'],
    ['a|gte', '5', 'a={"kind":"order","operator":"gte","value":5}'],
    ['a|hour|lt', '6', 'a={"kind":"time","part":"hour","operator":"lt","value":6}'],
    ['a|fieldref|endswith', 'b', 'a={"kind":"field","field":"b","position":"endswith","cased":false}'],
    ['a|expand', "'%names%'", 'sigma-placeholder'],
    ['a|cidr', 'ten', 'sigma-modifier-value'],
    ["'|all'", '[x, y]', '(_=x and _=y)'],
  ])('%s: %s', (key, value, expected) => expect(item(key, value)).toBe(expected));

  it('fills placeholders', () => {
    const rule = ruleOf("s:\n  a|expand: '%names%x'\ncondition: s");
    const { expression } = resolveRule(rule, { placeholders: new Map([['names', ['p', 'q']]]) });
    expect(show(expression!)).toBe('(a=px or a=qx)');
  });

  it('points every test at its value', () => {
    const text = 'title: T\nlogsource: {product: x}\ndetection:\n  s:\n    a: [one, two]\n  condition: s\n';
    const { expression } = resolveRule(readSigma(text).documents[0] as SigmaRule);
    expect([...testsOf(expression!)].map(({ range }) => text.slice(range.start, range.end))).toEqual([
      'one',
      'two',
    ]);
  });
});

describe('conditions', () => {
  const searches = 'a: {f: 1}\nb1: {f: 2}\nb2: {f: 3}\n_c: {f: 4}\n';
  const of = (condition: string) =>
    meaning(`${searches}condition: ${condition}`).replaceAll(/f=\{"kind":"number","value":(\d)\}/g, '$1');
  it.each([
    ['a', '1'],
    ['a or b1 and not b2', '(1 or (2 and not 3))'],
    ['(a or b1) and b2', '((1 or 2) and 3)'],
    ['not not a', 'not not 1'],
    ['1 of b*', '(2 or 3)'],
    ['all of b*', '(2 and 3)'],
    ['any of them', '(1 or 2 or 3)'],
    ['2 of b*', '(2 and 3)'],
    ['a AND b1', '(1 and 2)'],
  ])('%s', (condition, expected) => expect(of(condition)).toBe(expected));

  it('takes a list as alternatives', () => {
    expect(meaning('a: {f: x}\nb: {f: y}\ncondition: [a, b]')).toBe('(f=x or f=y)');
  });

  it.each([
    ['a and', 'sigma-condition-syntax'],
    ['(a', 'sigma-condition-syntax'],
    ['a)', 'sigma-condition-syntax'],
    ['a b1', 'sigma-condition-unsupported'],
    ['missing', 'sigma-condition-unknown-search'],
    ['1 of missing*', 'sigma-condition-unknown-search'],
    ['a | count( > 3', 'sigma-condition-syntax'],
  ])('%s is refused', (condition, code) => {
    const text = `title: T\nlogsource: {product: x}\ndetection:\n  ${searches.replaceAll('\n', '\n  ')}condition: ${JSON.stringify(condition)}\n`;
    const { documents, diagnostics } = readSigma(text);
    expect(documents).toEqual([]);
    expect(diagnostics.find(({ severity }) => severity === 'error')).toMatchObject({ code, range: {} });
  });

  it('reads aggregations of the old kind', () => {
    const { detection } = ruleOf(
      'a: {f: x}\nb: {f: y}\ncondition:\n  - a | count(u) by h>10\n  - a | near b and not a',
    );
    expect(detection.conditions.map(({ aggregation }) => aggregation)).toMatchObject([
      { kind: 'aggregate', function: 'count', field: 'u', by: 'h', operator: '>', value: 10 },
      { kind: 'near', include: ['b'], exclude: ['a'] },
    ]);
  });
});

describe('documents', () => {
  it('joins what is global to every document after it', () => {
    const { documents } = readSigma(
      'action: global\ntitle: T\ndetection:\n  condition: s\n---\nlogsource: {product: a}\ndetection:\n  s: {f: 1}\n---\nlogsource: {product: b}\ndetection:\n  s: {f: 2}\n',
    );
    expect(documents.map((rule) => rule.kind === 'rule' && [rule.title, rule.logsource.product])).toEqual([
      ['T', 'a'],
      ['T', 'b'],
    ]);
  });

  it('reads correlations', () => {
    const { documents, diagnostics } = readSigma(
      `title: C\nid: 00000000-0000-0000-0000-000000000001\ncorrelation:\n  type: value_percentile\n  rules: [one, two]\n  group-by: [user]\n  timespan: 5m\n  aliases:\n    user:\n      one: User\n      two: Account\n  condition:\n    field: bytes\n    percentile: 95\n    gt: 10\n    lte: 20\n`,
    );
    expect(diagnostics).toEqual([]);
    expect(documents[0] as CorrelationRule).toMatchObject({
      type: 'value_percentile',
      timespan: 300,
      fields: ['bytes'],
      percentile: 95,
      comparisons: [
        { operator: 'gt', value: 10 },
        { operator: 'lte', value: 20 },
      ],
    });
  });

  it('joins filters to the rules they name', () => {
    const { documents } = readSigma(
      'title: R\nname: r\nlogsource: {product: x}\ndetection:\n  s: {f: a}\n  condition: s\n---\ntitle: F\nlogsource: {product: x}\nfilter:\n  rules: [r]\n  s: {u: b}\n  condition: not s\n',
    );
    const { expression } = resolveRule(documents[0] as SigmaRule, { filters: [documents[1] as FilterRule] });
    expect(show(expression!)).toBe('(f=a and not u=b)');
  });

  it('is stricter when asked', () => {
    const text = 'title: T\ndetection:\n  s: {f: 1}\n  condition: s\nlevel: huge\n';
    expect(codesOf(text)).toEqual(['sigma-vocabulary', 'sigma-key-expected']);
    expect(readSigma(text).documents).toHaveLength(1);
    expect(readSigma(text, { strict: true }).diagnostics.every(({ severity }) => severity === 'error')).toBe(
      true,
    );
  });

  it.each([
    ['', 'sigma-empty'],
    ['- a', 'sigma-not-a-rule'],
    ['title: [', 'yaml-syntax'],
    ['title: T\nlogsource: {product: x}', 'sigma-key-missing'],
    ['title: T\nlogsource: {product: x}\ndetection: {s: {a|b: 1}, condition: s}', 'sigma-modifier-unknown'],
    [
      'title: T\nlogsource: {product: x}\ndetection: {s: {a|i: 1}, condition: s}',
      'sigma-modifier-combination',
    ],
    ['title: T\nlogsource: {product: x}\ndetection: {s: {a: {b: 1}}, condition: s}', 'sigma-value-type'],
    ['title: T\ncorrelation: {type: some}', 'sigma-correlation'],
  ])('says what is wrong with %j', (text, code) => expect(codesOf(text)).toContain(code));
});
