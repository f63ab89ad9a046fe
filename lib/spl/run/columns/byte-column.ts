import type { Stored } from '../value/value.ts';
import { Column } from './column.ts';
import { Dictionary } from './dictionary.ts';
import { valueFromJson } from './table.ts';

/** How the bytes of a dictionary entry are to be read. */
export const KIND_TEXT = 0;
/** JSON text of a number, boolean or array. */
export const KIND_JSON = 1;

const DECODER = new TextDecoder();
const FIRST_SLOTS = 64;
/** Values after which a column is known to hold identifiers or not. */
const ROWS_UNTIL_JUDGED = 4096;

/**
 * A column under construction, fed with the bytes of JSON values. Distinct values are kept as bytes in one arena and
 * become strings only when a search looks at them: most fields of most events are never asked for.
 */
export class ByteColumnBuilder {
  private codes: Uint32Array;
  private arena = new Uint8Array(1024);
  private arenaView = new DataView(this.arena.buffer);
  private arenaEnd = 0;
  private starts = new Float64Array(FIRST_SLOTS);
  private hashes = new Int32Array(FIRST_SLOTS);
  private kinds = new Uint8Array(FIRST_SLOTS);
  private slots = new Uint32Array(FIRST_SLOTS * 2);
  private size = 1;
  /** False once a number, boolean or array came: `1` and `"1"` are then two entries with one text. */
  private onlyText = true;
  private lastCode = 0;
  private rows = 0;
  /** Nearly every row has a value of its own (GUIDs): looking for earlier ones costs more than it saves. */
  private identifiers = false;
  private readonly keyView: DataView;

  constructor(
    readonly name: string,
    /** The key as it stands in the input, quotes included; lets the next row be recognised by comparing bytes. */
    readonly keyBytes: Uint8Array,
    capacity: number,
  ) {
    this.codes = new Uint32Array(capacity);
    this.keyView = new DataView(keyBytes.buffer, keyBytes.byteOffset, keyBytes.byteLength);
  }

  /** True when the input has this column's key at `at`. */
  keyAt(view: DataView, at: number, end: number): boolean {
    const { keyView } = this;
    const length = keyView.byteLength;
    if (at + length > end) return false;
    const whole = length & ~3;
    for (let i = 0; i < whole; i += 4)
      if (view.getInt32(at + i, true) !== keyView.getInt32(i, true)) return false;
    for (let i = whole; i < length; i += 1) if (view.getUint8(at + i) !== keyView.getUint8(i)) return false;
    return true;
  }

  /**
   * Sets the row to the last value where the input has its bytes again, and says how many they are; -1 where it does
   * not. Half the columns of a log repeat themselves, and this spares them the search for the end and the hash.
   */
  repeat(row: number, view: DataView, start: number, end: number, kind: number): number {
    const last = this.lastCode;
    if (last === 0 || this.kinds[last] !== kind) return -1;
    const length = this.starts[last + 1]! - this.starts[last]!;
    if (start + length >= end || view.getUint8(start + length) !== 34) return -1;
    if (!this.same(last, view, start, start + length, kind)) return -1;
    // A quote behind a backslash does not end the value.
    if (length > 0 && view.getUint8(start + length - 1) === 92) return -1;
    if (row >= this.codes.length) this.growRows(row);
    this.codes[row] = last;
    return length;
  }

  /** Sets the value of a row to the bytes `[start, end)` of the view. */
  set(row: number, view: DataView, start: number, end: number, kind: number): void {
    if (row >= this.codes.length) this.growRows(row);
    this.rows += 1;
    if (this.rows === ROWS_UNTIL_JUDGED) this.identifiers = this.size > ROWS_UNTIL_JUDGED * 0.95;
    if (this.identifiers) {
      this.codes[row] = this.append(view, start, end, kind);
      return;
    }
    const hash = hashOf(view, start, end);
    const { hashes, slots } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = slots[slot]!;
      if (code === 0) break;
      if (hashes[code] === hash && this.same(code, view, start, end, kind)) {
        this.lastCode = code;
        this.codes[row] = code;
        return;
      }
      slot = (slot + 1) & mask;
    }
    this.codes[row] = this.insert(slot, view, start, end, hash, kind);
  }

  clear(row: number): void {
    if (row < this.codes.length) this.codes[row] = 0;
  }

  private same(code: number, view: DataView, start: number, end: number, kind: number): boolean {
    const from = this.starts[code]!;
    const length = this.starts[code + 1]! - from;
    if (length !== end - start || this.kinds[code] !== kind) return false;
    const { arenaView } = this;
    const whole = length & ~3;
    for (let i = 0; i < whole; i += 4) {
      if (arenaView.getInt32(from + i, true) !== view.getInt32(start + i, true)) return false;
    }
    for (let i = whole; i < length; i += 1) {
      if (arenaView.getUint8(from + i) !== view.getUint8(start + i)) return false;
    }
    return true;
  }

  private insert(
    slot: number,
    view: DataView,
    start: number,
    end: number,
    hash: number,
    kind: number,
  ): number {
    const code = this.append(view, start, end, kind);
    this.hashes[code] = hash;
    this.slots[slot] = code;
    if (this.size * 2 > this.slots.length) this.rehash();
    return code;
  }

  private append(view: DataView, start: number, end: number, kind: number): number {
    const code = this.size;
    if (code + 1 >= this.starts.length) this.growEntries();
    const length = end - start;
    if (this.arenaEnd + length > this.arena.length) this.growArena(length);
    const { arenaView, arenaEnd } = this;
    const whole = length & ~3;
    for (let i = 0; i < whole; i += 4) arenaView.setInt32(arenaEnd + i, view.getInt32(start + i, true), true);
    for (let i = whole; i < length; i += 1) arenaView.setUint8(arenaEnd + i, view.getUint8(start + i));
    this.arenaEnd = arenaEnd + length;
    this.starts[code] = arenaEnd;
    this.starts[code + 1] = this.arenaEnd;
    this.kinds[code] = kind;
    if (kind !== KIND_TEXT) this.onlyText = false;
    this.size = code + 1;
    this.lastCode = code;
    return code;
  }

  private growRows(row: number): void {
    const codes = new Uint32Array(Math.max(row + 1, this.codes.length * 2));
    codes.set(this.codes);
    this.codes = codes;
  }

  private growEntries(): void {
    const capacity = this.starts.length * 2;
    const starts = new Float64Array(capacity);
    starts.set(this.starts);
    this.starts = starts;
    const hashes = new Int32Array(capacity);
    hashes.set(this.hashes);
    this.hashes = hashes;
    const kinds = new Uint8Array(capacity);
    kinds.set(this.kinds);
    this.kinds = kinds;
  }

  private growArena(length: number): void {
    const arena = new Uint8Array(Math.max(this.arena.length * 2, this.arenaEnd + length));
    arena.set(this.arena);
    this.arena = arena;
    this.arenaView = new DataView(arena.buffer);
  }

  private rehash(): void {
    const slots = new Uint32Array(this.slots.length * 4);
    const mask = slots.length - 1;
    for (let code = 1; code < this.size; code += 1) {
      const hash = this.hashes[code]!;
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.slots = slots;
  }

  /** The finished column over `rows` rows. */
  build(rows: number): Column {
    const codes = this.codes.length === rows ? this.codes : this.codes.slice(0, rows);
    const padded = codes.length === rows ? codes : pad(codes, rows);
    return Column.of(
      padded,
      new ByteDictionary(
        this.arena,
        this.starts.slice(0, this.size + 1),
        this.kinds,
        this.size,
        this.onlyText && !this.identifiers,
      ),
    );
  }
}

