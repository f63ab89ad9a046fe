import { describe, expect, it } from 'vitest';
import type { Hit, HitEvent, RuleFacts } from '../../lib/tester/scan/report.ts';
import { choiceFrom, choiceText, chosenOf, countOf } from './choice.ts';
import { facetsOf, findingsOf, grouped, NO_FILTER, timelineOf } from './findings.ts';

const rule = (name: string, more: Partial<RuleFacts> = {}): RuleFacts => ({
  name,
  slug: name.toLowerCase(),
  path: `${name}.yml`,
  language: 'sigma',
  techniques: [],
  falsePositives: '',
  ...more,
});
const event = (record: number, time: number | null, host = 'h1'): HitEvent => ({
  file: 0,
  record,
  time,
  host,
});
const hit = (at: number, events: HitEvent[], messages: string[] = []): Hit => ({
  rule: at,
  results: events.length,
  events,
  eventCount: events.length,
  messages,
  rows: [],
});

const rules = [
  rule('Low', { severity: 'low', techniques: ['T1', 'T2'] }),
  rule('Critical', { severity: 'critical', techniques: ['T1'] }),
  rule('None'),
];
const hits = [
  hit(0, [event(1, 100), event(2, 190, 'h2')]),
  hit(1, [event(1, 100)], ['Seen on h1']),
  hit(2, [event(3, null, 'h2'), event(4, 160, 'h2')]),
];
const names = (filter = NO_FILTER) => findingsOf(hits, rules, filter).map(({ facts }) => facts.name);

describe('what a scan found', () => {
  it('comes with the gravest first, and what has no severity last', () => {
    expect(names()).toEqual(['Critical', 'Low', 'None']);
  });

  it('is narrowed by severity, technique, host, time and text, all at once', () => {
    expect(names({ ...NO_FILTER, severities: new Set(['low', '']) })).toEqual(['Low', 'None']);
    expect(names({ ...NO_FILTER, technique: 'T1' })).toEqual(['Critical', 'Low']);
    expect(names({ ...NO_FILTER, host: 'h2' })).toEqual(['Low', 'None']);
    expect(names({ ...NO_FILTER, host: 'h2', time: [0, 170] })).toEqual(['None']);
    expect(names({ ...NO_FILTER, text: ' SEEN on ' })).toEqual(['Critical']);
  });

  it('keeps of each rule the events that are asked for', () => {
    const [low] = findingsOf(hits, rules, { ...NO_FILTER, host: 'h2', severities: new Set(['low']) });
    expect(low?.events).toEqual([event(2, 190, 'h2')]);
  });

  it('offers what there is to narrow it to, with the number of rules', () => {
    expect(facetsOf(hits, rules)).toEqual({
      severities: [
        ['critical', 1],
        ['low', 1],
        ['', 1],
      ],
      techniques: [
        ['T1', 2],
        ['T2', 1],
      ],
      hosts: [
        ['h1', 2],
        ['h2', 2],
      ],
    });
  });

  it('is grouped; a rule of several techniques stands under each, one of none last', () => {
    const found = findingsOf(hits, rules, NO_FILTER);
    const told = (by: 'technique' | 'host' | 'severity') =>
      grouped(found, by).map(({ name, findings }) => [name, findings.map(({ facts }) => facts.name).join()]);
    expect(told('technique')).toEqual([
      ['T1', 'Critical,Low'],
      ['T2', 'Low'],
      ['', 'None'],
    ]);
    expect(told('host')).toEqual([
      ['h1', 'Critical,Low'],
      ['h2', 'Low,None'],
    ]);
    expect(told('severity').map(([name]) => name)).toEqual(['critical', 'low', '']);
  });

  it('stands along the time in spans that hold every event once for each rule', () => {
    const { buckets, span, untimed } = timelineOf(findingsOf(hits, rules, NO_FILTER));
    expect({ span, untimed }).toEqual({ span: 5, untimed: 1 });
    expect(buckets[0]).toEqual({ from: 100, to: 105, counts: [1, 0, 0, 1, 0, 0], total: 2 });
    expect(buckets.at(-1)).toMatchObject({ from: 190, total: 1 });
    expect(buckets.reduce((sum, { total }) => sum + total, 0)).toBe(4);
  });

  it('has few spans however far apart the events are, and none without a time', () => {
    const far = timelineOf(findingsOf([hit(0, [event(0, 0), event(1, 4e9)])], rules, NO_FILTER));
    expect(far.buckets.length).toBeLessThan(130);
    const none = timelineOf(findingsOf([hit(0, [event(0, null)])], rules, NO_FILTER));
    expect(none).toEqual({ buckets: [], span: 0, untimed: 1 });
  });
});

describe('which rules run', () => {
  it('is read from an address and written back', () => {
    const text = '?rules=a,b%2Cc&severity=high';
    expect(choiceFrom('?rules=a,,a&severity=grave')).toEqual({ slugs: ['a'] });
    expect(choiceFrom('')).toEqual({});
    expect(choiceText({})).toBe('');
    expect(choiceText({ slugs: ['a', 'b'], floor: 'high' })).toBe('?rules=a,b&severity=high');
    expect(choiceFrom(text).floor).toBe('high');
  });

  it('is what is named and grave enough; what has no severity runs where any is asked for', () => {
    expect(chosenOf(rules, {})).toEqual([0, 1, 2]);
    expect(chosenOf(rules, { floor: 'medium' })).toEqual([1]);
    expect(chosenOf(rules, { slugs: ['none', 'low'] })).toEqual([0, 2]);
    expect(chosenOf(rules, { slugs: ['none', 'low'], floor: 'low' })).toEqual([0]);
    expect(countOf({ high: 2, low: 3, '': 4 }, undefined)).toBe(9);
    expect(countOf({ high: 2, low: 3, '': 4 }, 'medium')).toBe(2);
  });
});
