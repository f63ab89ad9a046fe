/** INDEXED_EXTRACTIONS: files whose events have named columns, or are JSON objects, have their fields from the start. */

import { cells } from '../../read/csv.ts';
import type { FieldValue } from '../../record.ts';
import { jsonFields } from '../json-fields.ts';
import { cleanKey } from '../kv-fields.ts';
import { isOn, pattern, type Stanza } from './conf.ts';

export interface StructuredEvent {
  raw: string;
  fields: Map<string, FieldValue>;
}

/** Delimiters of the kinds of files that have columns. */
const DELIMITERS: Readonly<Record<string, string>> = { CSV: ',', TSV: '\t', PSV: '|', W3C: ' ' };

/** Words for delimiters that a setting cannot show. */
const NAMED: Readonly<Record<string, string>> = {
  space: ' ',
  tab: '\t',
  '\\t': '\t',
  whitespace: ' ',
  none: '\0',
  fs: '\u001c',
  gs: '\u001d',
  rs: '\u001e',
  us: '\u001f',
};

const character = (value: string | undefined, usual: string): string =>
  value === undefined
    ? usual
    : (NAMED[value.toLowerCase()] ?? (value.replace(/^"(.+)"$/, '$1').slice(0, 1) || usual));

/** Lines of which quoted cells may hold line ends. */
function logicalLines(text: string, quote: string): string[] {
  const lines: string[] = [];
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    if (open) lines.push(`${lines.pop()}\n${line}`);
    else lines.push(line);
    if (line.split(quote).length % 2 === 0) open = !open;
  }
  return lines;
}

function columnEvents(text: string, kind: string, props: Stanza): StructuredEvent[] {
  const delimiter = character(props.get('FIELD_DELIMITER'), DELIMITERS[kind] ?? ',');
  const quote = character(props.get('FIELD_QUOTE'), '"');
  const missing = props.get('MISSING_VALUE_REGEX');
  const absent = missing === undefined ? undefined : pattern(`^(?:${missing})$`);
  const preamble = props.get('PREAMBLE_REGEX');
  const skipped = preamble === undefined ? undefined : pattern(preamble);
  const marked = props.get('FIELD_HEADER_REGEX') ?? (kind === 'W3C' ? '^#Fields:\\s*' : undefined);
  const header = marked === undefined ? undefined : pattern(marked);
  const headerAt = Number(props.get('HEADER_FIELD_LINE_NUMBER') ?? 0);
  const nameCells = (line: string) =>
    cells(
      line,
      character(props.get('HEADER_FIELD_DELIMITER'), delimiter),
      character(props.get('HEADER_FIELD_QUOTE'), quote),
    ).map((name) => cleanKey(name.trim()));
  let names = props
    .get('FIELD_NAMES')
    ?.split(',')
    .map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const events: StructuredEvent[] = [];
  for (const [at, line] of logicalLines(text, quote).entries()) {
    if (line.trim() === '' || skipped?.test(line) === true) continue;
    if (header !== undefined) {
      const match = header.exec(line);
      if (match !== null) names = nameCells(line.slice(match.index + match[0].length));
      if (match !== null || (kind === 'W3C' && line.startsWith('#'))) continue;
    }
    if (names === undefined) {
      if (at + 1 >= headerAt) names = nameCells(line);
      continue;
    }
    const fields = new Map<string, FieldValue>();
    for (const [column, cell] of cells(line, delimiter, quote).entries()) {
      const name = names[column] ?? '';
      if (name !== '' && cell !== '' && absent?.test(cell) !== true) fields.set(name, cell);
    }
    events.push({ raw: line, fields });
  }
  return events;
}

function jsonEvents(lines: readonly string[], props: Stanza): StructuredEvent[] {
  const bare = isOn(props.get('JSON_TRIM_BRACES_IN_ARRAY_NAMES'), false);
  return lines.map((raw) => {
    const found = new Map<string, FieldValue>();
    try {
      jsonFields(JSON.parse(raw), found);
    } catch {
      // What is no JSON has no fields of its own.
    }
    if (!bare) return { raw, fields: found };
    return { raw, fields: new Map([...found].map(([name, value]) => [name.replaceAll('{}', ''), value])) };
  });
}

/** Events of a structured file; undefined where the settings ask for none. `lines` breaks the text of JSON. */
export function structuredEvents(
  text: string,
  props: Stanza,
  lines: () => readonly string[],
): StructuredEvent[] | undefined {
  const kind = props.get('INDEXED_EXTRACTIONS')?.toUpperCase();
  if (kind === undefined || kind === 'NONE') return undefined;
  return kind === 'JSON' || kind === 'HEC' ? jsonEvents(lines(), props) : columnEvents(text, kind, props);
}
