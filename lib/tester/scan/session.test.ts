import { describe, expect, it } from 'vitest';
import type { EnvironmentPayload } from '../session/payload.ts';
import { environmentOf } from '../whole-environment.ts';
import { scan } from './in-one-thread.ts';
import type { ScanUpdate } from './report.ts';
import { scanFile } from './scan-file.ts';
import { mostKept, ScanSession } from './session.ts';
import { testRule } from './test-rule.ts';

const environment: EnvironmentPayload = {
  macros: [{ name: 'mine', args: [], definition: 'a=*' }],
  lookups: [
    {
      name: 'words',
      lookupType: 'csv',
      fields: ['a', 'word'],
      matchType: [],
      file: '/lookups/words/words.csv',
    },
  ],
  dataModels: [],
};

const sigma = 'title: T\nlogsource: {product: x}\ndetection:\n  s: {a: "2"}\n  condition: s\n';
const rules = [
  testRule('search', '`mine` | lookup words a OUTPUT word | where word="two"'),
  testRule('sigma', sigma, { language: 'sigma', severity: 'high' }),
  testRule('counting', '`mine` | stats count | where count > 2'),
  testRule('broken', 'a=1 | nosuchcommand'),
];
const addresses: Record<string, string> = {
  '/scan/rules.json': JSON.stringify(rules),
  '/lookups/words/words.csv': 'a,word\n1,one\n2,two\n',
};
const source = { name: 'log.ndjson', content: '{"a": "1"}\n{"a": "2"}\n{"a": "3"}\nnot json\n' };

async function opened(): Promise<ScanSession> {
  const session = new ScanSession(async (address) => {
    const text = addresses[address];
    if (text === undefined) throw new Error(`${address} could not be loaded (404)`);
    return new Blob([text]);
  });
  session.open(environment);
  await session.rules('/scan/rules.json');
  return session;
}

describe('a scan in a worker', () => {
  it('tells facts of the rules, not what they do', async () => {
    const session = await opened();
    const facts = await session.rules('/scan/rules.json');
    expect(facts.map(({ name }) => name)).toEqual(['search', 'sigma', 'counting', 'broken']);
    expect(facts[0]).not.toHaveProperty('search');
    await expect(session.rules('/gone.json')).rejects.toThrow('404');
  });

  it('tells each event of a hit once, and gives what a scan gives; lookups are fetched', async () => {
    const session = await opened();
    const updates: ScanUpdate[] = [];
    const end = await session.scan({ sources: [source], rules: [0, 1, 2, 3] }, (update) =>
      updates.push(update),
    );
    const told = updates.flatMap(({ hits }) => hits);
    const events = (at: number) =>
      told.filter((hit) => hit.rule === at).flatMap((hit) => hit.events.map(({ record }) => record));
    expect([events(0), events(1), events(2)]).toEqual([[1], [1], [0, 1, 2]]);
    expect(end.unasked).toMatchObject([{ rule: 3 }]);
    expect(end).toMatchObject({ complete: true, counts: { found: 1 }, problems: [] });
    expect(end.files).toMatchObject([{ events: end.counts.events }]);
  });

  it('names rules by their position among those that run', async () => {
    const session = await opened();
    const told: number[] = [];
    const end = await session.scan({ sources: [source], rules: [3, 1] }, ({ hits }) =>
      told.push(...hits.map((hit) => hit.rule)),
    );
    expect(new Set(told)).toEqual(new Set([1]));
    expect(end.unasked.map((one) => one.rule)).toEqual([0]);
  });

  it('holds the events of one rule for a run over them', async () => {
    const session = await opened();
    await session.scan({ sources: [source], rules: [1] });
    const look = await session.look(1, [source]);
    expect(look).toMatchObject({ name: 'sigma', language: 'sigma', events: 1, cut: false });
    const summary = await session.run({ rule: look, sets: [look.id] });
    expect(summary).toMatchObject({ events: 1, matchedCount: 1 });
    expect(session.event(0)?.explanation.outcome).toBe('in-result');
    const other = await session.look(0, [source]);
    const searched = await session.run({ rule: other, sets: [other.id] });
    expect(searched).toMatchObject({ rows: 1, matchedCount: expect.any(Number) });
    await expect(session.look(9, [source])).rejects.toThrow('no such rule');
  });

  it('ends early when it is told to, with what it has', async () => {
    const session = await opened();
    const stop = new AbortController();
    stop.abort();
    const end = await session.scan({ sources: [source], rules: [0, 1] }, undefined, stop.signal);
    expect(end.complete).toBe(false);
  });
});

it('leaves out searches that need more events than are held, and says so', async () => {
  const text = Array.from({ length: 10 }, (_, at) => `{"a": "${at}", "b": "${at % 5}"}\n`).join('');
  const file = scanFile('x.ndjson', { size: text.length, open: () => new TextEncoder().encode(text) });
  const own = [
    testRule('few', 'b=1'),
    testRule('many', 'a=*'),
    testRule('whole', '| from nothing | append [search a=1]'),
    testRule('all', '* | stats count'),
  ];
  const bare = environmentOf({ macros: [], lookups: [] }, () => undefined);
  const { hits, unasked } = await scan(own, [file], bare, { mostKept: () => 4 });
  expect(hits.map((hit) => own[hit.rule]!.name)).toEqual(['few']);
  expect(unasked.filter(({ code }) => code === 'too-many-events').map((one) => own[one.rule]!.name)).toEqual(
    expect.arrayContaining(['many', 'all']),
  );
});

it('holds fewer events for the searches where these are long', () => {
  expect(mostKept(1_000_000, 300_000_000)).toBe(400_000);
  const long = mostKept(100_000, 2e9);
  expect(long).toBeLessThan(100_000);
  expect(long * (2e9 / 100_000)).toBeLessThanOrEqual(512 << 20);
  expect(mostKept(0, 0)).toBe(0);
});
