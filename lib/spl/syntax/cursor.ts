import type { Diagnostic, Range } from '../../text/diagnostic.ts';
import type { Comment, Dialect, MacroCall, Query, Subsearch, Text } from './ast.ts';
import { CLASSES, isIdent, isSpace, macroParts, STOPS, undoEscapes, type WordMode } from './characters.ts';

/**
 * A reader over the text of a search. There is no separate token stream: what a character means depends on the command
 * (`*` is a wildcard in `search` and a product in `eval`), so each parser asks for the kind of token it expects.
 */

/** Thrown inside the parser only, caught at the stage it belongs to, and turned into a diagnostic there. */
export class SyntaxFailure {
  constructor(
    readonly code: string,
    readonly message: string,
    readonly range: Range,
  ) {}
}

/** Nesting of parentheses, calls and subsearches beyond this is refused, so that no text can exhaust the stack. */
const MAX_DEPTH = 200;

export class Cursor {
  pos = 0;
  /** Characters and tokens looked at: a machine-independent measure of work. */
  steps = 0;
  /** The command being parsed, for messages. */
  command = '';
  comments: Comment[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private commented = 0;
  private depth = 0;
  private brackets = 0;
  /** The last token read, for "expected X after Y". */
  private last: Range = { start: 0, end: 0 };

  constructor(
    readonly text: string,
    readonly dialect: Dialect,
    private readonly pipeline: (cursor: Cursor) => Query,
    readonly end = text.length,
  ) {}

  // ------------------------------------------------------------------------------------------------------- blanks

  /** Skips blanks and comments; every comment is recorded once, in the stage that is open when it is first met. */
  skip(): void {
    const { text, end } = this;
    for (;;) {
      while (this.pos < end && isSpace(text.charCodeAt(this.pos))) this.pos++;
      const tick = text.startsWith('```', this.pos);
      if (!tick && !(this.dialect === 'spl2' && text.startsWith('/*', this.pos))) break;
      if (this.pos >= end) break;
      const size = tick ? 3 : 2;
      const close = text.indexOf(tick ? '```' : '*/', this.pos + size);
      if (close < 0) {
        const range = { start: this.pos, end };
        this.pos = end;
        throw new SyntaxFailure(
          'unclosed-comment',
          'This comment has no end: close it with ``` (or */ in SPL2).',
          range,
        );
      }
      const range = { start: this.pos, end: close + size };
      this.steps += range.end - range.start;
      if (range.start >= this.commented) {
        this.comments.push({
          text: text.slice(this.pos + size, close),
          raw: text.slice(range.start, range.end),
          range,
          leading: false,
        });
        this.commented = range.end;
      }
      this.pos = range.end;
    }
    this.steps++;
  }

  /** The character at the cursor after blanks, or '' at the end of the text. */
  peek(): string {
    this.skip();
    return this.pos < this.end ? this.text[this.pos]! : '';
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.pos);
  }

  /** Skips blanks; true at a pipe, at the bracket that closes this subsearch, and at the end of a statement. */
  atStageEnd(): boolean {
    const c = this.peek();
    if (c === '' || c === '|') return true;
    if (c === ']') return this.brackets > 0;
    if (this.dialect !== 'spl2') return false;
    return c === ';' || (c === '-' && this.placeholder() !== undefined);
  }

  /** SPL2 sources hold `--finding_report--`, which the content's build replaces by stages. */
  placeholder(): string | undefined {
    return this.match(/--[a-z_]+--/y, false);
  }

  // ------------------------------------------------------------------------------------------------------- tokens

  range(start: number): Range {
    return { start, end: this.pos };
  }

  private took(start: number): void {
    this.steps += this.pos - start;
    if (this.pos > start) this.last = { start, end: this.pos };
  }

