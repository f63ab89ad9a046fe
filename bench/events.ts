/**
 * How fast events are read: MB/s and records/s per format, framing alone and with all fields, and peak memory for a
 * long stream through a filter. `npx tsx bench/events.ts [--part formats|stream]
 * [--stream-mb 1024] [--data DIR]`.
 *
 * Inputs are made here, so that the figures can be had anywhere; real logs are measured too where DIR has them
 * (default `../shared/events`).
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { readEvents } from '../lib/events/read/read.ts';
import type { EventInput } from '../lib/events/record.ts';

const { values: options } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    'stream-mb': { type: 'string', default: '1024' },
    data: { type: 'string', default: '../shared/events' },
  },
});

const xmlEvent = (n: number) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385F-C22A-43E0-BF4C-06F5698FFBD9}'/><EventID>1</EventID><Version>5</Version><Level>4</Level><Task>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='2025-10-08T11:03:46.6179203Z'/><EventRecordID>${n}</EventRecordID><Correlation/><Execution ProcessID='2912' ThreadID='3424'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws-${n % 50}.example.org</Computer><Security UserID='S-1-5-18'/></System><EventData><Data Name='RuleName'>-</Data><Data Name='UtcTime'>2025-10-08 11:03:46.615</Data><Data Name='ProcessGuid'>{96128EA2-F212-5F7E-E400-000000007F01}</Data><Data Name='ProcessId'>${n % 9000}</Data><Data Name='Image'>C:\\Windows\\System32\\cmd.exe</Data><Data Name='FileVersion'>10.0.14393.0 (rs1_release.160715-1616)</Data><Data Name='Description'>Windows Command Processor</Data><Data Name='Product'>Windows</Data><Data Name='Company'>Microsoft Corporation</Data><Data Name='OriginalFileName'>Cmd.Exe</Data><Data Name='CommandLine'>"C:\\Windows\\system32\\cmd.exe" /c "echo ${n} &amp; whoami /all"</Data><Data Name='CurrentDirectory'>C:\\Users\\a\\</Data><Data Name='User'>EXAMPLE\\user${n % 20}</Data><Data Name='IntegrityLevel'>High</Data><Data Name='Hashes'>MD5=F4F684066175B77E0C3A000549D2922C,SHA256=935C1861DF1F4018D698E8B65ABFA02D7E9037D8F68CA3C2065B6CA165D44AD2</Data><Data Name='ParentProcessGuid'>{96128EA2-F211-5F7E-DF00-000000007F01}</Data><Data Name='ParentProcessId'>4624</Data><Data Name='ParentImage'>C:\\Windows\\explorer.exe</Data><Data Name='ParentCommandLine'>explorer.exe</Data></EventData></Event>\n`;

const jsonEvent = (n: number) =>
  `${JSON.stringify({ timestamp: '2025-10-17T01:24:52.149017+0000', flow_id: 721124494649885 + n, in_iface: 'ens5', event_type: 'flow', src_ip: `10.0.${n % 250}.1`, src_port: 30880, dest_ip: '192.0.2.2', dest_port: 80, proto: 'TCP', app_proto: 'http', flow: { pkts_toserver: 6, pkts_toclient: 4, bytes_toserver: 640 + n, bytes_toclient: 660, start: '2025-10-17T01:20:23.829981+0000', end: '2025-10-17T01:22:11.831172+0000', age: 108, state: 'closed', reason: 'timeout', alerted: false }, tcp: { tcp_flags: '1b', syn: true, fin: true, psh: true, ack: true, state: 'closed' }, note: 'x'.repeat(300) })}\n`;

const csvEvent = (n: number) =>
  `2025-10-17T01:24:52Z,10.0.0.${n % 250},user${n},"GET /index?q=${n}",200,${n * 7}\n`;
const auditEvent = (n: number) =>
  `type=SYSCALL msg=audit(1723035666.627:${n}): arch=c000003e syscall=59 success=yes exit=0 a0=556a6d697a58 a1=556a6d68ad00 items=2 ppid=1300 pid=${n} auid=1000 uid=0 gid=0 tty=pts1 ses=1 comm="lsmod" exe="/usr/bin/kmod" key="rootcmd"\u001dARCH=x86_64 SYSCALL=execve AUID="ubuntu" UID="root"\n`;

const encoder = new TextEncoder();

const filesUnder = (folder: string, ending: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => ending.test(file))
        .map((file) => join(folder, file))
    : [];

/** About `megabytes` of the events, one after another. */
function made(event: (n: number) => string, megabytes: number, before = ''): Uint8Array {
  const block: string[] = [before];
  let size = 0;
  for (let n = 0; size < megabytes * 1e6; n++) {
    const text = event(n);
    block.push(text);
    size += text.length;
  }
  return encoder.encode(block.join(''));
}

