import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../content/compile.ts';
import { plainRecord } from '../../events/plain-record.ts';
import { readAll } from '../../events/read/read.ts';
import type { EventRecord } from '../../events/record.ts';
import type { RuleEnvironment } from '../environment.ts';
import { RUNNERS } from '../rule-run.ts';
import { environmentOf } from '../whole-environment.ts';
import { scan } from './in-one-thread.ts';
import { prepareRule } from './prepare.ts';
import type { PreparedRule } from './prepared.ts';
import { type Hit, type ScanFile, type ScanRule, scanRuleOf } from './report.ts';

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const CORPUS = join(SHARED, 'corpus/security_content');
const SSA = join(SHARED, 'corpus/ssa');
const SIGMA = join(SHARED, 'corpus/sigma/rules/windows/process_creation');
const EVENTS = ['windows', 'attack_data'].map((folder) => join(SHARED, 'events', folder));

const files = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file) && statSync(join(folder, file)).isFile())
    .sort()
    .map((file) => join(folder, file));

const inMemory = (name: string, records: readonly EventRecord[]): ScanFile => ({
  name,
  size: 0,
  async *read() {
    for (let at = 0; at < records.length; at += 100) yield records.slice(at, at + 100);
  },
});

const rule = (search: string, more: Partial<ScanRule> = {}): ScanRule => ({
  name: 'R',
  slug: 'r',
  path: 'r.yml',
  language: 'spl',
  search,
  techniques: [],
  falsePositives: '',
  ...more,
});

const bare = environmentOf({ macros: [], lookups: [] }, () => undefined);

/** What a rule gives by itself, in the words of a hit. */
function alone(each: ScanRule, records: readonly EventRecord[], environment: RuleEnvironment) {
  const result = RUNNERS[each.language].run(each, records, environment);
  if (result.error !== undefined || result.rows.length === 0) return undefined;
  const events = new Set(result.rows.flatMap((_, row) => result.eventsOf(row)));
  return { results: result.rows.length, events: [...events].sort((a, b) => a - b) };
}

const told = (hit: Hit | undefined) =>
  hit && { results: hit.results, events: hit.events.map(({ record }) => record) };

async function expectSame(
  rules: readonly ScanRule[],
  records: readonly EventRecord[],
  environment: RuleEnvironment,
): Promise<number> {
  const { hits } = await scan(rules, [inMemory('x', records)], environment);
  for (const [at, each] of rules.entries()) {
    expect({ rule: each.name, ...told(hits.find((hit) => hit.rule === at)) }).toEqual({
      rule: each.name,
      ...alone(each, records, environment),
    });
  }
  return hits.length;
}

const numbered = (rows: Record<string, string | string[]>[]): EventRecord[] =>
  rows.map((row, at) => plainRecord(row, {}, at));

