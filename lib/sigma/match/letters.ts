const BACKSLASH = 0x5c;

/** What an escape of one letter stands for in JSON. */
const ESCAPES = new Uint8Array(128);
for (const [written, letter] of Object.entries({
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}))
  ESCAPES[written.charCodeAt(0)] = letter.charCodeAt(0);

/** ASCII in lower case. */
const FOLDED = Uint8Array.from({ length: 128 }, (_, code) =>
  code >= 0x41 && code <= 0x5a ? code + 0x20 : code,
);

/** A text to be searched: its UTF-16 code units, in lower case. One is filled over and over. */
export class Letters {
  codes = new Uint16Array(1024);
  length = 0;

  /** @param folded the text in lower case */
  take(folded: string): void {
    const { length } = folded;
    this.reserve(length);
    const { codes } = this;
    for (let at = 0; at < length; at += 1) codes[at] = folded.charCodeAt(at);
    this.length = length;
  }

  /**
   * The same from the bytes of an ASCII text, with JSON's escapes where `escaped` is set. False where it is none, or has
   * an escape of several letters.
   */
  takeBytes(bytes: Uint8Array, start: number, end: number, escaped: boolean): boolean {
    this.reserve(end - start);
    const { codes } = this;
    let length = 0;
    for (let at = start; at < end; at += 1) {
      let byte = bytes[at]!;
      if (byte > 0x7f) return false;
      if (byte === BACKSLASH && escaped) {
        at += 1;
        byte = ESCAPES[bytes[at]!]!;
        if (byte === 0) return false;
      }
      codes[length] = FOLDED[byte]!;
      length += 1;
    }
    this.length = length;
    return true;
  }

  private reserve(length: number): void {
    if (length > this.codes.length) this.codes = new Uint16Array(length * 2);
  }
}

/** Texts laid behind one another, to be looked for among letters. */
export class Wanted {
  private readonly codes: Uint16Array;
  private readonly starts: Int32Array;

  constructor(texts: readonly string[]) {
    this.codes = new Uint16Array(texts.reduce((sum, { length }) => sum + length, 0));
    this.starts = new Int32Array(texts.length + 1);
    let next = 0;
    for (const [at, text] of texts.entries()) {
      this.starts[at] = next;
      for (let i = 0; i < text.length; i += 1) this.codes[next + i] = text.charCodeAt(i);
      next += text.length;
    }
    this.starts[texts.length] = next;
  }

  /** Whether a text stands among the letters from `start` on. */
  standsAt(text: number, letters: Letters, start: number): boolean {
    const { codes, starts } = this;
    const from = starts[text]!;
    const length = starts[text + 1]! - from;
    if (start + length > letters.length) return false;
    for (let i = 0; i < length; i += 1) if (letters.codes[start + i] !== codes[from + i]) return false;
    return true;
  }
}
