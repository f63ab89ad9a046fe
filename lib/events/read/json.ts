import { concat, decode, encode, isBlank, LF } from './bytes.ts';
import type { Format, Framer, Head, Sink } from './format.ts';
import { tooLong } from './lines.ts';
import { isObject, LIST_MEMBERS, unwrap } from './unwrap.ts';

const [OPEN, CLOSE, LIST, END, QUOTE, ESCAPE, COMMA, COLON] = [
  0x7b, 0x7d, 0x5b, 0x5d, 0x22, 0x5c, 0x2c, 0x3a,
];

/** `{"@odata.context": "...", "value": [` and its like: the list begins where this match ends. */
const WRAPPER = new RegExp(
  String.raw`^\s*\{(?:\s*"[^"\\]*"\s*:\s*(?:"[^"\\]*"|-?[\d.eE+]+|true|false|null)\s*,)*\s*"(?:${LIST_MEMBERS.filter((name) => name !== 'hits' && name !== 'logEvents' && name !== 'data').join('|')})"\s*:\s*\[`,
);

/**
 * JSON values, one after another, at any line breaks: an array's elements, a wrapper's, or objects back to back. Only
 * one element is held at a time, so a file that is one array of 1 GB needs no more memory than its longest element.
 */
class JsonValues implements Framer {
  private held: Uint8Array = new Uint8Array(0);
  private at = 0;
  private start = -1;
  private readonly stack: number[] = [];
  private inString = false;
  private escaped = false;
  private lists = 0;
  /** Offset of the bracket that opened the list. */
  private listStart = 0;
  private wrapped = false;
  private begun = false;
  private rescans = 0;

  constructor(
    private readonly sink: Sink,
    private base: number,
  ) {}

  push(chunk: Uint8Array): void {
    this.held = concat(this.held, chunk);
    if (!this.begun) this.begin();
    this.scan();
    this.release();
  }

  end(): void {
    // A value that never closes: what follows its tear is read from the next line that opens an object.
    while (this.start >= 0 && this.rescans++ < 64) {
      let next = this.start + 1;
      while (next < this.held.length && !(this.held[next - 1] === LF && this.held[next] === OPEN)) next++;
      const length = next - this.start;
      this.sink.orphan(
        this.base + this.start,
        this.held.subarray(this.start, next),
        `The value is cut short (${length} bytes).`,
      );
      this.reset(next);
      this.scan();
    }
    if (this.start >= 0)
      this.sink.skip(this.base + this.start, this.held.length - this.start, 'The value is cut short.');
    else if (this.lists > 0) this.sink.skip(this.listStart, 1, 'The list that begins here is never closed.');
  }

  private begin(): void {
    this.begun = true;
    const head = decode(this.held.subarray(0, 4096));
    const wrapper = WRAPPER.exec(head);
    if (wrapper === null) return;
    this.wrapped = true;
    this.lists = 1;
    this.at = encode(wrapper[0]).length;
  }

  private scan(): void {
    const bytes = this.held;
    while (this.at < bytes.length) {
      if (this.start < 0) {
        if (!this.between(bytes)) return;
        continue;
      }
      if (!this.inside(bytes)) return;
    }
  }

  /** Between values: opens one, or steps over what separates them. False when more bytes are needed. */
  private between(bytes: Uint8Array): boolean {
    const byte = bytes[this.at] as number;
    if (isBlank(byte) || byte === COMMA) this.at++;
    else if (byte === LIST && this.lists === 0) {
      this.lists = 1;
      this.listStart = this.base + this.at;
      this.at++;
    } else if (byte === END && this.lists > 0) {
      this.lists = 0;
      this.at++;
      if (this.wrapped) return this.tail(bytes);
    } else if (byte === OPEN || byte === LIST || byte === QUOTE) this.start = this.at;
    else {
      const line = bytes.indexOf(LF, this.at);
      const end = line < 0 ? bytes.length : line;
      this.sink.orphan(this.base + this.at, bytes.subarray(this.at, end), 'Not a JSON value.');
      this.at = end;
    }
    return true;
  }