  /** Matches a sticky expression at the cursor, blanks not skipped. */
  match(pattern: RegExp, consume = true): string | undefined {
    this.steps++;
    pattern.lastIndex = this.pos;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined || this.pos + found.length > this.end) return undefined;
    if (consume) {
      this.pos += found.length;
      this.took(this.pos - found.length);
    }
    return found;
  }

  /** Consumes the given punctuation after blanks. */
  eat(symbol: string): boolean {
    this.skip();
    if (this.pos >= this.end || !this.startsWith(symbol)) return false;
    this.pos += symbol.length;
    this.took(this.pos - symbol.length);
    return true;
  }

  expect(symbol: string): void {
    if (!this.eat(symbol)) this.fail('expected-token', `\`${symbol}\``);
  }

  /** Consumes one of the keywords, any case, as a whole word, after blanks; answers it in lower case. */
  keyword(...words: string[]): string | undefined {
    const word = this.peekWord()?.toLowerCase();
    if (word === undefined || !words.includes(word)) return undefined;
    this.pos += word.length;
    this.took(this.pos - word.length);
    return word;
  }

  /** The letters, digits and underscores at the cursor, not consumed. */
  peekWord(): string | undefined {
    this.skip();
    return this.match(/[A-Za-z_][A-Za-z0-9_]*(?![\w.{*:$-])/y, false);
  }

  /** A bare run of characters in the given mode, '' if there is none. `\\`, `\"` and an escaped blank are part of it. */
  run(mode: WordMode): string {
    const { text, end } = this;
    const stop = STOPS[mode];
    const start = this.pos;
    while (this.pos < end) {
      const code = text.charCodeAt(this.pos);
      if (code > 127 ? isSpace(code) : CLASSES[code]! & stop) break;
      if (mode === 'search' && code === 33 && text.charCodeAt(this.pos + 1) === 61) break;
      if (code === 92) this.pos = this.escaped(stop);
      if (code === 59 && this.dialect === 'spl2') break;
      this.pos++;
    }
    this.took(start);
    const word = text.slice(start, this.pos);
    const dangling = text.charCodeAt(this.pos - 1) === 92 && /(?:^|[^\\])(?:\\\\)*$/.test(word.slice(0, -1));
    if (dangling && (mode === 'arg' || text.startsWith('```', this.pos))) {
      throw new SyntaxFailure(
        'dangling-backslash',
        'A word ends in a backslash here: put it in quotes and double the backslash.',
        this.range(start),
      );
    }
    return word;
  }

  /**
   * The last position of what a backslash takes with it: another backslash, a quote, or blanks that a word follows
   * (`System\\ Volume`); otherwise the backslash stands for itself.
   */
  private escaped(stop: number): number {
    const { text, end, pos } = this;
    const next = text[pos + 1];
    if (pos + 1 < end && (next === '\\' || next === '"')) return pos + 1;
    let at = pos + 1;
    while (at < end && isSpace(text.charCodeAt(at))) at++;
    const code = text.charCodeAt(at);
    if (code === 59 && this.dialect === 'spl2') return pos;
    const joins =
      at > pos + 1 &&
      at < end &&
      (code > 127 || !(CLASSES[code]! & stop)) &&
      !(this.dialect === 'spl2' && text.startsWith('/*', at));
    return joins ? at - 1 : pos;
  }

  /** A bare eval identifier, '' if there is none. `<<FIELD>>` and `$token$` templates are part of it. */
  identifier(): string {
    const { text, end } = this;
    const start = this.pos;
    const loose = this.dialect === 'spl1';
    while (this.pos < end) {
      const code = text.charCodeAt(this.pos);
      if (isIdent(code)) this.pos++;
      else if (code === 60 && this.match(/<<\w+>>/y) !== undefined) continue;
      // `{}` of JSON paths and the colon of `inbound:outbound` occur unquoted in published searches.
      else if (loose && this.pos > start && (code === 123 || code === 125 || code === 58)) this.pos++;
      else break;
    }
    this.took(start);
    return text.slice(start, this.pos);
  }

  /** A quoted string at the cursor; answers it with its quotes. */
  quoted(): string {
    const { text, end } = this;
    const start = this.pos;
    const mark = text.charCodeAt(start);
    let at = start + 1;
    while (at < end && text.charCodeAt(at) !== mark) at += text.charCodeAt(at) === 92 ? 2 : 1;
    if (at >= end) {
      this.pos = end;
      throw new SyntaxFailure(
        'unclosed-quote',
        `This ${text[start]} has no partner: close the quote, or write \\${text[start]} for the character itself.`,
        { start, end: Math.min(end, start + 1) },
      );
    }
    this.pos = at + 1;
    this.took(start);
    return text.slice(start, this.pos);
  }

  /** A quoted string or a bare word, as an argument. Undefined when neither stands here. */
  word(mode: WordMode = 'arg'): Text | undefined {
    const c = this.peek();
    const start = this.pos;
    if (c === '`') return this.macroText();
    if (c === '"' || (c === "'" && mode !== 'search')) {
      if (c === '"' || this.text.indexOf("'", start + 1) > 0) {
        const raw = this.quoted();
        return {
          kind: 'text',
          value: undoEscapes(raw.slice(1, -1), c),
          raw,
          quoted: true,
          range: this.range(start),
        };
      }
    }
    const raw = this.run(mode);
    if (raw === '') return undefined;
    return { kind: 'text', value: undoEscapes(raw), raw, quoted: false, range: this.range(start) };
  }

  private macroText(): Text {
    const macro = this.macro();
    return { kind: 'text', value: macro.raw, raw: macro.raw, quoted: false, range: macro.range, macro };
  }

  /** A macro call; the cursor is at its backtick. */
  macro(): MacroCall {
    const start = this.pos;
    let at = start + 1;
    let inQuote = false;
    for (; at < this.end; at++) {
      const c = this.text[at];
      if (c === '"') inQuote = !inQuote;
      else if (c === '\\') at++;
      else if (c === '`' && !inQuote) break;
    }
    if (at >= this.end) {
      this.pos = this.end;
      throw new SyntaxFailure('unclosed-macro', 'This macro call has no closing backtick: add one.', {
        start,
        end: start + 1,
      });
    }
    this.pos = at + 1;
    this.took(start);
    const raw = this.text.slice(start, this.pos);
    return { kind: 'macro', ...macroParts(raw.slice(1, -1)), raw, range: this.range(start) };
  }

  // ------------------------------------------------------------------------------------------------ nested things

  /** `[ ... ]`; the cursor is at the bracket. */
  subsearch(): Subsearch {
    const start = this.pos;
    this.pos++;
    this.took(start);
    const { command } = this;
    this.enter();
    this.brackets++;
    const outer = this.comments;
    const query = this.pipeline(this);
    this.comments = outer;
    this.brackets--;
    this.leave();
    this.command = command;
    const innerEnd = this.pos;
    if (this.pos < this.end && this.text[this.pos] === ']') this.pos++;
    else
      this.report('unclosed-bracket', 'This subsearch has no closing bracket: add `]`.', {
        start,
        end: start + 1,
      });
    this.took(innerEnd);
    return { kind: 'subsearch', query, text: this.text.slice(start + 1, innerEnd), range: this.range(start) };
  }

  /**
   * A cursor over text that stood inside a quoted option value, escapes undone. Offsets are right as long as nothing was
   * escaped before them; they never leave the value.
   */
  nested(inner: string, offset: number): Cursor {
    const end = offset + inner.length;
    const text = this.text.startsWith(inner, offset) ? this.text : ' '.repeat(offset) + inner;
    const cursor = new Cursor(text, this.dialect, this.pipeline, end);
    cursor.pos = offset;
    cursor.depth = this.depth;
    cursor.command = this.command;
    return cursor;
  }

  get inSubsearch(): boolean {
    return this.brackets > 0;
  }

  enter(): void {
    if (++this.depth > MAX_DEPTH) {
      throw new SyntaxFailure(
        'nested-too-deep',
        `More than ${MAX_DEPTH} levels of nesting: split the search.`,
        {
          start: this.pos,
          end: Math.min(this.end, this.pos + 1),
        },
      );
    }
  }
  leave(): void {
    this.depth--;
  }
  /** For recovery: the depth a stage started at. */
  get level(): number {
    return this.depth;
  }
  resetLevel(level: number): void {
    this.depth = level;
  }

  // -------------------------------------------------------------------------------------------------- diagnostics

  report(code: string, message: string, range: Range, severity: Diagnostic['severity'] = 'error'): void {
    this.diagnostics.push({ code, severity, message, range });
  }

  /** "Expected <what> after `<last token>` in `<command>`", at the next token. */
  fail(code: string, what: string): never {
    this.skip();
    const before = this.text.slice(this.last.start, this.last.end).trim();
    const after = before && before.length < 40 ? ` after \`${before}\`` : '';
    const within = this.command ? ` in \`${this.command}\`` : '';
    const start = Math.min(this.pos, this.end);
    const found = start < this.end ? `, found \`${this.text[start]}\`` : '';
    throw new SyntaxFailure(code, `Expected ${what}${after}${within}${found}.`, {
      start,
      end: Math.min(this.end, start + 1),
    });
  }
}
