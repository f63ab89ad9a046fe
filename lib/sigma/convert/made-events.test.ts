import { describe, expect, it } from 'vitest';
import { compileRule } from '../match/compile.ts';
import { SigmaEvent } from '../match/event.ts';
import { readSigma } from '../rule/read.ts';
import { madeEvents } from './made-events.ts';

function made(detection: string) {
  const text = `title: T\nlogsource: {product: a}\ndetection:\n  ${detection.replaceAll('\n', '\n  ')}\n`;
  const [document] = readSigma(text).documents;
  if (document?.kind !== 'rule') throw new Error('no rule');
  const rule = compileRule(document, { logsource: false });
  if (!('matches' in rule)) throw new Error(rule.message);
  return madeEvents(rule.expression).map((record) => ({
    fields: Object.fromEntries(record.fields),
    raw: record.raw,
    matches: rule.matches(new SigmaEvent(record)),
  }));
}

describe('events made from a rule', () => {
  it.each([
    's: {a: x}\ncondition: s',
    "s: {a|contains|all: [one, two], b|startswith: 'C:\\', c|endswith: .exe}\ncondition: s",
    's: {a|startswith: x, b|contains: y}\nn: {a|endswith: z}\ncondition: s and not n',
    's: {a|cidr: 10.0.0.0/8}\ncondition: s',
    's: {a|gt: 5, b|lte: 3}\ncondition: s',
    's: {a: null, b|exists: true}\ncondition: s',
    's: {a|fieldref: b}\ncondition: s',
    's: [word, other]\ncondition: s',
    's: {a|cased: X}\ncondition: s',
    's: {a: "v?w*"}\ncondition: s',
    's1: {a: 1}\ns2: {b: true}\ncondition: 1 of s*',
    's: {a: x}\nn: {b: null}\ncondition: s and not n',
  ])('are met and missed: %j', (detection) => {
    const events = made(detection);
    expect(events[0]).toMatchObject({ matches: true });
    expect(events.some(({ matches }) => !matches)).toBe(true);
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(events.length);
  });

  it('take other alternatives in turn, then what is excluded, then near misses of the first', () => {
    const events = made('s: {a: [p, q, r, t]}\nn: {b: z}\ncondition: s and not n');
    expect(events.slice(0, 4).map(({ fields }) => fields)).toEqual([
      { a: 'p' },
      { a: 'q' },
      { a: 'r' },
      { a: 'p', b: 'z' },
    ]);
    expect(events.slice(4).map(({ fields }) => fields)).toEqual([
      {},
      { a: 'P' },
      { a: '' },
      { a: 'xp' },
      { a: 'px' },
    ]);
  });

  it('are at most 40', () => {
    const fields = Array.from({ length: 30 }, (_, at) => `f${at}: v`).join(', ');
    expect(made(`s: {${fields}}\ncondition: s`)).toHaveLength(40);
  });
});