  /** After a wrapper's list: its other members belong to no event. */
  private tail(bytes: Uint8Array): boolean {
    this.wrapped = false;
    const close = bytes.indexOf(CLOSE, this.at);
    const other = decode(bytes.subarray(this.at, close < 0 ? bytes.length : close)).trim();
    if (other !== '') {
      this.sink.warn({
        code: 'json-wrapper-members',
        severity: 'info',
        message:
          'The list of events is followed by other members of its wrapper; they are not events and were not read.',
      });
    }
    this.at = close < 0 ? bytes.length : close + 1;
    return true;
  }

  private inside(bytes: Uint8Array): boolean {
    const { stack } = this;
    let at = this.at;
    let inString = this.inString;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === LF && this.torn(bytes, at)) {
        this.inString = inString;
        this.sink.orphan(this.base + this.start, bytes.subarray(this.start, at), 'The value is cut short.');
        this.reset(at + 1);
        return true;
      }
      if (inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === ESCAPE) this.escaped = true;
        else if (byte === QUOTE) {
          inString = false;
          if (stack.length === 0) break;
        }
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN || byte === LIST) stack.push(byte);
      else if (byte === CLOSE || byte === END) {
        stack.pop();
        if (stack.length === 0) break;
      }
    }
    this.inString = inString;
    if (at === bytes.length) {
      this.at = at;
      if (at - this.start > this.sink.limits.recordBytes) {
        this.sink.skip(this.base + this.start, at - this.start, tooLong(this.sink));
        this.reset(at);
      }
      return false;
    }
    this.emit(bytes.subarray(this.start, at + 1), this.base + this.start);
    this.reset(at + 1);
    return true;
  }

  /**
   * A line that opens an object in its first column, where the value before has not closed: the value before was torn.
   * Legitimate only after `:`, or after `,` and `[` in a list.
   */
  private torn(bytes: Uint8Array, at: number): boolean {
    if (bytes[at + 1] !== OPEN || this.stack.length === 0) return false;
    if (this.inString) return true;
    let back = at - 1;
    while (back > this.start && isBlank(bytes[back])) back--;
    if (bytes[back] === COLON) return false;
    const inList = this.stack[this.stack.length - 1] === LIST;
    return !(inList && (bytes[back] === COMMA || bytes[back] === LIST));
  }

  private emit(bytes: Uint8Array, offset: number): void {
    let json: unknown;
    try {
      json = JSON.parse(decode(bytes));
    } catch {
      this.sink.orphan(offset, bytes, 'Not valid JSON.');
      return;
    }
    if (typeof json === 'string') {
      // A whole log inside one JSON string, as a REST answer is sometimes saved.
      this.sink.orphan(offset, encode(json), 'A JSON string that holds no log.');
      return;
    }
    const inner = unwrap(json, offset);
    if (inner !== undefined) for (const piece of inner) this.sink.record(piece);
    else if (isObject(json)) this.sink.record({ offset, bytes, json });
    else if (Array.isArray(json) && json.every(isObject)) {
      for (const member of json) this.sink.record({ offset, text: JSON.stringify(member), json: member });
    } else this.sink.orphan(offset, bytes, 'A JSON value that is not an object.');
  }

  private reset(at: number): void {
    this.at = at;
    this.start = -1;
    this.stack.length = 0;
    this.inString = false;
    this.escaped = false;
  }

  /** Lets go of what is read. */
  private release(): void {
    const keep = this.start >= 0 ? this.start : this.at;
    this.base += keep;
    this.held = this.held.subarray(keep);
    this.at -= keep;
    if (this.start >= 0) this.start = 0;
  }
}

export const json: Format = {
  name: 'json',
  recognise(head: Head): number {
    if (/^\{\s*("|\}|$)/.test(head.text)) return 80;
    if (/^\[\s*(\{|\[|\]|"|$)/.test(head.text)) return 80;
    return /^"(<Event|\{\\")/.test(head.text) ? 85 : 0;
  },
  open: (sink, base) => new JsonValues(sink, base),
};