/** A hash over the bytes, four at a time; the rotation lets high bits of a word reach the low bits that pick a slot. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (const last = end - 3; at < last; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
    hash = (hash << 13) | (hash >>> 19);
  }
  for (; at < end; at += 1) hash = Math.imul(hash ^ view.getUint8(at), 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function pad(codes: Uint32Array, rows: number): Uint32Array {
  const padded = new Uint32Array(rows);
  padded.set(codes);
  return padded;
}

/** Distinct values as bytes of JSON, turned into values one by one on first use. */
class ByteDictionary extends Dictionary {
  private readonly decoded: (Stored | undefined)[];
  private allDistinct: boolean | undefined;

  constructor(
    private readonly arena: Uint8Array,
    private readonly starts: Float64Array,
    private readonly kinds: Uint8Array,
    readonly size: number,
    private readonly onlyText: boolean,
  ) {
    super();
    this.decoded = new Array<Stored | undefined>(size);
  }

  /** Two byte forms can mean one text where an escape other than \" \\ \n \r \t was used (`\u0041`, `\/`). */
  get distinct(): boolean {
    this.allDistinct ??= this.onlyText && !hasOptionalEscape(this.arena, this.starts[this.size]!);
    return this.allDistinct;
  }

  value(code: number): Stored {
    if (code === 0) return null;
    let value = this.decoded[code];
    if (value === undefined) {
      const start = this.starts[code]!;
      const end = this.starts[code + 1]!;
      value =
        this.kinds[code] === KIND_TEXT
          ? decodeText(this.arena, start, end)
          : decodeJson(DECODER.decode(this.arena.subarray(start, end)));
      this.decoded[code] = value;
    }
    return value;
  }
}

function hasOptionalEscape(arena: Uint8Array, end: number): boolean {
  for (let at = 0; at < end; at += 1) {
    if (arena[at] !== 92) continue;
    at += 1;
    const escaped = arena[at]!;
    if (escaped !== 34 && escaped !== 92 && escaped !== 110 && escaped !== 114 && escaped !== 116)
      return true;
  }
  return false;
}

function decodeJson(text: string): Stored {
  const json: unknown = JSON.parse(text);
  // A number whose digits a double cannot hold (an 18-digit account id) stays the text that was written.
  if (typeof json === 'number') return String(json) === text ? json : text;
  return valueFromJson(json);
}

const UNITS = new Uint16Array(4096);
const ESCAPES: Readonly<Record<number, number>> = {
  34: 34,
  47: 47,
  92: 92,
  98: 8,
  102: 12,
  110: 10,
  114: 13,
  116: 9,
};

/** Text of a JSON string body. Plain ASCII with simple escapes is decoded here; the rest is left to the platform. */
function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= UNITS.length) {
    let length = 0;
    let at = start;
    for (; at < end; at += 1) {
      let unit = bytes[at]!;
      if (unit >= 128) break;
      if (unit === 92) {
        const escaped = ESCAPES[bytes[at + 1]!];
        if (escaped === undefined) break;
        unit = escaped;
        at += 1;
      }
      UNITS[length++] = unit;
    }
    if (at >= end) return String.fromCharCode.apply(null, UNITS.subarray(0, length) as unknown as number[]);
  }
  const text = DECODER.decode(bytes.subarray(start, end));
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    // An escape that JSON does not know (`C:\Windows` written without doubling): the text as it stands.
    return text;
  }
}
