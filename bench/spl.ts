/**
 * The engine's speed, as ratios within one run: loading events, filtering, grouping, parsing, against DuckDB and jq on
 * the same question where they are installed. `npm run bench:spl [-- --events 1000000] [-- --browser]`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { NdjsonLoader, prepare, run, type Table } from '../lib/spl/index.ts';
import { duckDb } from './spl.duckdb.ts';
import { sysmonNdjson } from './spl.events.ts';
import { say } from './spl.say.ts';

const AND = 'process_name=msiexec.exe process="*http://*"';
const WILDCARD = 'process="*http://*"';
const STATS = '| stats count by dest, process_name';

interface Line {
  what: string;
  milliseconds: number;
  /** Millions of events, or megabytes, per second. */
  rate: string;
  aim: string;
}

function best(times: number, work: () => void): number {
  let least = Infinity;
  for (let i = 0; i < times; i += 1) {
    const started = performance.now();
    work();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

function millions(events: number, milliseconds: number): string {
  return `${(events / 1000 / milliseconds).toFixed(1)} M events/s`;
}

async function measure(count: number): Promise<void> {
  const chunks = [...sysmonNdjson(count, 1)];
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const lines: Line[] = [];
  say(`\n${count} events, ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / count).toFixed(0)} bytes each`);

  let table!: Table;
  const load = best(count > 200_000 ? 2 : 5, () => {
    const loader = new NdjsonLoader();
    for (const chunk of chunks) loader.push(chunk);
    table = loader.finish();
  });
  lines.push({
    what: 'load NDJSON into columns',
    milliseconds: load,
    rate: `${(bytes / 1000 / load).toFixed(0)} MB/s`,
    aim: '200 MB/s',
  });
  const decoder = new TextDecoder();
  const parse = best(2, () => {
    for (const chunk of chunks)
      for (const line of decoder.decode(chunk).split('\n')) if (line !== '') JSON.parse(line);
  });
  lines.push({
    what: '  JSON.parse of each line alone',
    milliseconds: parse,
    rate: `${(bytes / 1000 / parse).toFixed(0)} MB/s`,
    aim: '',
  });

  for (const [what, spl, aim] of [
    ['AND, first time', AND, ''],
    ['AND', AND, '60 M/s'],
    ['wildcard alone, first time', WILDCARD, ''],
    ['wildcard alone', WILDCARD, '12 M/s'],
    ['stats by two fields', STATS, '100 M/s'],
  ] as const) {
    let rows = 0;
    const milliseconds = best(what.endsWith('first time') ? 1 : 300, () => {
      // Prepared anew each time, so that no answer of an earlier run is kept.
      rows = run(prepare(spl), { events: table }, { now: 0 }).table.size;
    });
    lines.push({ what: `${what} (${rows} rows)`, milliseconds, rate: millions(count, milliseconds), aim });
  }
  print(lines);
  const rows = (spl: string): number => run(prepare(spl), { events: table }, { now: 0 }).table.size;
  await duckDb(chunks, count, { and: rows(AND), wildcard: rows(WILDCARD), stats: rows(STATS) });
  if (count <= 200_000) jq(chunks, rows(AND));
}

function jq(chunks: readonly Uint8Array[], expected: number): void {
  if (spawnSync('jq', ['--version']).status !== 0) {
    say('jq is not installed; left out');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'events.ndjson');
  const handle = openSync(file, 'w');
  for (const chunk of chunks) writeSync(handle, chunk);
  const filter =
    'select((.process_name|ascii_downcase)=="msiexec.exe" and (.process|ascii_downcase|contains("http://")))';
  const started = performance.now();
  const found = spawnSync('jq', ['-c', filter, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const milliseconds = performance.now() - started;
  const rows = found.stdout.trim().split('\n').filter(Boolean).length;
  say(
    `jq, file to rows: ${milliseconds.toFixed(0)} ms, ${rows === expected ? 'same rows' : `${rows} rows instead of ${expected}`}`,
  );
  rmSync(folder, { recursive: true });
}

function print(lines: readonly Line[]): void {
  for (const { what, milliseconds, rate, aim } of lines) {
    say(
      `${what.padEnd(44)} ${milliseconds.toFixed(2).padStart(9)} ms  ${rate.padStart(18)}  ${aim === '' ? '' : `aim ${aim}`}`,
    );
  }
}

function parsing(): void {
  const detection =
    '| tstats summariesonly=false allow_old_summaries=true fillnull_value=null count min(_time) as firstTime max(_time) as lastTime from datamodel=Endpoint.Processes where Processes.process_name IN ("reg.exe","powershell.exe") Processes.process="*\\\\Software\\\\Policies*" by Processes.dest Processes.user Processes.parent_process_name Processes.process_name Processes.process Processes.process_id | rename "Processes.*" as * | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime) | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(lastTime) | search *';
  const times: number[] = [];
  for (let i = 0; i < 300; i += 1) {
    const started = performance.now();
    prepare(detection);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  say(`parse and plan a usual detection: ${times[150]!.toFixed(3)} ms (median of 300), aim 1 ms`);
}

const events = process.argv.indexOf('--events');
const counts = events === -1 ? [100_000] : process.argv[events + 1]!.split(',').map(Number);
say(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`);
parsing();
for (const count of counts) await measure(count);
if (process.argv.includes('--browser')) {
  const { inBrowser } = await import('./spl.browser.ts');
  await inBrowser(counts);
}
