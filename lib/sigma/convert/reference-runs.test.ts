/**
 * Queries of another converter, run: over published events, and over events made from each rule, they select what the
 * rule matches, or they do not. `fixtures/reference-runs.md` is the table of it. What the texts' comparison calls equal,
 * or equal in effect, has to be so by running; what it calls wrong has to select other events, or not run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EventDatabase } from '../../cli/test/duckdb.ts';
import { groupBy } from '../../collections.ts';
import { readAll } from '../../events/read/read.ts';
import { prepare, run, type Table } from '../../spl/index.ts';
import { compileRule } from '../match/compile.ts';
import { SigmaEvent } from '../match/event.ts';
import { predicateOf } from '../match/predicate.ts';
import type { SigmaRule } from '../rule/model.ts';
import { readSigma } from '../rule/read.ts';
import { type CheckEvents, checkEvents, checkTable, type SelectInDatabase } from './check.ts';
import { convert } from './convert.ts';
import { eventsThroughTests } from './fixtures/events-through-tests.ts';
import { judge } from './fixtures/reference-compare.ts';
import { markdownTable } from './fixtures/reference-table.ts';
import { madeEvents } from './made-events.ts';

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const OUTPUTS = join(SHARED, 'sigma/pysigma-outputs.ndjson.gz');
const CORPUS = join(SHARED, 'corpus/sigma');
const SETS = join(SHARED, 'events/sigma_regression');

interface Row {
  rule_path: string;
  backend: 'splunk' | 'sqlite';
  format: string;
  pipeline: string | null;
  output?: string | readonly string[];
}

interface Outcome {
  backend: Row['backend'];
  path: string;
  verdict: string;
  why: string;
  /** What came of running it. */
  ran: 'the same' | 'other events' | 'does not run';
}

const rows = (): Row[] =>
  gunzipSync(readFileSync(OUTPUTS))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
    .filter(
      ({ backend, format, pipeline, output }) =>
        (backend === 'splunk' || backend === 'sqlite') &&
        format === 'default' &&
        pipeline === null &&
        output !== undefined &&
        output.length > 0,
    );

