import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkerClient } from '../worker/client.ts';
import type { FromWorker, ScanCalls, ToWorker } from '../worker/protocol.ts';
import { serve } from '../worker/serve.ts';
import { HitsFound } from './hits-found.ts';
import { scanInParts } from './in-parts.ts';
import type { EventsDone } from './part.ts';
import { PartsProgress } from './parts-progress.ts';
import type { ScanUpdate } from './report.ts';
import type { SearchJob } from './scan.ts';
import { type ScanEnd, ScanSession } from './session.ts';
import { divided, fitting, jobsOf } from './share-jobs.ts';
import { testRule } from './test-rule.ts';
import { unpackedBytes, workersOn, workersWorth } from './workers.ts';

const single = 'title: T\nlogsource: {product: x}\ndetection:\n  s: {a: "7"}\n  condition: s\n';
const mixed =
  'title: M\nlogsource: {product: x}\ndetection:\n  s: {a: "1"}\n  condition: [s, s | count() by host > 3]\n';
const RULES = [
  testRule('filter', 'a=3'),
  testRule('statistic', 'a=5 | stats count values(b) AS b by host'),
  testRule('in order', '* | streamstats count AS at | where at % 700 = 0'),
  testRule('worked out', '| from nothing | eval c=a . "x" | where c="2x"'),
  testRule('joined', 'a=7 | append [search a=8] | stats count by a'),
  testRule('single', single, { language: 'sigma' }),
  testRule('mixed', mixed, { language: 'sigma' }),
  testRule('broken', 'a=1 | nosuchcommand'),
  testRule('never', 'nothing=here'),
];
const LOG = Array.from({ length: 3000 }, (_, at) =>
  JSON.stringify({ a: String(at % 11), b: `b${at % 5}`, host: `h${at % 3}`, _time: 1.7e9 + at }),
).join('\n');
const sources = [
  { name: 'log.ndjson', content: `${LOG}\nnot json\n` },
  { name: 'more.ndjson', content: '{"a": "7"}\n' },
];
const rules = RULES.map((_, at) => at);

/** A worker in this thread: messages are copied and come later, as between threads. */
class FakeWorker extends EventTarget {
  static all: FakeWorker[] = [];
  received: string[] = [];
  ended = false;
  private receive: (message: ToWorker) => void = () => undefined;

  constructor() {
    super();
    FakeWorker.all.push(this);
    serve(
      {
        post: (message) =>
          this.later(() => this.dispatchEvent(new MessageEvent('message', { data: message })), message),
        listen: (receive) => {
          this.receive = receive;
        },
      },
      '',
      (fetch) => new ScanSession(fetch),
    );
  }

  postMessage(message: ToWorker): void {
    this.received.push(message.kind === 'call' ? message.method : message.kind);
    this.later(() => this.receive(message), message);
  }

  terminate(): void {
    this.ended = true;
  }

  private later(deliver: () => void, message: ToWorker | FromWorker): void {
    structuredClone(message);
    setTimeout(() => this.ended || deliver());
  }
}

beforeEach(() => {
  FakeWorker.all = [];
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(RULES)));
});
afterEach(() => vi.unstubAllGlobals());

async function opened(): Promise<ScanSession> {
  const session = new ScanSession(
    async () => new Blob([JSON.stringify(RULES)]),
    (prepare) => new WorkerClient<ScanCalls>('worker.js', prepare),
  );
  session.open({ macros: [], lookups: [], dataModels: [] });
  await session.rules('/scan/rules.json');
  return session;
}

async function scanned(workers: number): Promise<{ end: ScanEnd; found: HitsFound; updates: ScanUpdate[] }> {
  const session = await opened();
  const found = new HitsFound();
  const updates: ScanUpdate[] = [];
  const end = await session.scan({ sources, rules, workers }, (update) => {
    updates.push(structuredClone(update));
    found.take(update.hits);
  });
  return { end, found, updates };
}

