/**
 * Where the values of an event's text are, found in its bytes without parsing it: events of one kind have the same bytes
 * between their values. A text is walked along a tree of such bytes, and only one that leaves it is cut by a tokenizer.
 */
import { decode } from '../../read/bytes.ts';
import type { MadeText } from '../../read/format.ts';

/** What a value is in the text, and so where it ends. */
export type SlotKind = 'string' | 'number' | 'boolean' | 'text' | 'single-quoted' | 'double-quoted';

/** One value of a text as a tokenizer found it; offsets in bytes. */
export interface Token {
  kind: SlotKind;
  start: number;
  end: number;
}

interface Node {
  /** What stands before the value; words of four bytes, and the bytes behind the last whole one. */
  before: Literal;
  kind: SlotKind;
  nodes: Node[];
  tails: { rest: Literal; leaf: number }[];
}

interface Literal {
  bytes: Uint8Array;
  words: Int32Array;
}

/** A text whose values were found. */
export interface SlotText {
  readonly text: string;
  /** Its first characters, at most `count` of them. */
  head(count: number): string;
  /** The value in a slot, as it is written. */
  written(slot: number): string;
}

/** A text that is made of values; these stand for themselves, without references to characters. */
export class MadeSlots implements SlotText {
  private made: MadeText | undefined;
  private known: string | undefined;

  take(made: MadeText): void {
    this.made = made;
    this.known = undefined;
  }

  get text(): string {
    this.known ??= this.made?.text() ?? '';
    return this.known;
  }

  head(count: number): string {
    return this.text.slice(0, count);
  }

  written(slot: number): string {
    return this.made?.value(slot) ?? '';
  }
}

/** Texts longer than this are not looked at. */
export const MOST_BYTES = 1 << 16;
/** Values of one text that are followed. */
const MOST_SLOTS = 512;
/** Beyond these no more is learnt: a log may have a new kind of text in each event. */
const MOST_NODES = 20_000;
const MOST_LEAVES = 2_000;
const MOST_BRANCHES = 64;

/** The text that is looked at, and the places of its values. */
export class Slots implements SlotText {
  readonly bytes = new Uint8Array(MOST_BYTES + 8);
  readonly view = new DataView(this.bytes.buffer);
  readonly starts = new Int32Array(MOST_SLOTS);
  readonly ends = new Int32Array(MOST_SLOTS);
  length = 0;
  private known: string | undefined;
  private given: Uint8Array | undefined;
  private readonly around = new Around();
  /** The last value of each slot. */
  private readonly last = new Array<string>(MOST_SLOTS).fill('');

  /** Takes a text, given as it is at hand; false where it is too long. */
  take(given: Uint8Array | string): boolean {
    this.known = undefined;
    if (typeof given === 'string') {
      if (given.length * 3 > MOST_BYTES) return false;
      this.length = ENCODER.encodeInto(given, this.bytes).written;
      this.known = given;
      this.given = undefined;
      return true;
    }
    if (given.length > MOST_BYTES) return false;
    this.given = given;
    this.bytes.set(given);
    this.length = given.length;
    return true;
  }

  get text(): string {
    this.known ??= decode(this.bytes.subarray(0, this.length));
    return this.known;
  }

  /** The first characters of the text, at most `count` of them. For a look only: what is kept of it keeps much more. */
  head(count: number): string {
    const { given, length } = this;
    if (this.known !== undefined || given === undefined || length < count) return this.text.slice(0, count);
    return this.around.slice(given, count) ?? asciiOf(this.bytes, 0, count) ?? this.text.slice(0, count);
  }

  /** The value in a slot, as it is written. */
  written(slot: number): string {
    const { bytes, last } = this;
    const start = this.starts[slot]!;
    const end = this.ends[slot]!;
    const before = last[slot]!;
    // Half the values of a log repeat the event before: the same text again costs no memory and no hash.
    if (isText(bytes, start, end, before)) return before;
    const text = asciiOf(bytes, start, end);
    if (text === undefined) return decode(bytes.subarray(start, end));
    last[slot] = text;
    return text;
  }
}

/** The text of what stands around an event in its chunk: one call of a decoder serves many events. */
class Around {
  private chunk: ArrayBufferLike | undefined;
  private from = 0;
  private text = '';

