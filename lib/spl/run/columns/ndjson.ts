import type { Diagnostic } from '../../../text/diagnostic.ts';
import { ByteColumnBuilder, KIND_JSON, KIND_TEXT } from './byte-column.ts';
import type { Column } from './column.ts';
import { Table } from './table.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const NEWLINE = 10;
const COLON = 58;
const COMMA = 44;
const OPEN = 123;
const CLOSE = 125;
const LETTER_N = 110;
const FIRST_ROWS = 4096;
const MAX_BAD_LINES_SAID = 20;
const ENCODER = new TextEncoder();
/** A byte order mark is bytes like any other here: dropping it would shift every offset. */
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
const LATIN1 = new TextDecoder('latin1');

/**
 * Newline-delimited JSON straight into dictionary columns, without a string or an object per value. Flat objects take
 * the byte path; a line with nested objects, or one that is not plain JSON, goes through `JSON.parse`. Nested objects
 * become dotted names, arrays multivalues (`a{}.b`), as Splunk names them.
 */
export class NdjsonLoader {
  private readonly columns = new Map<string, ByteColumnBuilder>();
  /** Columns in the order the last line had them: the next line usually has the same. */
  private order: ByteColumnBuilder[] = [];
  private row = 0;
  private line = 0;
  private bad = 0;
  private rest: Uint8Array[] = [];
  readonly diagnostics: Diagnostic[] = [];

  /** Takes the next bytes of the input. Cuts may fall anywhere. */
  push(chunk: Uint8Array): void {
    const newline = chunk.indexOf(NEWLINE);
    if (newline === -1) {
      this.rest.push(chunk.slice());
      return;
    }
    let start = 0;
    if (this.rest.length > 0) {
      this.rest.push(chunk.subarray(0, newline + 1));
      const joined = join(this.rest);
      this.rest = [];
      this.lines(joined, 0, joined.length);
      start = newline + 1;
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    this.lines(chunk, start, end);
    if (end < chunk.length) this.rest.push(chunk.slice(end));
  }

  /** Ends the input and gives the table. */
  finish(): Table {
    if (this.rest.length > 0) {
      const joined = join(this.rest);
      this.rest = [];
      this.lines(joined, 0, joined.length);
    }
    if (this.bad > MAX_BAD_LINES_SAID) {
      this.diagnostics.push({
        code: 'ndjson-bad-lines',
        severity: 'warning',
        message: `${this.bad} lines are not JSON objects and were left out; the first ${MAX_BAD_LINES_SAID} are listed`,
      });
    }
    const columns = new Map<string, Column>();
    for (const [name, column] of this.columns) columns.set(name, column.build(this.row));
    return new Table(this.row, columns);
  }

  private lines(bytes: Uint8Array, from: number, to: number): void {
    const piece = bytes.subarray(from, to);
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
    const text = unitPerByte(piece);
    for (let at = 0; at < piece.length; ) {
      let end = text.indexOf('\n', at);
      if (end === -1) end = piece.length;
      this.line += 1;
      if (this.flatObject(piece, view, text, at, end)) this.row += 1;
      else this.slowLine(piece, at, end);
      at = end + 1;
    }
  }

  /**
   * Reads one flat object. False when the line is not one that this path reads; what it has set by then is cleared by
   * the slow path. Quotes are found with the platform's string search, which is faster than looking at every byte here.
   */
  private flatObject(bytes: Uint8Array, view: DataView, text: string, from: number, end: number): boolean {
    const { row, order } = this;
    let at = from;
    if (bytes[at] !== OPEN) return false;
    at += 1;
    let position = 0;
    if (bytes[at] === CLOSE) return blank(bytes, at + 1, end);
    for (;;) {
      while (bytes[at] === 32) at += 1;
      if (bytes[at] !== QUOTE) return false;
      let column = order[position];
      if (column === undefined || !column.keyAt(view, at, end)) {
        const keyEnd = text.indexOf('"', at + 1) + 1;
        if (keyEnd === 0 || keyEnd > end || bytes[keyEnd - 2] === BACKSLASH) return false;
        column = this.columnAt(bytes, at, keyEnd);
        order[position] = column;
      }
      position += 1;
      at += column.keyBytes.length;
      while (bytes[at] === 32) at += 1;
      if (bytes[at] !== COLON) return false;
      at += 1;
      while (bytes[at] === 32) at += 1;
      const first = bytes[at]!;
      const start = at;
      if (first === QUOTE) {
        const repeated = column.repeat(row, view, start + 1, end, KIND_TEXT);
        if (repeated >= 0) at = start + 1 + repeated;
        else {
          at = closingQuote(bytes, text, at + 1);
          if (at === -1 || at >= end) return false;
          column.set(row, view, start + 1, at, KIND_TEXT);
        }
        at += 1;
      } else {
        at = scalarEnd(bytes, at, end);
        if (at === 0) return false;
        if (first === LETTER_N) column.clear(row);
        else column.set(row, view, start, at, KIND_JSON);
      }
      while (bytes[at] === 32) at += 1;
      if (bytes[at] === COMMA) {
        at += 1;
        continue;
      }
      return bytes[at] === CLOSE && blank(bytes, at + 1, end);
    }
  }

  private columnAt(bytes: Uint8Array, start: number, end: number): ByteColumnBuilder {
    const keyBytes = bytes.slice(start, end);
    const name = JSON.parse(new TextDecoder().decode(keyBytes)) as string;
    return this.columnFor(name, keyBytes);
  }

  private columnFor(name: string, keyBytes?: Uint8Array): ByteColumnBuilder {
    let column = this.columns.get(name);
    if (column === undefined) {
      column = new ByteColumnBuilder(
        name,
        keyBytes ?? ENCODER.encode(JSON.stringify(name)),
        Math.max(FIRST_ROWS, this.row + 1),
      );
      this.columns.set(name, column);
    }
    return column;
  }

  private slowLine(bytes: Uint8Array, start: number, end: number): void {
    const text = new TextDecoder().decode(bytes.subarray(start, end)).trim();
    for (const column of this.columns.values()) column.clear(this.row);
    if (text === '') return;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    if (json === null || typeof json !== 'object' || Array.isArray(json)) {
      this.bad += 1;
      if (this.bad <= MAX_BAD_LINES_SAID) {
        this.diagnostics.push({
          code: 'ndjson-bad-line',
          severity: 'warning',
          message: `Line ${this.line} is not a JSON object and was left out`,
        });
      }
      return;
    }
    const fields = new Map<string, unknown[]>();
    flatten(json as Record<string, unknown>, '', fields);
    for (const [name, values] of fields) this.setJson(name, values.length === 1 ? values[0] : values);
    this.row += 1;
  }

  private setJson(name: string, json: unknown): void {
    if (json === null || json === undefined) return;
    const column = this.columnFor(name);
    const text = typeof json === 'string';
    const encoded = ENCODER.encode(text ? JSON.stringify(json).slice(1, -1) : JSON.stringify(json));
    const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
    column.set(this.row, view, 0, encoded.length, text ? KIND_TEXT : KIND_JSON);
  }
}

/** The bytes as a string with one unit per byte, so that the platform's string search gives byte offsets. */
function unitPerByte(bytes: Uint8Array): string {
  const text = UTF8.decode(bytes);
  return text.length === bytes.length ? text : LATIN1.decode(bytes);
}

/** Offset of the quote that ends a string whose body starts at `from`; -1 when there is none. */
function closingQuote(bytes: Uint8Array, text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1) {
    let slashes = 0;
    while (at - 1 - slashes >= from && bytes[at - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
    at = text.indexOf('"', at + 1);
  }
  return -1;
}

function blank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== 32 && bytes[at] !== 13) return false;
  return true;
}

