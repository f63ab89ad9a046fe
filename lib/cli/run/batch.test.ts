import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main as parse } from '../commands/parse.ts';
import { main as runCommand } from '../commands/run.ts';
import { called } from '../test-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'batch-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, lines: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return path;
}

async function batch(...requests: unknown[]): Promise<Record<string, unknown>[]> {
  const { out } = await called(runCommand, ...['--batch', file('batch.ndjson', requests)]);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('run --batch', () => {
  it('answers each line with rows, absent fields without a key and multivalues as arrays', async () => {
    const [answer] = await batch({
      id: 'a',
      spl: '| eval both=mvappend(x, "2") | table x y both',
      rows: [{ x: '1', y: null }, { y: 'b' }],
    });
    expect(answer).toEqual({
      id: 'a',
      rows: [
        { x: '1', both: ['1', '2'] },
        { y: 'b', both: '2' },
      ],
      fields: ['x', 'y', 'both'],
      notes: [],
    });
  });

  it('takes lookups, macros, now and a time zone', async () => {
    const [answer] = await batch({
      id: 1,
      spl: '`only(h*)` | lookup hosts host OUTPUT owner | eval day=strftime(now(), "%H"), w=relative_time(now(), "@d")',
      rows: [{ host: 'h1' }, { host: 'x' }],
      macros: { 'only(1)': { args: ['p'], definition: 'search host=$p$' } },
      lookups: {
        hosts: {
          rows: [{ host: 'H*', owner: 'ann' }],
          match_type: 'WILDCARD(host)',
          case_sensitive_match: 'false',
        },
      },
      now: 1_700_000_000,
      tz: 'America/New_York',
    });
    expect(answer?.rows).toEqual([{ host: 'h1', owner: 'ann', day: '17', w: 1_699_938_000 }]);
  });

  it('goes on after a line that cannot be run and says what was wrong', async () => {
    const answers = await batch(
      '{not json',
      { id: 2, spl: '| nosuchcommand' },
      { id: 3 },
      { id: 4, spl: '| makeresults | fields - _time' },
    );
    expect(answers.map((answer) => (answer.error as { code: string } | undefined)?.code)).toEqual([
      'batch-line',
      'command-unsupported',
      'batch-request',
      undefined,
    ]);
    expect(answers[3]).toMatchObject({ id: 4, rows: [{}], fields: [] });
  });

  it('reads log text, several texts, CSV lookups, times without a zone; says what is wrong with a request', async () => {
    const answers = await batch(
      { id: 1, spl: 'n=* | stats count by n', events: '2026-01-15T10:00:00Z n=1\n2026-01-15T10:00:01Z n=2' },
      {
        id: 2,
        spl: 'n=* | table n',
        events: ['2026-01-15T10:00:00Z n=1', '{"time":"2026-01-15T10:00:09Z","n":2}'],
      },
      { id: 3, spl: '| lookup l k', rows: [{ k: 'a' }], lookups: [{ name: 'l', rows: 'k,v\na,1' }] },
      { id: 4, spl: '| eval t=now()', rows: [{}], now: '2023-11-14 22:13:20', tz: null },
      { id: 5, spl: '| eval t=now()', rows: [{}], now: 'soon' },
      { id: 6, spl: '*', rows: 'x' },
      { id: 7, spl: '*', events: [{}, 'x'] },
      [],
    );
    expect(answers.slice(0, 4).map(({ rows }) => rows)).toEqual([
      [
        { n: '1', count: 1 },
        { n: '2', count: 1 },
      ],
      [{ n: '2' }, { n: '1' }],
      [{ k: 'a', v: '1' }],
      [{ t: 1_700_000_000 }],
    ]);
    const codes = answers.slice(4).map(({ error }) => (error as { code: string }).code);
    expect(codes).toEqual(['batch-request', 'batch-request', 'batch-request', 'batch-line']);
  });

  it('gives events newest first and finds data models in them', async () => {
    const events = [
      { _time: 1, process_name: 'a.exe', process: 'a', process_id: '1', dest: 'h' },
      { _time: 2, process_name: 'a.exe', process: 'b', process_id: '2', dest: 'h' },
    ];
    const [order, model] = await batch(
      { id: 1, spl: 'process_name=A.EXE | table process', events },
      {
        id: 2,
        spl: '| tstats count values(Processes.process) as p from datamodel=Endpoint.Processes by Processes.dest Processes.user',
        events,
      },
    );
    expect(order?.rows).toEqual([{ process: 'b' }, { process: 'a' }]);
    expect(model?.rows).toEqual([
      { 'Processes.dest': 'h', 'Processes.user': 'unknown', count: 2, p: ['a', 'b'] },
    ]);
  });
});

describe('run', () => {
  const path = file('events.ndjson', [
    { _time: 1700000000, sourcetype: 'plain', source: 'test', host: 'h1', user: 'a,b' },
    { _time: 1700000060, sourcetype: 'plain', source: 'test', host: 'h2', user: 'c' },
  ]);

  it('prints rows as a table, JSON, CSV and NDJSON', async () => {
    const spl = '| stats count by host user | sort host';
    const json = await called(runCommand, ...['--spl', spl, '--events', path, '--format', 'json']);
    expect(JSON.parse(json.out)).toEqual([
      { host: 'h1', user: 'a,b', count: 1 },
      { host: 'h2', user: 'c', count: 1 },
    ]);
    const csv = await called(runCommand, ...['--spl', spl, '--events', path, '--format', 'csv']);
    expect(csv.out).toBe('host,user,count\nh1,"a,b",1\nh2,c,1\n');
    const table = await called(runCommand, ...['--spl', spl, '--events', path]);
    expect(table.out).toContain('2 rows');
    const lines = await called(runCommand, ...['--spl', spl, '--events', path, '--format', 'ndjson']);
    expect(lines.out.split('\n')).toHaveLength(3);
  });

  it('shows the trace and ends with 1 on an error, 2 on wrong usage', async () => {
    const traced = await called(
      runCommand,
      ...['--spl', 'host=h1 | stats count', '--events', path, '--trace'],
    );
    expect(traced.code).toBe(0);
    expect(traced.err).toMatch(/search\s+filter\s+2 → 1/);
    expect((await called(runCommand, ...['--spl', 'host=h1 | nosuch', '--events', path])).code).toBe(1);
    expect((await called(runCommand, ...[])).code).toBe(2);
    expect((await called(runCommand, ...['--spl', '*', '--format', 'xml'])).code).toBe(2);
    expect((await called(runCommand, ...['--spl', '*', '--events', 'nowhere.log'])).code).toBe(2);
  });
});

describe('parse --batch', () => {
  it('answers with what each search is made of', async () => {
    const { out } = await called(
      parse,
      ...['--batch', file('parse.ndjson', [{ id: 'p', spl: 'index=x `m` | stats count by host' }])],
    );
    const answer = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual([
      'id',
      'ok',
      'diagnostics',
      'commands',
      'fields_read',
      'macros',
      'formatted',
    ]);
    expect(answer).toMatchObject({ id: 'p', ok: true, commands: ['search', 'stats'], macros: ['m'] });
  });

  it('asks for a search where none is given', async () => {
    for (const spl of [[], ['--spl', ''], ['--spl', '  ']]) {
      const { code, err } = await called(parse, ...spl);
      expect([code, err]).toEqual([2, 'Give a search with --spl, or a batch file with --batch.\n']);
    }
  });

  it('answers a line that is no request with the same keys, and passes over a byte order mark', async () => {
    const { out } = await called(
      parse,
      ...['--batch', file('odd.ndjson', ['\uFEFF{"id":1,"spl":"a=1"}', 'nope', { id: 3 }])],
    );
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answers.map(({ id, ok }) => [id, ok])).toEqual([
      [1, true],
      [null, false],
      [3, false],
    ]);
    expect(Object.keys(answers[1]!)).toEqual(Object.keys(answers[0]!));
  });
});
