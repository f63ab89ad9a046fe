/** Ours beside python-evtx, libevtx and jq: whole processes from a file to text, in one run over the same file. */

import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { say } from './spl.say.ts';

/** Source address that the filter asks for; one event of 250 has it. */
const ADDRESS = '10.0.7.1';
const TIME = '/usr/bin/time';

interface Run {
  /** CPU seconds where GNU time is there, otherwise wall seconds. */
  seconds: number;
  /** Peak resident memory in MiB; NaN without GNU time. */
  memory: number;
  /** Records that came out. */
  records: number;
}

interface Peer {
  name: string;
  command: readonly string[];
  /** What stands once in every record that comes out. */
  mark: string;
}

const installed = (command: string): boolean => spawnSync('which', [command]).status === 0;

function timed(folder: string, { command, mark, name }: Peer): Run {
  const report = join(folder, 'time');
  const output = join(folder, 'output');
  const handle = openSync(output, 'w');
  const measured = existsSync(TIME) ? [TIME, '-f', '%U %S %M', '-o', report, ...command] : [...command];
  const started = performance.now();
  const [program = '', ...parameters] = measured;
  const { status } = spawnSync(program, parameters, { stdio: ['ignore', handle, 'pipe'] });
  const wall = (performance.now() - started) / 1000;
  closeSync(handle);
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${command.join(' ')}`);
  const text = readFileSync(output);
  let records = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) records++;
  if (!existsSync(TIME)) return { seconds: wall, memory: Number.NaN, records };
  const [user = 0, system = 0, kilobytes = 0] = readFileSync(report, 'utf8').trim().split(' ').map(Number);
  return { seconds: user + system, memory: kilobytes / 1024, records };
}

function compare(folder: string, what: string, count: number, ours: Peer, peers: readonly Peer[]): void {
  const line = (name: string, run: Run, ratio: string) =>
    say(
      `${what.padEnd(28)}  ${name.padEnd(12)}  ${run.seconds.toFixed(2).padStart(7)} CPU s  ${Math.round(
        count / run.seconds,
      )
        .toLocaleString('en')
        .padStart(9)} records/s  ${run.memory.toFixed(0).padStart(4)} MiB  ${run.records} out  ${ratio}`,
    );
  const own = timed(folder, ours);
  line(ours.name, own, '');
  for (const peer of peers) {
    const [program = ''] = peer.command;
    if (!installed(program)) {
      say(`${what.padEnd(28)}  ${peer.name.padEnd(12)}  not installed`);
      continue;
    }
    const run = timed(folder, peer);
    const different = run.records === own.records ? '' : `, ${own.records} of ours`;
    line(peer.name, run, `${(run.seconds / own.seconds).toFixed(1)} times ours${different}`);
  }
}

export async function besidePeers(
  ndjson: { bytes: Uint8Array; records: number },
  evtx: { large: Uint8Array; largeRecords: number; small: Uint8Array; smallRecords: number } | undefined,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-events-'));
  try {
    const program = join(folder, 'process.mjs');
    await build({
      entryPoints: [new URL('./events.process.ts', import.meta.url).pathname],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
      logLevel: 'error',
    });
    const ours = (file: string, mark: string, ...more: string[]): Peer => ({
      name: 'Sightline',
      command: [process.execPath, program, file, ...more],
      mark,
    });
    const lines = join(folder, 'events.ndjson');
    writeFileSync(lines, ndjson.bytes);
    const filter = `select(.src_ip == "${ADDRESS}")`;
    compare(folder, 'NDJSON through a filter', ndjson.records, ours(lines, '"flow_id"', ADDRESS), [
      { name: 'jq', command: ['jq', '-c', filter, lines], mark: '"flow_id"' },
    ]);
    if (evtx === undefined) say('.evtx beside others: no files; name a folder with --data');
    else {
      const large = join(folder, 'large.evtx');
      const small = join(folder, 'small.evtx');
      writeFileSync(large, evtx.large);
      writeFileSync(small, evtx.small);
      compare(folder, '.evtx to XML', evtx.largeRecords, ours(large, '<Event '), [
        { name: 'evtxexport', command: ['evtxexport', '-f', 'xml', large], mark: '<Event ' },
      ]);
      // Of this one a second's work is thousands of ours: a small file, in which our start counts for most.
      compare(folder, '.evtx to XML, small file', evtx.smallRecords, ours(small, '<Event '), [
        { name: 'python-evtx', command: ['evtx_dump.py', small], mark: '<Event ' },
      ]);
    }
    say('Zircolite: not measured, no package of it was found');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