  /** The first characters of the bytes; undefined where the text around them is not ASCII. */
  slice({ buffer, byteOffset }: Uint8Array, count: number): string | undefined {
    const at = byteOffset - this.from;
    if (buffer !== this.chunk || at < 0 || at + count > this.text.length) {
      const bytes = new Uint8Array(buffer, byteOffset, Math.min(WINDOW, buffer.byteLength - byteOffset));
      const text = decode(bytes);
      this.chunk = buffer;
      this.from = byteOffset;
      this.text = text.length === bytes.length ? text : '';
      return this.text === '' ? undefined : this.text.slice(0, count);
    }
    return this.text.slice(at, at + count);
  }
}

const WINDOW = 1 << 16;

/** Whether the bytes are those of the text, which is ASCII. */
function isText(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (text.length !== end - start) return false;
  for (let i = text.length - 1; i >= 0; i -= 1) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}

const UNITS = new Uint16Array(512);

/** A short text in ASCII, made here: a call of the platform's decoder takes longer than that. */
function asciiOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  const length = end - start;
  if (length > UNITS.length) return undefined;
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[start + i]!;
    if (byte > 0x7f) return undefined;
    UNITS[i] = byte;
  }
  return String.fromCharCode.apply(null, UNITS.subarray(0, length) as unknown as number[]);
}

const ENCODER = new TextEncoder();

/** Texts between values, as a tree. Equal paths mean equal structure: a leaf's number stands for it. */
export class SlotTree {
  private readonly root: Node = { before: literal(new Uint8Array(0)), kind: 'text', nodes: [], tails: [] };
  private nodes = 0;
  private leaves = 0;
  /** No more is learnt: a text that is not known is not worth cutting. */
  full = false;

  constructor(private readonly slots: Slots) {}

  /** Number of the leaf that the text leads to, its values' places in `slots`; -1 where it leads to none. */
  find(): number {
    const { starts, ends, view, length } = this.slots;
    let node = this.root;
    let at = 0;
    for (let slot = 0; ; slot += 1) {
      const { nodes, tails } = node;
      let found = false;
      for (let i = 0; i < nodes.length; i += 1) {
        const one = nodes[i]!;
        if (!standsAt(view, at, length, one.before)) continue;
        const start = at + one.before.bytes.length;
        const end = slotEnd(this.slots, start, one.kind);
        if (end <= start) continue;
        starts[slot] = start;
        ends[slot] = end;
        at = end;
        node = one;
        found = true;
        // The kind that came last is the likeliest to come again.
        if (i > 0) {
          nodes.copyWithin(1, 0, i);
          nodes[0] = one;
        }
        break;
      }
      if (found) continue;
      for (const { rest, leaf } of tails)
        if (rest.bytes.length === length - at && standsAt(view, at, length, rest)) return leaf;
      return -1;
    }
  }

  /** Makes the way for the text in `slots` with these values; the number of its leaf, -1 where there is no room. */
  learn(tokens: readonly Token[]): number {
    if (this.nodes + tokens.length > MOST_NODES || this.leaves >= MOST_LEAVES) this.full = true;
    if (this.full || tokens.length >= MOST_SLOTS) return -1;
    const { bytes, length } = this.slots;
    let node = this.root;
    let at = 0;
    for (const { kind, start, end } of tokens) {
      const before = bytes.slice(at, start);
      let next = node.nodes.find((one) => one.kind === kind && equalBytes(one.before.bytes, before));
      if (next === undefined) {
        if (node.nodes.length >= MOST_BRANCHES) {
          this.full = true;
          return -1;
        }
        next = { before: literal(before), kind, nodes: [], tails: [] };
        node.nodes.push(next);
        this.nodes += 1;
      }
      node = next;
      at = end;
    }
    node.tails.push({ rest: literal(bytes.slice(at, length)), leaf: this.leaves });
    this.leaves += 1;
    return this.leaves - 1;
  }
}

