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

/** A text to be searched, in lower case. */
export interface Letters {
  readonly length: number;
  /** UTF-16 code unit. */
  codeAt(at: number): number;
  /** Whether a text, by its number, stands there. */
  has(wanted: Wanted, number: number, start: number): boolean;
}

/** Those of a string. One is filled over and over, as copying them costs as much as searching them. */
export class TextLetters implements Letters {
  private folded = '';

  /** @param folded the text in lower case */
  take(folded: string): void {
    this.folded = folded;
  }

  get length(): number {
    return this.folded.length;
  }

  codeAt(at: number): number {
    return this.folded.charCodeAt(at);
  }

  has({ texts }: Wanted, number: number, start: number): boolean {
    return this.folded.startsWith(texts[number]!, start);
  }
}

/** Those of bytes. One is filled over and over. */
export class ByteLetters implements Letters {
  private codes = new Uint16Array(1024);
  length = 0;

  /**
   * Takes the bytes of an ASCII text, with JSON's escapes where `escaped` is set. False where it is none, or has an
   * escape of several letters.
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

  codeAt(at: number): number {
    return this.codes[at]!;
  }

  has(wanted: Wanted, number: number, start: number): boolean {
    return wanted.standsAt(number, this.codes, start, this.length);
  }

  private reserve(length: number): void {
    if (length > this.codes.length) this.codes = new Uint16Array(length * 2);
  }
}

/** Texts laid behind one another, to be looked for among letters. */
export class Wanted {
  private readonly codes: Uint16Array;
  private readonly starts: Int32Array;

  constructor(readonly texts: readonly string[]) {
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

  /** Whether a text stands from `start` on among the first `end` letters. */
  standsAt(number: number, letters: Uint16Array, start: number, end: number): boolean {
    const { codes, starts } = this;
    const from = starts[number]!;
    const length = starts[number + 1]! - from;
    if (start + length > end) return false;
    for (let i = 0; i < length; i += 1) if (letters[start + i] !== codes[from + i]) return false;
    return true;
  }
}