async function measure(name: string, input: () => EventInput, fields: boolean): Promise<void> {
  const stream = readEvents(input());
  let seen = 0;
  const start = performance.now();
  for await (const batch of stream) {
    for (const record of batch) {
      seen += fields ? record.fields.size + (record.time ?? 0) : 1;
    }
  }
  const seconds = (performance.now() - start) / 1000;
  const { bytes, records, skipped } = stream.summary.counts;
  const row = [
    name.padEnd(26),
    stream.summary.format.padEnd(13),
    fields ? 'all fields' : 'read      ',
    `${(bytes / 1e6 / seconds).toFixed(0).padStart(5)} MB/s`,
    `${Math.round(records / seconds)
      .toLocaleString('en')
      .padStart(10)} records/s`,
    `${records} records, ${skipped} skipped`,
  ];
  if (seen >= 0) process.stdout.write(`${row.join('  ')}\n`);
}

/**
 * A record's binary XML without the template definitions that stand in it, so that it can stand again in the same chunk
 * and refer to the first. `at` and the sizes are those of [MS-EVEN6] 2.2.12.
 */
function referring(chunk: Buffer, at: number, end: number): Buffer {
  const parts: Buffer[] = [];
  let from = at;
  if (chunk[from] === 0x0f) from += 4;
  if (chunk[from] !== 0x0c) return chunk.subarray(at, end);
  const definition = chunk.readUInt32LE(from + 6);
  let data = from + 10;
  parts.push(chunk.subarray(at, data));
  if (definition === data) data += 24 + chunk.readUInt32LE(data + 20);
  const count = chunk.readUInt32LE(data);
  const table = Buffer.from(chunk.subarray(data, data + 4 + 4 * count));
  const values: Buffer[] = [];
  let value = data + table.length;
  for (let n = 0; n < count; n++) {
    const size = table.readUInt16LE(4 + 4 * n);
    const nested =
      table[6 + 4 * n] === 0x21 ? referring(chunk, value, value + size) : chunk.subarray(value, value + size);
    table.writeUInt16LE(nested.length, 4 + 4 * n);
    values.push(nested);
    value += size;
  }
  return Buffer.concat([...parts, table, ...values, chunk.subarray(value, end)]);
}

/** A file of full chunks out of one that has a single record per chunk: each chunk's first record, again and again. */
function dense(file: Buffer): Buffer {
  const chunk = Buffer.from(file.subarray(4096, 4096 + 65_536));
  const size = chunk.readUInt32LE(516);
  const body = referring(chunk, 512 + 24, 512 + size - 4);
  const record = Buffer.concat([chunk.subarray(512, 536), body, Buffer.alloc(4)]);
  record.writeUInt32LE(record.length, 4);
  record.writeUInt32LE(record.length, record.length - 4);
  let at = 512 + size;
  for (; at + record.length <= 65_536; at += record.length) record.copy(chunk, at);
  chunk.writeUInt32LE(at, 48);
  return chunk;
}

async function formats(): Promise<void> {
  const inputs: [string, Uint8Array][] = [
    ['NDJSON, made', made(jsonEvent, 60)],
    ['XmlWinEventLog, made', made(xmlEvent, 60)],
    ['CSV, made', made(csvEvent, 20, 'time,src,user,request,status,bytes\n')],
    ['auditd, made', made(auditEvent, 30)],
  ];
  const data = options.data;
  if (existsSync(data)) {
    const bench = join(data, 'bench/pc6001_sigma_bench.ndjson.gz');
    if (existsSync(bench)) inputs.push(['NDJSON, real', gunzipSync(readFileSync(bench))]);
    const xml = filesUnder(join(data, 'attack_data'), /sysmon[^/]*\.log$/).map((file) => readFileSync(file));
    inputs.push(['XmlWinEventLog, real', Buffer.concat(Array.from({ length: 100 }, () => xml).flat())]);
  }
  for (const [name, bytes] of inputs) {
    const plain = new Uint8Array(bytes);
    await measure(name, () => plain, false);
    await measure(name, () => plain, true);
  }

  const logs = filesUnder(join(data, 'sigma_regression'), /\.evtx$/);
  if (logs.length > 0) {
    // Chunks are complete in themselves, so the chunks of all files after one header make one valid, larger file.
    const files = logs.map((file) => readFileSync(file));
    const chunks = files.map((file) => file.subarray(4096));
    const [first] = files;
    const whole = new Uint8Array(
      Buffer.concat([
        first?.subarray(0, 4096) ?? Buffer.alloc(0),
        ...Array.from({ length: 10 }, () => chunks).flat(),
      ]),
    );
    await measure('evtx, real', () => whole, false);
    await measure('evtx, real', () => whole, true);
    const full = files.map(dense);
    const packed = new Uint8Array(
      Buffer.concat([first?.subarray(0, 4096) ?? Buffer.alloc(0), ...full, ...full, ...full]),
    );
    await measure('evtx, full chunks', () => packed, false);
    await measure('evtx, full chunks', () => packed, true);
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
  process.stdout.write(
    `Stream: ${(stream.summary.counts.bytes / 1e6).toFixed(0)} MB of NDJSON through a filter in ${seconds.toFixed(1)} s (${(stream.summary.counts.bytes / 1e6 / seconds).toFixed(0)} MB/s), ${kept} kept, peak ${(peak / 2 ** 20).toFixed(0)} MiB resident\n`,
  );
}

// Apart, because memory that the formats left behind would count as the stream's.
if (options.part !== 'stream') await formats();
if (options.part !== 'formats') await longStream();
