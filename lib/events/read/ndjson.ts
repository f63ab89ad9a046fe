import { decode, find, needle, skipBlank, trimEnd } from './bytes.ts';
import type { Format, Head, Sink } from './format.ts';
import { LineFramer } from './lines.ts';
import { ENVELOPE_STARTS, EXPORTED_STARTS, isObject, unwrap } from './unwrap.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;

const STARTS = [...ENVELOPE_STARTS, ...EXPORTED_STARTS];
const LONGEST_START = Math.max(...STARTS.map((name) => name.length));
const START_BYTES = new Set(STARTS.map((name) => name.charCodeAt(0)));
const RAW_NAME = needle('"_raw"');

/** Whether an object's first member has a name by which it may be an envelope around events. */
function mayBeEnvelope(line: Uint8Array): boolean {
  const quote = line[1] === QUOTE ? 1 : skipBlank(line, 1, Math.min(line.length, 16));
  if (line[quote] !== QUOTE || !START_BYTES.has(line[quote + 1] ?? 0)) return false;
  const end = line.indexOf(QUOTE, quote + 1);
  if (end < 0 || end - quote - 1 > LONGEST_START) return false;
  const name = String.fromCharCode(...line.subarray(quote + 1, end));
  return ENVELOPE_STARTS.has(name) || (EXPORTED_STARTS.has(name) && find(line, RAW_NAME, quote) >= 0);
}

/** Whether an object may end and another begin within the line. */
function holdsSeveral(line: Uint8Array): boolean {
  const last = line.length - 1;
  for (let at = line.indexOf(CLOSE); at < last; at = line.indexOf(CLOSE, at + 1)) {
    if (line[skipBlank(line, at + 1)] === OPEN) return true;
  }
  return false;
}

/**
 * One JSON object per line. A line in braces is a record without being parsed: parsing costs four times what framing
 * does, and a caller may need few of the fields. Where such a line turns out not to be JSON, its record has the text
 * and no fields, and the summary says so when the fields are asked for.
 */
function openNdjson(sink: Sink, base: number) {
  const take = (line: Uint8Array, offset: number, torn: boolean): void => {
    const start = skipBlank(line, 0);
    const end = trimEnd(line, start, line.length);
    if (start === end) return;
    const bytes = start === 0 && end === line.length ? line : line.subarray(start, end);
    const braces = bytes[0] === OPEN && bytes[bytes.length - 1] === CLOSE;
    if (braces && !torn && !mayBeEnvelope(bytes) && !holdsSeveral(bytes)) {
      sink.record({ offset: offset + start, bytes });
      return;
    }
    if (!braces) {
      sink.orphan(offset + start, bytes, torn ? 'The last line is cut short.' : 'Not a JSON object.');
      return;
    }
    let json: unknown;
    try {
      json = JSON.parse(decode(bytes));
    } catch {
      sink.orphan(offset + start, bytes, 'Not valid JSON.');
      return;
    }
    const inner = unwrap(json, offset + start);
    if (inner === undefined) sink.record({ offset: offset + start, bytes, json });
    else for (const piece of inner) sink.record(piece);
  };
  return new LineFramer(sink, base, take);
}

export const ndjson: Format = {
  name: 'ndjson',
  recognise(head: Head): number {
    if (!head.text.startsWith('{')) return 0;
    const end = head.text.indexOf('\n');
    const line = end < 0 ? head.text : head.text.slice(0, end);
    // A first line longer than the head cannot be parsed yet; a line of an array or of pretty-printed JSON ends early.
    if (end < 0 && !head.whole) return 0;
    try {
      return isObject(JSON.parse(line)) ? 95 : 0;
    } catch {
      return 0;
    }
  },
  open: openNdjson,
};
