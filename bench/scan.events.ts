/** Events of the scan benchmarks: published process starts repeated, as they are or with every text made unique. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Fields with a command line, a path or an id. */
const UNIQUE = [
  ...['CommandLine', 'ParentCommandLine', 'Image', 'ParentImage', 'CurrentDirectory', 'ProcessGuid'],
  ...['ParentProcessGuid', 'LogonGuid', 'ProcessId', 'ParentProcessId', 'EventRecordID', 'RecordID'],
];

/** One NDJSON text of `count` events, made of the file's lines over and over. */
export function repeated(path: string, count: number, unique: boolean): Uint8Array {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
  const parts: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const line = lines[at % lines.length]!;
    parts.push(unique ? made(line, at) : line);
  }
  return new TextEncoder().encode(`${parts.join('\n')}\n`);
}

/** A number within each text, where it changes no beginning and no end that rules look for. */
function made(line: string, at: number): string {
  const event = JSON.parse(line) as Record<string, string>;
  for (const field of UNIQUE) {
    const value = event[field];
    if (typeof value !== 'string') continue;
    if (/^\d+$/.test(value)) event[field] = String(at);
    else if (field.endsWith('Guid')) event[field] = `${value.slice(0, -14)}${String(at).padStart(12, '0')}}`;
    else if (field.endsWith('CommandLine')) event[field] = `${value} ${at}`;
    else {
      const slash = value.lastIndexOf('\\');
      event[field] = slash < 0 ? `${value}${at}` : `${value.slice(0, slash)}\\${at}${value.slice(slash)}`;
    }
  }
  return JSON.stringify(event);
}

/** CPU seconds of this process, all threads. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
