import type { FieldValue } from '../record.ts';
import { decode } from './bytes.ts';
import type { Format, Framer, Head, Sink } from './format.ts';
import { joinLines, LineFramer, tooLong } from './lines.ts';
import { rowPiece } from './unwrap.ts';

const QUOTE = 0x22;
const DELIMITERS = [',', ';', '\t', '|'];

/** Splits one logical line (RFC 4180: quoted cells, doubled quotes, line ends inside quotes). */
export function cells(line: string, delimiter: string, quote = '"'): string[] {
  const found: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === quote) {
      let cell = '';
      let from = at + 1;
      for (;;) {
        const end = line.indexOf(quote, from);
        if (end < 0) {
          cell += line.slice(from);
          at = line.length;
          break;
        }
        cell += line.slice(from, end);
        if (line[end + 1] === quote) {
          cell += quote;
          from = end + 2;
          continue;
        }
        at = end + 1;
        break;
      }
      const next = line.indexOf(delimiter, at);
      found.push(next < 0 ? cell + line.slice(at) : cell + line.slice(at, next));
      if (next < 0) return found;
      at = next + 1;
      continue;
    }
    const next = line.indexOf(delimiter, at);
    if (next < 0) {
      found.push(line.slice(at));
      return found;
    }
    found.push(line.slice(at, next));
    at = next + 1;
  }
}

/** The delimiter that cuts the header into most names; undefined when the line is no plausible header. */
function delimiterOf(header: string): string | undefined {
  const best = DELIMITERS.map((delimiter) => ({ delimiter, names: cells(header, delimiter) })).sort(
    (a, b) => b.names.length - a.names.length,
  )[0];
  if (best === undefined || best.names.length < 3) return undefined;
  const names = best.names.map((name) => name.trim());
  const plausible = names.every(
    (name) => /^[\p{L}_@#][\p{L}\p{N}_ .:{}@#()/%$-]*$/u.test(name) && name.length < 120,
  );
  return plausible && new Set(names).size === names.length ? best.delimiter : undefined;
}

/** `$a$;$b$`, the way Splunk writes a multivalue cell in a `__mv_` column. */
function multivalue(cell: string): string[] {
  return cell
    .slice(1, -1)
    .split('$;$')
    .map((value) => value.replaceAll('$$', '$'));
}

function openCsv(sink: Sink, base: number): Framer {
  let names: string[] | undefined;
  let delimiter = ',';
  let parts: Uint8Array[] = [];
  let length = 0;
  let start = 0;
  let open = false;
  const header = (text: string) => {
    delimiter = delimiterOf(text) ?? ',';
    return cells(text, delimiter).map((name) => name.trim());
  };
  const record = (bytes: Uint8Array, offset: number) => {
    if (names === undefined) {
      names = header(decode(bytes));
      return;
    }
    const columns = names;
    sink.record({ offset, bytes, row: (own) => row(decode(own), offset, columns) });
  };
  const row = (text: string, offset: number, columns: readonly string[]) => {
    const found = cells(text, delimiter);
    if (found.length > columns.length) {
      sink.warn({
        code: 'csv-cells',
        severity: 'warning',
        message: `The row at offset ${offset} has ${found.length} cells for ${columns.length} columns; the extra ones are not read.`,
      });
    }
    const fields = new Map<string, FieldValue>();
    const most = Math.min(columns.length, found.length);
    let several: Map<string, string[]> | undefined;
    for (let at = 0; at < most; at++) {
      const name = columns[at] ?? '';
      const cell = found[at] ?? '';
      if (cell === '') continue;
      if (!name.startsWith('__mv_')) fields.set(name, cell);
      else if (cell.startsWith('$')) {
        several ??= new Map();
        several.set(name.slice(5), multivalue(cell));
      }
    }
    if (several !== undefined) for (const [name, values] of several) fields.set(name, values);
    return rowPiece(fields, offset, text);
  };
  const close = () => {
    if (parts.length === 0) return;
    const joined = parts.length === 1 ? (parts[0] as Uint8Array) : joinLines(parts, length);
    parts = [];
    length = 0;
    open = false;
    record(joined, start);
  };
  return new LineFramer(
    sink,
    base,
    (line, offset) => {
      for (let at = line.indexOf(QUOTE); at >= 0; at = line.indexOf(QUOTE, at + 1)) open = !open;
      if (parts.length === 0 && !open) {
        record(line, offset);
        return;
      }
      if (parts.length === 0) start = offset;
      parts.push(line.slice());
      length += line.length + (parts.length > 1 ? 1 : 0);
      if (!open) close();
      else if (length > sink.limits.recordBytes) {
        sink.skip(start, length, tooLong(sink));
        parts = [];
        length = 0;
        open = false;
      }
    },
    () => {
      if (open) {
        sink.warn({
          code: 'csv-open-quote',
          severity: 'warning',
          message: `The row at offset ${start} opens a quote that never closes; it takes the rest of the file.`,
        });
      }
      close();
    },
  );
}

export const csv: Format = {
  name: 'csv',
  recognise(head: Head): number {
    if (/^[[{<#]/.test(head.text)) return 0;
    const [header = '', next = ''] = head.text.split('\n', 2);
    const delimiter = delimiterOf(header.replace(/\r$/, ''));
    if (delimiter === undefined) return 0;
    if (header.includes('_raw') || header.includes('_time')) return 90;
    if (next === '') return head.whole ? 0 : 50;
    return cells(next.replace(/\r$/, ''), delimiter).length === cells(header, delimiter).length
      ? 70
      : next.includes('"')
        ? 55
        : 0;
  },
  open: openCsv,
};