describe('a scan over several workers', () => {
  it('gives what one gives, and ends its helpers', async () => {
    const one = await scanned(1);
    expect(FakeWorker.all).toEqual([]);
    expect(one.found.settled().map((hit) => RULES[hit.rule]!.name)).toEqual([
      ...['filter', 'statistic', 'in order', 'worked out', 'joined', 'single', 'mixed'],
    ]);
    for (const workers of [2, 3, 4]) {
      const several = await scanned(workers);
      expect(several.end).toEqual({ ...one.end, workers });
      expect(several.found.settled()).toEqual(one.found.settled());
      expect(several.end.complete).toBe(true);
    }
    expect(FakeWorker.all).toHaveLength(1 + 2 + 3);
    for (const { received, ended } of FakeWorker.all) {
      expect(received).toEqual(expect.arrayContaining(['open', 'rules', 'scanEvents', 'scanSearches']));
      expect(ended).toBe(true);
    }
  });

  it('events that are met by themselves and counted stand once', async () => {
    const { found } = await scanned(2);
    const hit = found.settled().find((one) => RULES[one.rule]!.name === 'mixed')!;
    const places = hit.events.map(({ file, record }) => `${file} ${record}`);
    expect(new Set(places).size).toBe(places.length);
    expect(hit.eventCount).toBe(places.length);
    expect(hit.results).toBeGreaterThan(hit.eventCount);
  });

  it('is cancelled in all of them', async () => {
    const session = await opened();
    const stop = new AbortController();
    const scan = session.scan(
      { sources, rules, workers: 3 },
      ({ progress }) => progress.step === 'events' && stop.abort(),
      stop.signal,
    );
    expect((await scan).complete).toBe(false);
    for (const { received, ended } of FakeWorker.all) {
      expect(received).not.toContain('scanSearches');
      expect(ended).toBe(true);
    }
    const early = await session.scan({ sources, rules, workers: 2 }, undefined, AbortSignal.abort());
    expect(early).toMatchObject({ complete: false, counts: { events: 0 } });
  });

  it('ends where a worker is lost, says so, and can begin again', async () => {
    const session = await opened();
    const told: ScanUpdate[] = [];
    const scan = session.scan({ sources, rules, workers: 3 }, (update) => {
      told.push(update);
      FakeWorker.all[0]!.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    });
    await expect(scan).rejects.toThrow('One of its workers was lost. out of memory');
    expect(FakeWorker.all.map(({ ended }) => ended)).toEqual([true, true]);
    expect(told.length).toBeGreaterThan(0);
    expect((await session.scan({ sources, rules, workers: 2 })).complete).toBe(true);
  });

  it('does without helpers where there are none to be had', async () => {
    const session = new ScanSession(async () => new Blob([JSON.stringify(RULES)]));
    await session.rules('/scan/rules.json');
    expect(await session.scan({ sources, rules, workers: 4 })).toMatchObject({ workers: 1, complete: true });
  });
});