async function publishedEvents(): Promise<SigmaEvent[]> {
  const paths = readdirSync(SETS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.evtx'))
    .sort();
  const read = await Promise.all(paths.map((path) => readAll(readFileSync(join(SETS, path)))));
  return read.flatMap(({ records }) => records.map((record) => new SigmaEvent(record)));
}

/** Numbers of the events that the query selects; undefined where it does not run. */
type Select = (query: string) => Promise<number[] | undefined>;

const inSplunk =
  (table: Table): Select =>
  async (query) => {
    const result = run(prepare(`search ${query} | table sl_number`), { events: table }, { now: 0 });
    if (result.error) return undefined;
    return result.rows.map((row) => Number(row.sl_number)).sort((a, b) => a - b);
  };

/**
 * SQLite's LIKE does not tell letter cases apart, as ILIKE of DuckDB; REGEXP is an operator there; a number or truth value
 * beside a text column becomes a text (true is 1). Texts stay.
 */
function asDuckDb(query: string): string {
  const outside = query
    .replace('SELECT * FROM <TABLE_NAME>', 'SELECT number FROM events')
    .split(/('(?:[^']|'')*')/)
    .map((part, at) => (at % 2 === 1 ? part : sqliteWords(part)))
    .join('');
  return outside.replace(/("[^"]*") REGEXP ('(?:[^']|'')*')/g, 'REGEXP_MATCHES($1, $2)');
}

const sqliteWords = (text: string): string =>
  text
    .replaceAll(' LIKE ', ' ILIKE ')
    .replace(/(?<!["\w.`])([A-Za-z_][\w.]*)(?=\s*(?:=| I?LIKE | REGEXP | IS ))/g, '"$1"')
    .replaceAll('`', '"')
    .replace(/=\s*(-?\d+)\b/g, "='$1'")
    .replace(/=\s*(true|false)\b/g, (_, word) => `='${word === 'true' ? 1 : 0}'`);

const inDatabase =
  (select: SelectInDatabase): Select =>
  async (query) => {
    try {
      return await select(`${asDuckDb(query)} ORDER BY number`);
    } catch {
      return undefined;
    }
  };

/** Columns under the names that the rules have for them. */
const underOwnNames = ({ records, columns }: CheckEvents): CheckEvents => ({
  records,
  columns: new Map([...columns.keys()].map((name) => [name, `"${name.replaceAll('"', '""')}"`])),
});

async function outcomesOf(
  path: string,
  given: readonly Row[],
  published: readonly SigmaEvent[],
  database: EventDatabase,
): Promise<Outcome[]> {
  const rule = readSigma(readFileSync(join(CORPUS, path), 'utf8')).documents[0] as SigmaRule;
  const compiled = compileRule(rule, { logsource: false });
  if (!('matches' in compiled)) return [];
  const made = [...madeEvents(compiled.expression), ...eventsThroughTests(compiled.expression)];
  const events = [...published, ...made.map((record) => new SigmaEvent(record))];
  const prepared = checkEvents([compiled], events);
  const { test } = predicateOf(compiled.expression, new Map());
  const wanted = prepared.records.flatMap((record, at) => (test(new SigmaEvent(record)) ? [at] : []));
  const outcomes: Outcome[] = [];
  for (const { backend, output = '' } of given) {
    const text = typeof output === 'string' ? output : output.join('\n');
    const ours = convert(rule, { backend, pipeline: 'none' }).output;
    if (ours === undefined) continue;
    const select =
      backend === 'splunk'
        ? inSplunk(checkTable(prepared))
        : inDatabase((await database.open(underOwnNames(prepared)))!);
    const found = await select(text);
    const ran =
      found === undefined ? 'does not run' : found.join() === wanted.join() ? 'the same' : 'other events';
    outcomes.push({ backend, path, ran, ...judge(backend, text, ours, compiled.expression) });
  }
  return outcomes;
}

describe.skipIf(![OUTPUTS, CORPUS, SETS].every(existsSync))(
  'queries of another converter (skipped where they are absent)',
  () => {
    it('select what the rule matches where their texts are called equal, and where they are called wrong do not', async () => {
      const published = await publishedEvents();
      const database = new EventDatabase();
      const byPath = groupBy(rows(), ({ rule_path }) => rule_path);
      const outcomes: Outcome[] = [];
      for (const [path, given] of byPath)
        outcomes.push(...(await outcomesOf(path, given, published, database)));
      const claimed = outcomes.filter(({ verdict }) => verdict.startsWith('equal'));
      await expect(tableOf(outcomes)).toMatchFileSnapshot('fixtures/reference-runs.md');
      expect(claimed.filter(({ ran }) => ran !== 'the same')).toEqual([]);
      expect(claimed.length).toBeGreaterThan(1_600);
      const wrong = outcomes.filter(({ verdict }) => verdict === 'reference wrong');
      expect(wrong.filter(({ ran }) => ran === 'the same')).toEqual([]);
      expect(claimed.length + wrong.length).toBe(outcomes.length);
    }, 400_000);
  },
);

const TITLES = { splunk: 'Splunk, in our engine', sqlite: 'SQLite, in DuckDB' } as const;

/** By backend and reason, how many select the same events, others, or do not run; then the rules of the last two. */
function tableOf(outcomes: readonly Outcome[]): string {
  const lines = ['# Queries of another converter, run', ''];
  for (const [backend, all] of groupBy(outcomes, (one) => one.backend)) {
    const groups = [...groupBy(all, ({ verdict, why }) => `${verdict} | ${why}`)];
    const rows = groups
      .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
      .map(([key, group]) => [
        ...key.split(' | '),
        ...(['the same', 'other events', 'does not run'] as const).map((ran) =>
          String(group.filter((one) => one.ran === ran).length),
        ),
      ]);
    const head = ['verdict of the texts', 'reason', 'the same', 'other events', 'does not run'];
    const wrong = all.filter(({ ran }) => ran !== 'the same').sort((a, b) => (a.path < b.path ? -1 : 1));
    lines.push(`## ${TITLES[backend]}`, '', ...markdownTable([head, ...rows]), '');
    lines.push('Other events, or none because it does not run:', '');
    lines.push(
      ...wrong.map(({ path, ran }) => `- ${path}${ran === 'does not run' ? ' (does not run)' : ''}`),
      '',
    );
  }
  return lines.join('\n');
}