function literal(bytes: Uint8Array): Literal {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const words = Int32Array.from({ length: bytes.length >> 2 }, (_, word) => view.getInt32(word * 4, true));
  return { bytes, words };
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function standsAt(view: DataView, at: number, length: number, { bytes, words }: Literal): boolean {
  if (at + bytes.length > length) return false;
  for (let word = 0; word < words.length; word += 1)
    if (view.getInt32(at + word * 4, true) !== words[word]) return false;
  for (let i = words.length * 4; i < bytes.length; i += 1)
    if (view.getUint8(at + i) !== bytes[i]) return false;
  return true;
}

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
const LESS = 0x3c;
const GREATER = 0x3e;

/** What may end the run of plain bytes in a JSON string: its quote, an escape, a control character. */
const STRING_STOPS = new Uint8Array(256);
STRING_STOPS.fill(1, 0, 0x20);
STRING_STOPS[QUOTE] = 1;
STRING_STOPS[BACKSLASH] = 1;

/**
 * End of the value that begins at `start`; not behind `start` where none of this kind does. Stricter than a parser is
 * allowed here, never laxer: a text that is refused is read the plain way.
 */
export function slotEnd(slots: Slots, start: number, kind: SlotKind): number {
  switch (kind) {
    case 'string':
      return stringEnd(slots.bytes, slots.view, start, slots.length);
    case 'text':
      return textEnd(slots.bytes, start, slots.length);
    case 'number':
      return numberEnd(slots.bytes, start, slots.length);
    case 'boolean':
      return wordEnd(slots.bytes, start, slots.length);
    case 'single-quoted':
      return attributeEnd(slots.bytes, start, slots.length, APOSTROPHE);
    case 'double-quoted':
      return attributeEnd(slots.bytes, start, slots.length, QUOTE);
  }
}

/** End of a JSON string's body; -1 where it has an escape or a character that JSON does not know. */
function stringEnd(bytes: Uint8Array, view: DataView, start: number, length: number): number {
  for (let at = start; at < length; at += 1) {
    while (at + 4 <= length && !mayStop(view.getInt32(at, true))) at += 4;
    if (STRING_STOPS[bytes[at]!] === 0) continue;
    if (at >= length) return -1;
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte !== BACKSLASH) return -1;
    at += 1;
    const escaped = bytes[at]!;
    if (escaped === 0x75) {
      for (let digit = 1; digit <= 4; digit += 1) if (!isHex(bytes[at + digit]!)) return -1;
      at += 4;
    } else if (ESCAPED[escaped] !== 1) return -1;
  }
  return -1;
}

/** Whether one of four bytes may be a quote, a backslash or a control character; false only where none is. */
function mayStop(word: number): boolean {
  const quote = word ^ 0x22222222;
  const slash = word ^ 0x5c5c5c5c;
  const low =
    ((word - 0x20202020) & ~word) | ((quote - 0x01010101) & ~quote) | ((slash - 0x01010101) & ~slash);
  return (low & 0x80808080) !== 0;
}

const ESCAPED = new Uint8Array(256);
for (const char of '"\\/bfnrt') ESCAPED[char.charCodeAt(0)] = 1;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);

/** Digits, perhaps a sign and one point. A number with an exponent is left to the plain extraction. */
function numberEnd(bytes: Uint8Array, start: number, length: number): number {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  const first = at;
  while (at < length && isDigit(bytes[at]!)) at += 1;
  if (at === first || (bytes[first] === 0x30 && at > first + 1)) return -1;
  if (bytes[at] === 0x2e) {
    const point = at;
    at += 1;
    while (at < length && isDigit(bytes[at]!)) at += 1;
    if (at === point + 1) return -1;
  }
  return (bytes[at]! | 0x20) === 0x65 ? -1 : at;
}

const WORDS = ['true', 'false'].map((word) => ENCODER.encode(word));

function wordEnd(bytes: Uint8Array, start: number, length: number): number {
  for (const word of WORDS)
    if (start + word.length <= length && word.every((byte, i) => bytes[start + i] === byte))
      return start + word.length;
  return -1;
}

/** Text up to the next tag; -1 where it is blank, or has no tag behind it. */
function textEnd(bytes: Uint8Array, start: number, length: number): number {
  let marks = 0;
  let at = start;
  for (; at < length; at += 1) {
    const byte = bytes[at]!;
    if (byte === LESS) break;
    if (byte > 0x20 && byte < 0x80) marks += 1;
  }
  if (at === length) return -1;
  // Beyond ASCII there are blanks too.
  return marks > 0 || decode(bytes.subarray(start, at)).trim() !== '' ? at : -1;
}

function attributeEnd(bytes: Uint8Array, start: number, length: number, quote: number): number {
  for (let at = start; at < length; at += 1) {
    const byte = bytes[at]!;
    if (byte === quote) return at;
    if (byte === LESS || byte === GREATER) return -1;
  }
  return -1;
}
