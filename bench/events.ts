/**
 * How fast events are read: MB/s and records/s per format, framing alone and with all fields, in Node and in Chromium;
 * peak memory for a long stream through a filter; whole processes beside others. `npm run bench:events [--
 * --part formats|browser|peers|stream] [-- --stream-mb 1024] [-- --times 3] [-- --data DIR]`.
 *
 * Inputs are made here, so that the figures can be had anywhere; real logs are measured too where DIR has them
 * (default `../shared/events`). The best of several times counts, because machines are shared.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { readEvents } from '../lib/events/read/read.ts';
import { fullFile } from './events.evtx.ts';
import { auditEvent, csvEvent, jsonEvent, made, xmlEvent } from './events.inputs.ts';
import { type Measured, measure, row } from './events.measure.ts';
import { say } from './spl.say.ts';

const { values: options } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    'stream-mb': { type: 'string', default: '1024' },
    times: { type: 'string', default: '3' },
    data: { type: 'string', default: '../shared/events' },
  },
});
const times = Number(options.times);

const filesUnder = (folder: string, ending: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => ending.test(file))
        .map((file) => join(folder, file))
    : [];

const realEvtx = (): Buffer[] =>
  filesUnder(join(options.data, 'sigma_regression'), /\.evtx$/).map((file) => readFileSync(file));

function inputs(): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>([
    ['NDJSON, made', made(jsonEvent, 60)],
    ['XmlWinEventLog, made', made(xmlEvent, 60)],
    ['CSV, made', made(csvEvent, 20, 'time,src,user,request,status,bytes\n')],
    ['auditd, made', made(auditEvent, 30)],
  ]);
  const lines = join(options.data, 'bench/pc6001_sigma_bench.ndjson.gz');
  if (existsSync(lines)) found.set('NDJSON, real', new Uint8Array(gunzipSync(readFileSync(lines))));
  const xml = filesUnder(join(options.data, 'attack_data'), /sysmon[^/]*\.log$/).map((file) =>
    readFileSync(file),
  );
  if (xml.length > 0)
    found.set(
      'XmlWinEventLog, real',
      new Uint8Array(Buffer.concat(Array.from({ length: 100 }, () => xml).flat())),
    );
  const logs = realEvtx();
  if (logs.length > 0) found.set('.evtx, full chunks', new Uint8Array(fullFile(logs, 400).bytes));
  return found;
}

async function inNode(all: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of all) {
    for (const fields of [false, true]) {
      let best: Measured | undefined;
      for (let n = 0; n < times; n++) {
        const measured = await measure(bytes, fields);
        if (best === undefined || measured.seconds < best.seconds) best = measured;
      }
      if (best !== undefined) say(row('Node', name, fields, best));
    }
  }
}

async function longStream(): Promise<void> {
  const megabytes = Number(options['stream-mb']);
  const block = made(jsonEvent, 8);
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (let sent = 0; sent < megabytes * 1e6; sent += block.length) {
      for (let at = 0; at < block.length; at += 65_536) yield block.slice(at, at + 65_536);
    }
  }
  let peak = 0;
  let kept = 0;
  const begun = performance.now();
  const stream = readEvents(endless());
  for await (const batch of stream) {
    for (const record of batch)
      if (record.raw.includes('"src_ip":"10.0.7.1"') && record.fields.get('src_port') === '30880') kept++;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - begun) / 1000;
  say(
    `Stream: ${(stream.summary.counts.bytes / 1e6).toFixed(0)} MB of NDJSON through a filter in ${seconds.toFixed(1)} s (${(stream.summary.counts.bytes / 1e6 / seconds).toFixed(0)} MB/s), ${kept} kept, peak ${(peak / 2 ** 20).toFixed(0)} MiB resident`,
  );
}

async function beside(): Promise<void> {
  const { besidePeers } = await import('./events.peers.ts');
  const lines = made(jsonEvent, 100);
  const logs = realEvtx();
  const large = fullFile(logs, 800);
  const small = fullFile(logs, 24);
  await besidePeers(
    { bytes: lines, records: lines.reduce((sum, byte) => sum + (byte === 0x0a ? 1 : 0), 0) },
    logs.length === 0
      ? undefined
      : {
          large: large.bytes,
          largeRecords: large.records,
          small: small.bytes,
          smallRecords: small.records,
        },
  );
}

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  formats: () => inNode(inputs()),
  browser: async () => (await import('./events.browser.ts')).inBrowser(inputs(), times),
  peers: beside,
  stream: longStream,
};

if (options.part === 'all') {
  say(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`);
  // Each in a process of its own, because memory that one left behind would count as the stream's.
  for (const part of Object.keys(PARTS)) {
    const again = [fileURLToPath(import.meta.url), ...process.argv.slice(2), '--part', part];
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...again], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
} else {
  const part = PARTS[options.part];
  if (part === undefined) throw new Error(`--part is one of ${Object.keys(PARTS).join(', ')}.`);
  await part();
}