describe('a scan gives what each rule gives by itself', () => {
  const records = numbered([
    { _time: '10', a: 'one', b: 'x', host: 'h1' },
    { _time: '20', a: 'Two words', b: 'y', host: 'h2' },
    {
      _time: '30',
      a: ['one', 'three'],
      host: 'h1',
      process: 'C:\\a.exe -x',
      process_name: 'a.exe',
      dest: 'd',
    },
    { _time: '40', c: '10.1.2.3', host: 'h2', process: 'b.exe', process_name: 'b.exe', dest: 'd' },
  ]);
  it.each([
    'a=one',
    'a=one OR b=y | stats count by host',
    'NOT a=one',
    'a!=one',
    'words',
    'a="*WORDS" | eval z=1',
    'c=10.0.0.0/8',
    'b IN (x, y) | table b',
    'a=nothing | stats count',
    'a=nothing | stats count by host',
    'a=one | append [search b=y]',
    'a=nothing | append [search b=y]',
    'a=one | join host [search b=x | fields host b]',
    'a=nothing | appendpipe [stats count]',
    'index=main | eventstats count | where count=4',
    '| tstats count from datamodel=Endpoint.Processes where Processes.process_name=a.exe by Processes.dest',
    '| tstats count from datamodel=Endpoint.Processes where Processes.user=unknown by Processes.process',
    '| tstats count from datamodel=Endpoint.Processes by Processes.process_name | where count > 0',
    '| from datamodel Endpoint.Processes | search process=*exe',
    '| tstats count from datamodel=Endpoint.Processes by Processes.dest | rename Processes.dest as dest | join dest [| tstats count from datamodel=Endpoint.Filesystem by Filesystem.dest | rename Filesystem.dest as dest]',
    '| tstats count from datamodel=Endpoint.Filesystem by Filesystem.dest | rename Filesystem.dest as dest | join dest [| tstats count from datamodel=Endpoint.Processes by Processes.dest | rename Processes.dest as dest] | stats count',
    '| tstats count from datamodel=Endpoint.Processes by Processes.dest | rename Processes.dest as dest | join type=left dest [| tstats count from datamodel=Endpoint.Filesystem by Filesystem.dest | rename Filesystem.dest as dest]',
    '| tstats count from datamodel=Endpoint.Processes by Processes.dest | rename Processes.dest as dest | join dest [| tstats count from datamodel=Endpoint.Processes where Processes.process_name=a.exe by Processes.dest | rename Processes.dest as dest]',
    '| tstats count from datamodel=Endpoint.Filesystem by Filesystem.dest | rename Filesystem.dest as dest | join type=outer dest [| tstats count from datamodel=Endpoint.Processes by Processes.dest | rename Processes.dest as dest]',
    '| tstats count from datamodel=Endpoint.Filesystem by Filesystem.dest | rename Filesystem.dest as dest | join type=left dest [| tstats count from datamodel=Endpoint.Processes by Processes.dest | rename Processes.dest as dest] | stats count',
    '| tstats count from datamodel=Endpoint.Processes by Processes.dest Processes.process_name | rename Processes.* as * | search process_name=a.exe | join type=outer dest [| tstats count from datamodel=Endpoint.Filesystem]',
    '| tstats count from datamodel=Endpoint.Processes by Processes.dest | join count [| tstats count from datamodel=Endpoint.Filesystem | eval count=2]',
    '| tstats count from datamodel=Endpoint.Filesystem by Filesystem.dest | append [| tstats count from datamodel=Endpoint.Processes by Processes.dest] | join count [| tstats count from datamodel=Endpoint.Processes by Processes.dest]',
    'earliest=-25s a=*',
    '| makeresults | eval a=1',
    'a=one | map search="search b=x"',
  ])('%s', async (search) => {
    const own = rule(search);
    const reads = !search.startsWith('| makeresults');
    if (reads) await expectSame([own, rule('b=x')], records, bare);
    else {
      const { hits, unasked } = await scan([own], [inMemory('x', records)], bare);
      expect(hits).toEqual([]);
      expect(unasked).toMatchObject([{ rule: 0, code: 'reads-no-events' }]);
    }
  });

  it('picks events for searches that work their fields out first, batch by batch', async () => {
    const read =
      '| from read_ssa_enriched_events() | eval a=ucast(map_get(input_event, "a"), "string", null)';
    const rules = [
      `${read} | where a="one" | eval b=upper(a) | into write_ssa_detected_events();`,
      `${read} | where a != null | rename a as c | where match_regex(c, /o$/)=true | stats count() as n by c;`,
      `${read} | where a="nothing" | stats count() as n;`,
      `${read} | eval t=time() | where t > 0;`,
      `${read} | stats count() as n by a | where n > 1;`,
      `${read} | where nosuch(a);`,
    ].map((search) => rule(search, { language: 'spl2' }));
    const texts = ['one', 'two', 'zero', ''];
    const many = numbered(Array.from({ length: 9000 }, (_, at) => ({ a: texts[((at * 7) % 31) % 4]! })));
    expect(await expectSame(rules, many, bare)).toBe(5);
    const { hits } = await scan(rules, [inMemory('1', many.slice(0, 5)), inMemory('2', many)], bare);
    expect(hits[0]!.events.map(({ file, record }) => [file, record]).slice(0, 3)).toEqual(
      [...many.keys()]
        .filter((at) => at < 5 && texts[((at * 7) % 31) % 4] === 'one')
        .map((at) => [0, at])
        .concat([[1, 0]])
        .slice(0, 3),
    );
  });

  it('joins filters of other files, and says so', async () => {
    const base =
      'title: B\nname: base\nlogsource: {product: x}\ndetection: {s: {kind: logon}, condition: s}\n';
    const filter =
      'title: No admins\nlogsource: {product: x}\nfilter: {rules: [base], s: {user: a}, condition: not s}\n';
    const records = [
      { kind: 'logon', user: 'a' },
      { kind: 'logon', user: 'b' },
    ].map((fields, number) => plainRecord(fields, {}, number));
    const environment = environmentOf({ macros: [], lookups: [], sigmaFiles: [filter] }, () => undefined);
    const rules = [rule(base, { language: 'sigma' }), rule(filter, { language: 'sigma' })];
    const report = await scan(rules, [inMemory('a', records)], environment);
    expect(report.hits.map(told)).toEqual([{ results: 1, events: [1] }]);
    expect(report.notes).toEqual([
      { rule: 0, code: 'sigma-filter-joined', message: expect.stringContaining('“No admins”') },
    ]);
    expect(report.unasked).toMatchObject([{ rule: 1, code: 'sigma-filter' }]);
  });

  it('tells what cannot be run, and of Sigma rules beside searches', async () => {
    const sigma = 'title: T\nlogsource: {product: x}\ndetection:\n  s: {a: one}\n  condition: s\n';
    const rules = [rule('a=one | nosuchcommand'), rule(sigma, { language: 'sigma' }), rule('`gone` a=one')];
    const grown: number[] = [];
    const report = await scan(rules, [inMemory('x', records)], bare, {
      onUpdate: ({ hits }) => grown.push(...hits.flatMap(({ rule: at, results }) => [at, results])),
    });
    expect(report.unasked.map(({ rule: at }) => at)).toEqual([0, 2]);
    expect(report.hits).toMatchObject([
      { rule: 1, results: 2, events: [{ record: 0, host: 'h1', time: 10 }, { record: 2 }] },
    ]);
    expect(grown).toEqual([1, 2]);
    expect(report).toMatchObject({ counts: { events: 4, found: 2 }, complete: true, problems: [] });
  });

  it('reads no event again for searches that fail whatever they are run over', async () => {
    const read = '| from read_ssa_enriched_events() | eval a=concat(input_event.a, "x") | where a != null';
    const rules = [
      rule(`${read} | apply_model name="m" | into sink;`, { language: 'spl2' }),
      rule('a=one | apply nosuchmodel'),
      rule('a=one | stats count | appendcols [search b=* | apply nosuchmodel]'),
    ];
    let readings = 0;
    const file: ScanFile = {
      ...inMemory('x', records),
      read: (...args) => {
        readings += 1;
        return inMemory('x', records).read(...args);
      },
    };
    const report = await scan(rules, [file], bare);
    expect(report.hits).toEqual([]);
    expect(report.unasked.map(({ rule: at, code }) => [at, code])).toEqual([
      [0, 'command-unsupported'],
      [1, 'model-missing'],
      [2, 'model-missing'],
    ]);
    expect(readings).toBe(1);
  });

  it('counts events for Sigma rules, over all files', async () => {
    const base = 'title: B\nname: base\nlogsource: {product: x}\ndetection: {s: {a: "*o*"}, condition: s}\n';
    const counting = `${base}---\ntitle: C\ncorrelation: {type: event_count, rules: [base], timespan: 1m, condition: {gte: 4}}\n`;
    const mixed = `${base.replace('condition: s', 'condition: [s, s | count() >= 4]').replaceAll('base', 'mixed')}`;
    const rules = [rule(counting, { language: 'sigma' }), rule(mixed, { language: 'sigma' })];
    const report = await scan(rules, [inMemory('1', records), inMemory('2', records)], bare);
    expect(report.unasked).toEqual([]);
    const places = [0, 1].flatMap((file) => [0, 1, 2].map((record) => [file, record]));
    expect(report.hits.map(({ events }) => events.map(({ file, record }) => [file, record]))).toEqual([
      places,
      places,
    ]);
    expect(report.hits).toMatchObject([
      { rule: 0, results: 1, eventCount: 6, rows: [{ event_count: 6 }] },
      { rule: 1, results: 7, eventCount: 6 },
    ]);
    expect(report.counts.found).toBe(6);
    for (const each of rules) await expectSame([each], records, bare);
  });

  it('fills messages in, and keeps files apart', async () => {
    const risk = {
      message: 'Seen on $host$',
      entities: [{ field: 'host', type: 'system', score: 1, primary: true }],
    };
    const { hits } = await scan(
      [rule('b=*', { risk: { ...risk, threatObjects: [] } })],
      [inMemory('1', records), inMemory('2', records)],
      bare,
    );
    expect(hits[0]).toMatchObject({ results: 4, messages: ['Seen on h2', 'Seen on h1'] });
    expect(hits[0]!.events.map(({ file, record }) => [file, record])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  it('ends when it is told to, and says what could not be read', async () => {
    const stopped = new AbortController();
    stopped.abort();
    const cut = await scan([rule('a=one')], [inMemory('x', records)], bare, { signal: stopped.signal });
    expect(cut.complete).toBe(false);
    const broken: ScanFile = {
      name: 'y',
      size: 0,
      async *read() {
        yield [];
        throw new Error('gone');
      },
    };
    const report = await scan([rule('a=one')], [broken, inMemory('x', records)], bare);
    expect(report.problems).toEqual([{ file: 0, message: 'gone' }]);
    expect(report.hits[0]).toMatchObject({ results: 2 });
  });
});

describe.skipIf(![CORPUS, SSA, SIGMA].every(existsSync))(
  'published rules (skipped where they are absent)',
  () => {
    let rules: ScanRule[] = [];
    let environment: RuleEnvironment;
    let records: EventRecord[] = [];
    /** Rules that find something among all records: most rules find nothing in any small sample. */
    let firing: ScanRule[] = [];

    beforeAll(async () => {
      const catalog = await compile([CORPUS, SSA]);
      environment = environmentOf(catalog, (lookup) =>
        lookup.table === undefined ? undefined : readFileSync(join(CORPUS, lookup.table.path), 'utf8'),
      );
      const sigma = files(SIGMA, /\.yml$/).map((path) =>
        rule(readFileSync(path, 'utf8'), { language: 'sigma', name: path }),
      );
      rules = [...catalog.detections.map(scanRuleOf), ...sigma];
      const logs = EVENTS.flatMap((folder) => files(folder, /\.(?:ndjson|log|xml|json)(?:\.gz)?$/)).filter(
        (path) => !path.endsWith('expected.ndjson'),
      );
      for (const path of logs) {
        const read = await readAll(readFileSync(path), { name: path });
        // Of each log the first events: every kind of them, in the time of one.
        records.push(...read.records.slice(0, 25));
      }
      records = records.map((record, number) => Object.create(record, { number: { value: number } }));
      const { hits } = await scan(rules, [inMemory('x', records)], environment);
      firing = hits.map((hit) => rules[hit.rule]!);
    }, 240_000);

    it('fires rules of every kind', () => {
      expect(new Set(firing.map(({ language }) => language))).toEqual(new Set(['spl', 'spl2', 'sigma']));
    });

    it('what a build works out gives the same, and silent searches are silent', async () => {
      const prepared = rules.map(
        (each): ScanRule => ({
          ...each,
          prepared: JSON.parse(JSON.stringify(prepareRule(each, environment))) as PreparedRule,
        }),
      );
      const some = records.filter((_, at) => at % 5 === 0);
      const expected = await scan(
        prepared.map(
          ({ prepared: how, ...each }): ScanRule =>
            how?.kind === 'search' ? { ...each, prepared: { ...how, silent: false } } : each,
        ),
        [inMemory('x', some)],
        environment,
      );
      expect(await scan(prepared, [inMemory('x', some)], environment)).toEqual(expected);
      expect(expected.hits.length).toBeGreaterThan(50);
      expect(
        prepared.filter(({ prepared: how }) => how?.kind === 'search' && how.silent).length,
      ).toBeGreaterThan(500);
    }, 240_000);

    it('random subsets of rules over random subsets of events', async () => {
      let fired = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(rules, { minLength: 20, maxLength: 20 }),
          fc.shuffledSubarray(firing, { minLength: 10, maxLength: 10 }),
          fc.integer({ min: 0, max: 6 }),
          async (some, likely, share) => {
            const own = records
              .filter((_, at) => at % 7 === share || at % 3 === 0)
              .map((record, number) => Object.create(record, { number: { value: number } }) as EventRecord);
            fired += await expectSame([...new Set([...some, ...likely])], own, environment);
          },
        ),
        { numRuns: 4 },
      );
      expect(fired).toBeGreaterThan(0);
    }, 240_000);
  },
);
