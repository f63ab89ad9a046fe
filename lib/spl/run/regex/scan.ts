/** The character level of PCRE: escapes that stand for one character, classes, properties; and how patterns are refused. */
import {
  type CharSet,
  ESCAPE_SETS,
  foldCase,
  invert,
  MAX_CODE_POINT,
  normalise,
  POSIX_SETS,
  propertySet,
} from './charset.ts';

export interface Flags {
  i: boolean;
  s: boolean;
  m: boolean;
  x: boolean;
}

const CONTROL_ESCAPES: { readonly [letter: string]: number } = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

export class Scanner {
  protected at = 0;
  protected flags: Flags;

  constructor(
    protected readonly text: string,
    ignoreCase: boolean,
  ) {
    this.flags = { i: ignoreCase, s: false, m: false, x: false };
  }

  protected refuse(code: string, message: string, start: number, end = Math.max(this.at, start + 1)): never {
    throw new Refusal(code, message, start, Math.min(end, Math.max(this.text.length, start)));
  }

  protected unsupported(what: string, start: number): never {
    this.refuse(
      'regex-unsupported',
      `This engine does not match ${what}; write the pattern without it.`,
      start,
    );
  }

  protected property(start: number): CharSet {
    const match = /^([pP])(?:\{(\^?)(\w+)\}|(\w))/.exec(this.text.slice(this.at, this.at + 64));
    if (match === null) this.refuse('regex-syntax', 'A property is written `\\p{L}` or `\\pL`.', start);
    this.at += match[0].length;
    const set = propertySet(match[3] ?? match[4]!);
    if (set === undefined) this.unsupported(`the Unicode property \`${match[3] ?? match[4]}\``, start);
    return (match[1] === 'P') !== (match[2] === '^') ? invert(set) : set;
  }

  /** A single character after a backslash: control, hexadecimal, octal, or the character itself. */
  protected character(start: number): number {
    const rest = this.text.slice(this.at, this.at + 16);
    const hex = /^x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{0,2}))/.exec(rest);
    const octal = /^(?:o\{([0-7]{1,7})\}|([0-7]{1,3}))/.exec(rest);
    const control = /^c([\x20-\x7e])/.exec(rest);
    const found = hex ?? octal ?? control;
    if (found !== null) {
      this.at += found[0].length;
      const digits = found[1] ?? found[2] ?? '';
      if (found === control) return digits.toUpperCase().charCodeAt(0) ^ 64;
      const point = Number.parseInt(digits || '0', found === hex ? 16 : 8);
      if (point > MAX_CODE_POINT)
        this.refuse('regex-syntax', 'There is no character with this number.', start);
      return point;
    }
    const point = this.text.codePointAt(this.at)!;
    this.at += point > 0xffff ? 2 : 1;
    const char = String.fromCodePoint(point);
    const escaped = CONTROL_ESCAPES[char];
    if (escaped !== undefined) return escaped;
    if (/[A-Za-z]/.test(char))
      this.refuse('regex-syntax', `PCRE has no escape \`\\${char}\`; remove the backslash.`, start);
    return point;
  }

  protected charClass(start: number): CharSet {
    const negated = this.text[this.at] === '^';
    if (negated) this.at++;
    const ranges: number[] = [];
    for (let first = true; ; first = false) {
      if (this.at >= this.text.length)
        this.refuse('regex-syntax', 'This `[` is not closed; add `]`.', start, start + 1);
      if (this.text[this.at] === ']' && !first) break;
      const low = this.classItem();
      if (typeof low !== 'number') {
        ranges.push(...low);
        continue;
      }
      const dash = this.at;
      if (this.text[dash] === '-' && this.text[dash + 1] !== ']' && dash + 1 < this.text.length) {
        this.at++;
        const high = this.classItem();
        if (typeof high === 'number') {
          if (high < low) this.refuse('regex-syntax', 'This range of characters is out of order.', dash - 1);
          ranges.push(low, high);
          continue;
        }
        // `[a-\d]`: the hyphen stands for itself.
        ranges.push(45, 45, ...high);
      }
      ranges.push(low, low);
    }
    this.at++;
    let set = normalise(ranges);
    // Both cases belong to the class before it is negated: `(?i)[^a]` must refuse `A`.
    if (this.flags.i) set = foldCase(set);
    return negated ? invert(set) : set;
  }

  private classItem(): number | CharSet {
    const start = this.at;
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.text.slice(start, start + 16));
    if (posix !== null) {
      const set = POSIX_SETS[posix[2]!];
      this.at += posix[0].length;
      if (set === undefined) this.refuse('regex-syntax', `There is no class \`[:${posix[2]}:]\`.`, start);
      return posix[1] === '^' ? invert(set) : set;
    }
    if (this.text[start] !== '\\') {
      const point = this.text.codePointAt(start)!;
      this.at += point > 0xffff ? 2 : 1;
      return point;
    }
    this.at++;
    const letter = this.text[this.at];
    if (letter === undefined) this.refuse('regex-syntax', 'The pattern ends in a single backslash.', start);
    const set = letter === 'N' ? undefined : ESCAPE_SETS[letter];
    if (set !== undefined) {
      this.at++;
      return set;
    }
    if (letter === 'p' || letter === 'P') return this.property(start);
    if (letter === 'b') {
      this.at++;
      return 8;
    }
    return this.character(start);
  }
}