/** End of a number or literal at `at`; 0 when it is anything that this path leaves to `JSON.parse`. */
function scalarEnd(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at]!;
  if (first === 45 || (first >= 48 && first <= 57)) {
    let end = at + 1;
    while (end < to && ((bytes[end]! >= 48 && bytes[end]! <= 57) || bytes[end] === 46)) end += 1;
    return plainNumber(bytes, at, end) ? end : 0;
  }
  for (const literal of LITERALS) {
    if (literal.every((byte, i) => bytes[at + i] === byte)) return at + literal.length;
  }
  return 0;
}

/** Digits, perhaps a sign and one point: what JSON surely accepts. Other numbers take the slow path. */
function plainNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let at = bytes[start] === 45 ? start + 1 : start;
  const firstDigit = at;
  while (at < end && bytes[at] !== 46) at += 1;
  const digits = at - firstDigit;
  if (digits === 0 || (digits > 1 && bytes[firstDigit] === 48)) return false;
  if (at === end) return true;
  const fraction = at + 1;
  at = fraction;
  while (at < end && bytes[at] !== 46) at += 1;
  return at === end && at > fraction;
}

const LITERALS = ['true', 'false', 'null'].map((word) => ENCODER.encode(word));

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * Field names of nested JSON as Splunk's automatic extraction writes them: members join with `.`, array members with
 * `{}`. An array of scalars at the top keeps its plain name, because rows carry multivalues that way.
 */
function flatten(
  object: Readonly<Record<string, unknown>>,
  prefix: string,
  into: Map<string, unknown[]>,
): void {
  for (const [key, value] of Object.entries(object)) flattenValue(value, prefix + key, prefix === '', into);
}

function flattenValue(value: unknown, name: string, top: boolean, into: Map<string, unknown[]>): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const scalars = value.every((member) => member === null || typeof member !== 'object');
    const memberName = top && scalars ? name : `${name}{}`;
    for (const member of value as unknown[]) {
      if (member !== null && typeof member === 'object' && !Array.isArray(member)) {
        flatten(member as Record<string, unknown>, `${memberName}.`, into);
      } else flattenValue(member, memberName, false, into);
    }
    return;
  }
  if (typeof value === 'object') {
    flatten(value as Record<string, unknown>, `${name}.`, into);
    return;
  }
  const held = into.get(name);
  if (held === undefined) into.set(name, [value]);
  else held.push(value);
}

/** A whole NDJSON text at once. */
export function tableFromNdjson(bytes: Uint8Array): { table: Table; diagnostics: Diagnostic[] } {
  const loader = new NdjsonLoader();
  loader.push(bytes);
  const table = loader.finish();
  return { table, diagnostics: loader.diagnostics };
}

/** Events as parsed JSON, nested objects flattened to the names that the loader gives them. */
export function tableFromObjects(objects: readonly Readonly<Record<string, unknown>>[]): Table {
  return Table.fromRows(
    objects.map((object) => {
      const nested = Object.values(object).some((value) => value !== null && typeof value === 'object');
      if (!nested) return object;
      const fields = new Map<string, unknown[]>();
      flatten(object, '', fields);
      return Object.fromEntries(
        [...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
      );
    }),
  );
}