describe('searches by thread', () => {
  const job = (search: number, ...files: number[][]): SearchJob => ({ search, events: files });
  const facts = (...of: number[]) => of.map((one) => ({ rule: one, whole: false, silent: true }));

  it('puts together what threads picked', () => {
    const done = (...files: number[][]): EventsDone => ({
      picked: [files.map((one) => Uint32Array.from(one)), [new Uint32Array(), new Uint32Array()]],
      searches: [...facts(0, 1), { rule: 2, whole: true, silent: false }],
      ...{ newest: null, seen: 9, found: 0, unasked: [], notes: [], problems: [], complete: true },
    });
    expect(jobsOf([done([1, 5], [2]), done([3], [])])).toEqual([
      { search: 0, events: [Uint32Array.from([1, 3, 5]), Uint32Array.from([2])] },
      { search: 2, events: 'whole' },
    ]);
  });

  it('leaves out what does not fit together, the largest first', () => {
    const small = job(0, [1, 2], [1]);
    const same = job(1, [1, 2], []);
    const large = job(2, [3, 4, 5], []);
    const whole: SearchJob = { search: 3, events: 'whole' };
    expect(fitting([large, whole, small, same], 10, 4)).toEqual({
      jobs: [small, same],
      left: [large, whole],
    });
    expect(fitting([large, whole, small], 10, 10).left).toEqual([]);
  });

  it('keeps the searches of a rule together, and no more events in memory than one thread would', () => {
    const jobs = [job(0, [1, 2, 3]), job(1, [4]), job(2, [1, 2, 3]), job(3, [9])];
    const two = divided(jobs, facts(0, 1, 2, 1), 2, 20, 100);
    expect(two.flat()).toHaveLength(4);
    expect(two.map((own) => own.filter(({ search }) => search === 1 || search === 3).length).sort()).toEqual([
      0, 2,
    ]);
    // Over two threads events 1, 2 and 3 would be held twice: eight in all.
    expect(divided(jobs, facts(0, 1, 2, 3), 2, 20, 8)).toHaveLength(2);
    expect(divided(jobs, facts(0, 1, 2, 3), 2, 20, 7)).toEqual([jobs]);
  });
});

it('tells the progress of the thread that is furthest behind', () => {
  const joint = new PartsProgress(2);
  const at = (step: ScanUpdate['progress']['step'], done: number, total: number, events: number) => ({
    ...{ step, done, total, events },
  });
  expect(joint.at(0, at('events', 50, 100, 5))).toEqual(at('events', 25, 100, 5));
  expect(joint.at(1, at('preparing', 3, 9, 0))).toMatchObject({ step: 'preparing', total: 9 });
  expect(joint.at(1, at('events', 100, 100, 10))).toEqual(at('events', 75, 100, 15));
  joint.begin(2);
  joint.at(0, at('searches', 2, 4, 9));
  expect(joint.at(1, at('picking', 40, 100, 3))).toEqual(at('picking', 70, 100, 3));
  expect(joint.at(1, at('searches', 1, 5, 6))).toEqual(at('searches', 3, 9, 15));
});

it('has as many workers as the machine and the log are worth', () => {
  expect(workersOn({ hardwareConcurrency: 16 })).toBe(2);
  expect(workersOn({ hardwareConcurrency: 16, deviceMemory: 32 })).toBe(4);
  expect(workersOn({ hardwareConcurrency: 2, deviceMemory: 16 })).toBe(2);
  expect(workersOn({ hardwareConcurrency: 8, deviceMemory: 4 })).toBe(1);
  expect(workersOn({ hardwareConcurrency: 8, deviceMemory: 0.5 })).toBe(1);
  expect([1000, 10 << 20, 1 << 30].map((bytes) => workersWorth(bytes, 4))).toEqual([1, 2, 4]);
});

it('counts a packed log by what it unpacks to', async () => {
  const text = 'one line of a log\n'.repeat(10_000);
  expect(await unpackedBytes(new Blob([text]))).toBe(text.length);
  expect(await unpackedBytes(new Blob([gzipSync(text)]))).toBe(text.length);
  expect(await unpackedBytes(new Blob([Uint8Array.of(0x1f, 0x8b, 1)]))).toBe(3);
  expect(await unpackedBytes(new Blob([]))).toBe(0);
});

it('rejects with the first part that does, and tells the others to end', async () => {
  let ended = false;
  const waiting = {
    events: (_: unknown, { signal }: { signal?: AbortSignal | undefined }) =>
      new Promise<EventsDone>(() => signal?.addEventListener('abort', () => (ended = true))),
    searches: () => Promise.reject(new Error('not asked')),
  };
  const failing = { ...waiting, events: () => Promise.reject(new Error('gone')) };
  await expect(scanInParts([waiting, failing])).rejects.toThrow('gone');
  expect(ended).toBe(true);
});
