import type { FieldValue } from '../record.ts';
import { decode } from './bytes.ts';
import type { Format, Framer, Head, Sink } from './format.ts';
import { LineFramer } from './lines.ts';

const HASH = 0x23;

/** Splunk's `w3c` extraction writes what is not a letter or digit in a name as `_`: `cs(User-Agent)` → `cs_User_Agent`. */
const cleanName = (name: string): string => name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');

/**
 * Logs that name their columns in `#` lines: W3C (IIS, CloudFront) with blanks or tabs, and Zeek with tabs. A `-` (and
 * Zeek's `(empty)`) is no value. The `#` lines are directives, not events.
 */
function openW3c(sink: Sink, base: number): Framer {
  let names: string[] = [];
  let separator: string | RegExp = /[\t ]/;
  let zeek = false;
  return new LineFramer(sink, base, (line, offset) => {
    const text = decode(line);
    if (line[0] === HASH) {
      const fields = /^#(Fields:|fields\t)\s*(.*)$/.exec(text);
      if (fields !== null) {
        zeek = fields[1] === 'fields\t';
        separator = zeek ? '\t' : fields[2]?.includes('\t') === true ? '\t' : ' ';
        names = (fields[2] ?? '')
          .trim()
          .split(separator)
          .filter((name) => name !== '');
        if (!zeek) names = names.map(cleanName);
      }
      return;
    }
    if (text.trim() === '') return;
    if (names.length === 0) {
      sink.orphan(offset, line, 'A line before any #Fields line.');
      return;
    }
    const values = text.split(separator);
    const row = new Map<string, FieldValue>();
    for (const [at, name] of names.entries()) {
      const value = values[at];
      if (value === undefined || value === '' || value === '-' || (zeek && value === '(empty)')) continue;
      row.set(name, value);
    }
    if (values.length !== names.length) {
      sink.warn({
        code: 'w3c-columns',
        severity: 'warning',
        message: `The line at offset ${offset} has ${values.length} values for ${names.length} columns; missing ones are absent.`,
      });
    }
    sink.record({ offset, bytes: line, fields: row, metadata: { time: w3cTime(row) } });
  });
}

/** `date` and `time` columns, in UTC as W3C says; Zeek's `ts` in epoch seconds. */
function w3cTime(row: Map<string, FieldValue>): number | null {
  const ts = row.get('ts');
  if (typeof ts === 'string' && /^\d+(\.\d+)?$/.test(ts)) return Number(ts);
  const date = row.get('date');
  const time = row.get('time');
  const parsed =
    typeof date === 'string' && typeof time === 'string' ? Date.parse(`${date}T${time}Z`) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed / 1000;
}

export const w3c: Format = {
  name: 'w3c',
  recognise: (head: Head) => (/^(?:#[^\n]*\n)*#(?:Fields:|fields\t)/.test(head.text) ? 92 : 0),
  open: openW3c,
};
