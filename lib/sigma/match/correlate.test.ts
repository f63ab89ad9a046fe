import { describe, expect, it } from 'vitest';
import { plainRecord } from '../../events/plain-record.ts';
import type { CorrelationRule } from '../rule/model.ts';
import { readSigma } from '../rule/read.ts';
import { correlate } from './correlate.ts';
import { SigmaEvent } from './event.ts';

const RULES =
  'title: One\nname: one\nlogsource: {product: x}\ndetection: {s: {kind: a}, condition: s}\n---\n' +
  'title: Two\nname: two\nlogsource: {product: x}\ndetection: {s: {kind: b}, condition: s}\n---\n';

function run(correlation: string, rows: Record<string, string | number>[], more = '') {
  const text = `${RULES}${more}title: C\nname: c\ncorrelation:\n${correlation.replace(/^/gm, '  ')}\n`;
  const { documents, diagnostics } = readSigma(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const events = rows.map((row) => new SigmaEvent(plainRecord(row)));
  const rule = documents.find((one) => one.kind === 'correlation' && one.name === 'c') as CorrelationRule;
  const result = correlate(rule, documents, events);
  if ('diagnostic' in result) return result.diagnostic.code;
  return result.occurrences.map(({ group, events: own }) => [Object.values(group).join(), own.length]);
}

const a = (time: number, fields: Record<string, string | number> = {}) => ({
  _time: time,
  kind: 'a',
  ...fields,
});
const b = (time: number, fields: Record<string, string | number> = {}) => ({
  _time: time,
  kind: 'b',
  ...fields,
});
const head = (type: string, rules = '[one]') =>
  `type: ${type}\nrules: ${rules}\ngroup-by: [user]\ntimespan: 1m\n`;

describe('correlations', () => {
  it('count events of a group within the span', () => {
    const rows = [a(0, { user: 'u' }), a(30, { user: 'u' }), a(200, { user: 'u' }), a(31, { user: 'v' })];
    expect(run(`${head('event_count')}condition: {gte: 2}`, rows)).toEqual([['u', 2]]);
    expect(run(`${head('event_count')}condition: {gt: 2}`, rows)).toEqual([]);
    expect(run(`${head('event_count')}condition: {gte: 2, lt: 2}`, rows)).toEqual([]);
  });

  it('count values', () => {
    const rows = [a(0, { user: 'u', ip: '1' }), a(1, { user: 'u', ip: '1' }), a(2, { user: 'u', ip: '2' })];
    expect(run(`${head('value_count')}condition: {gte: 2, field: ip}`, rows)).toEqual([['u', 3]]);
    expect(run(`${head('value_count')}condition: {gte: 3, field: ip}`, rows)).toEqual([]);
  });

  it.each([
    ['value_sum', 'gte: 30'],
    ['value_avg', 'eq: 10'],
    ['value_percentile', 'eq: 15, percentile: 75'],
    ['value_median', 'eq: 10'],
  ])('%s', (type, condition) => {
    const rows = [0, 10, 20].map((size, at) => a(at, { user: 'u', size }));
    expect(run(`${head(type)}condition: {field: size, ${condition}}`, rows)).toEqual([['u', 3]]);
  });

  it('need every rule, in their order where that is asked for', () => {
    const wrongOrder = [b(0, { user: 'u' }), a(1, { user: 'u' })];
    expect(run(head('temporal', '[one, two]'), wrongOrder)).toEqual([['u', 2]]);
    expect(run(head('temporal_ordered', '[one, two]'), wrongOrder)).toEqual([]);
    expect(run(head('temporal_ordered', '[one, two]'), [...wrongOrder, b(2, { user: 'u' })])).toEqual([
      ['u', 3],
    ]);
    expect(run(head('temporal', '[one, two]'), [a(0, { user: 'u' })])).toEqual([]);
  });

  it('group by fields of different names', () => {
    const rows = [a(0, { user: 'u' }), b(1, { account: 'u' })];
    const aliases = 'aliases:\n  user: {one: user, two: account}';
    expect(run(`${head('temporal', '[one, two]')}${aliases}`, rows)).toEqual([['u', 2]]);
  });

  it('are made of correlations', () => {
    const many = `title: Many\nname: many\ncorrelation:\n  type: event_count\n  rules: [one]\n  group-by: [user]\n  timespan: 1m\n  condition: {gte: 2}\n---\n`;
    const rows = [a(0, { user: 'u' }), a(1, { user: 'u' }), b(2, { user: 'u' })];
    expect(run(head('temporal_ordered', '[many, two]'), rows, many)).toEqual([['u', 3]]);
  });

  it('say what they lack', () => {
    expect(run(head('temporal', '[one, nobody]'), [])).toBe('sigma-rule-unknown');
    expect(run(head('temporal', '[c]'), [])).toBe('sigma-rule-circular');
  });
});
