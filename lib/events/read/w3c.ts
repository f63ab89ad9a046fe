import type { FieldValue } from '../record.ts';
import { decode, skipBlank } from './bytes.ts';
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
  const row = (
    text: string,
    offset: number,
    columns: readonly string[],
    cut: string | RegExp,
    empty: string,
  ) => {
    const values = text.split(cut);
    const fields = new Map<string, FieldValue>();
    for (const [at, name] of columns.entries()) {
      const value = values[at];
      if (value !== undefined && value !== '' && value !== '-' && value !== empty) fields.set(name, value);
    }
    if (values.length !== columns.length) {
      sink.warn({
        code: 'w3c-columns',
        severity: 'warning',
        message: `The line at offset ${offset} has ${values.length} values for ${columns.length} columns; missing ones are absent.`,
      });
    }
    return { text, fields, metadata: { time: w3cTime(fields) } };
  };
  let names: string[] = [];
  let separator: string | RegExp = /[\t ]/;
  let zeek = false;
  return new LineFramer(sink, base, (line, offset) => {
    if (line[0] === HASH) {
      const text = decode(line);
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
    if (skipBlank(line, 0) === line.length) return;
    if (names.length === 0) {
      sink.orphan(offset, line, 'A line before any #Fields line.');
      return;
    }
    const columns = names;
    const cut = separator;
    const empty = zeek ? '(empty)' : '-';
    sink.record({ offset, bytes: line, row: (own) => row(decode(own), offset, columns, cut, empty) });
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
