/**
 * YAML as nearly all content is written (mappings and lists in block style, scalars of every style, comments), read in
 * one pass over the text, at a fraction of the cost of events. Whatever goes beyond that, and whatever is wrong, is left
 * to the parser that knows all of YAML; the nodes are the same, places included.
 */
import { CHOMPING_MODE, EVENT_ID, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Mapping, Scalar, Sequence, YamlNode } from './yaml-node.ts';

/** Tabs, other line ends, control characters and halves of characters; marks of documents and directives. */
const BEYOND = /[^\n -~\x85\xA0-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]|^(?:---|\.\.\.|%)/mu;

/** The one document of a text; undefined where it is not written in this way alone. */
export function readBlocks(text: string): Mapping | undefined {
  if (BEYOND.test(text)) return undefined;
  try {
    return new BlockReader(text).document();
  } catch (error) {
    if (error === OTHERWISE) return undefined;
    throw error;
  }
}

/** Thrown where the text goes beyond what is read here. */
const OTHERWISE = Symbol('written otherwise');

const NEWLINE = 10;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const DASH = 45;
const COLON = 58;
const GREATER = 62;
const BRACKET = 91;
const BACKSLASH = 92;
const BRACKET_END = 93;
const BAR = 124;
/** What a plain scalar cannot begin with, or not always. */
const INDICATORS = new Set([...'-?:,[]{}#&*!|>\'"%@`'].map((character) => character.charCodeAt(0)));

class BlockReader {
  /** Where reading goes on. */
  private at = 0;
  /** Of the line that `at` is in, once `nextLine` found one; -1 at the end of the text. */
  private indent = 0;

  constructor(private readonly text: string) {}

  document(): Mapping {
    this.nextLine(0);
    if (this.indent !== 0) throw OTHERWISE;
    const root = this.mapping(0);
    if (this.at < this.text.length) throw OTHERWISE;
    return root;
  }

  private code(at: number): number {
    return this.text.charCodeAt(at);
  }

  /** The next line with content at or after the beginning of a line. */
  private nextLine(from: number): void {
    const { text } = this;
    let start = from;
    for (;;) {
      let at = start;
      while (text.charCodeAt(at) === SPACE) at += 1;
      const first = text.charCodeAt(at);
      if (at >= text.length) {
        this.at = text.length;
        this.indent = -1;
        return;
      }
      if (first !== NEWLINE && first !== HASH) {
        this.at = at;
        this.indent = at - start;
        return;
      }
      const end = first === NEWLINE ? at : text.indexOf('\n', at);
      start = end < 0 ? text.length : end + 1;
    }
  }

  /** From behind a value to the next line with content; only blanks and a comment may be between. */
  private endLine(from: number): void {
    let at = from;
    while (this.code(at) === SPACE) at += 1;
    const next = this.code(at);
    if (at < this.text.length && next !== NEWLINE && (next !== HASH || at === from)) throw OTHERWISE;
    const end = next === NEWLINE ? at : this.text.indexOf('\n', at);
    this.nextLine(end < 0 ? this.text.length : end + 1);
  }

  private blankOrEnd(at: number): boolean {
    const code = this.code(at);
    return code === SPACE || code === NEWLINE || at >= this.text.length;
  }

  private isDash(): boolean {
    return this.code(this.at) === DASH && this.blankOrEnd(this.at + 1);
  }

  /** A mapping whose keys stand in `column`; the first stands at `at`. */
  private mapping(column: number): Mapping {
    const entries: Mapping['entries'] = new Map();
    const node: Mapping = { kind: 'mapping', entries, start: this.at, end: this.at };
    do {
      const key = this.key();
      if (key === undefined || entries.has(key.text) || key.text === '<<') throw OTHERWISE;
      const value = this.value(column);
      entries.set(key.text, { key: { start: key.start, end: key.end }, value });
      node.end = Math.max(node.end, key.end, value.end);
    } while (this.indent === column && !this.isDash());
    if (this.indent > column) throw OTHERWISE;
    return node;
  }

  /** The key at `at`, behind whose colon reading goes on; undefined, and nothing is read, where none stands there. */
  private key(): Scalar | undefined {
    const { text, at } = this;
    const first = text.charCodeAt(at);
    if (first === SINGLE_QUOTE || first === DOUBLE_QUOTE) {
      const close = this.closing(at, first);
      if (text.slice(at, close).includes('\n')) return undefined;
      let colon = close + 1;
      while (text.charCodeAt(colon) === SPACE) colon += 1;
      if (text.charCodeAt(colon) !== COLON || !this.blankOrEnd(colon + 1)) return undefined;
      this.at = colon + 1;
      return this.quotedNode(at + 1, close, first);
    }
    let last = at;
    for (let colon = at; colon < text.length; colon += 1) {
      const code = text.charCodeAt(colon);
      if (code === NEWLINE) return undefined;
      if (code === COLON && this.blankOrEnd(colon + 1)) {
        if (INDICATORS.has(first)) throw OTHERWISE;
        this.at = colon + 1;
        return { kind: 'scalar', text: text.slice(at, last), plain: true, start: at, end: last };
      }
      if (code === HASH && text.charCodeAt(colon - 1) === SPACE) return undefined;
      if (code !== SPACE) last = colon + 1;
    }
    return undefined;
  }

  /** What stands behind the colon of a key in `column`. */
  private value(column: number): YamlNode {
    let { at } = this;
    while (this.code(at) === SPACE) at += 1;
    const first = this.code(at);
    if (at < this.text.length && first !== NEWLINE && first !== HASH) {
      this.at = at;
      if (this.isDash()) throw OTHERWISE;
      return this.scalar(column);
    }
    this.endLine(this.at);
    if (this.indent >= column && this.isDash()) return this.sequence(this.indent);
    // An absent value has no place.
    if (this.indent <= column) return { kind: 'scalar', text: '', plain: true, start: 0, end: 0 };
    return this.mappingOrScalar(this.indent, column);
  }

  private sequence(column: number): Sequence {
    const items: YamlNode[] = [];
    const node: Sequence = { kind: 'sequence', items, start: this.at, end: this.at };
    do {
      const dash = this.at;
      this.at += 1;
      while (this.code(this.at) === SPACE) this.at += 1;
      if (this.isDash() || this.code(this.at) === NEWLINE || this.at >= this.text.length) throw OTHERWISE;
      const item = this.mappingOrScalar(column + this.at - dash, column);
      items.push(item);
      node.end = Math.max(node.end, item.end);
    } while (this.indent === column && this.isDash());
    if (this.indent > column) throw OTHERWISE;
    return node;
  }

  /** A mapping whose first key stands at `at`, in `keys`, or a scalar of what stands in `column`. */
  private mappingOrScalar(keys: number, column: number): YamlNode {
    const { at } = this;
    const first = this.code(at);
    if (first === BAR || first === GREATER) return this.scalar(column);
    const mapping = this.key() !== undefined;
    this.at = at;
    return mapping ? this.mapping(keys) : this.scalar(column);
  }

  /** The scalar (or empty list) at `at`, whose further lines stand further in than `column`. */
  private scalar(column: number): Scalar | Sequence {
    const { at } = this;
    const first = this.code(at);
    if (first === BAR || first === GREATER) return this.block(column);
    if (first === SINGLE_QUOTE || first === DOUBLE_QUOTE) {
      const close = this.closing(at, first);
      this.checkLines(at + 1, close, column);
      this.endLine(close + 1);
      return this.quotedNode(at + 1, close, first);
    }
    if (first === BRACKET && this.code(at + 1) === BRACKET_END) {
      this.endLine(at + 2);
      return { kind: 'sequence', items: [], start: at, end: at };
    }
    if (INDICATORS.has(first) && (first !== DASH || this.blankOrEnd(at + 1))) throw OTHERWISE;
    return this.plain(column);
  }

  /** Where the quotation mark stands that ends the text begun at `open`. */
  private closing(open: number, mark: number): number {
    const { text } = this;
    for (let at = open + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH && mark === DOUBLE_QUOTE) at += 1;
      else if (code === mark) {
        if (mark === DOUBLE_QUOTE || text.charCodeAt(at + 1) !== SINGLE_QUOTE) return at;
        at += 1;
      }
    }
    throw OTHERWISE;
  }

  /** Lines of a quoted text that stand too far out are an error. */
  private checkLines(start: number, end: number, column: number): void {
    const { text } = this;
    for (let line = text.indexOf('\n', start); line >= 0 && line < end; line = text.indexOf('\n', line + 1)) {
      let at = line + 1;
      while (text.charCodeAt(at) === SPACE) at += 1;
      if (text.charCodeAt(at) !== NEWLINE && at - line - 1 <= column) throw OTHERWISE;
    }
  }

  private quotedNode(start: number, end: number, mark: number): Scalar {
    const { text } = this;
    const written = text.slice(start, end);
    const simple = !written.includes('\n') && !written.includes(mark === SINGLE_QUOTE ? "'" : '\\');
    if (!simple && mark === DOUBLE_QUOTE && !SIMPLE_ESCAPES.test(written)) throw OTHERWISE;
    const style = mark === SINGLE_QUOTE ? SCALAR_STYLE.SINGLE_QUOTED : SCALAR_STYLE.DOUBLE_QUOTED;
    const value = simple ? written : textOf(text, { valueStart: start, valueEnd: end, style });
    return { kind: 'scalar', text: value, plain: false, start, end };
  }

  private plain(column: number): Scalar {
    const { text, at: start } = this;
    let end = start;
    let lines = 1;
    for (let at = start; ; at += 1) {
      const code = at < text.length ? text.charCodeAt(at) : NEWLINE;
      if (code === NEWLINE) {
        this.nextLine(at + 1);
        // A line further in belongs to the scalar, unless a comment stands before it.
        if (this.indent <= column) break;
        if (text.slice(at, this.at).includes('#')) throw OTHERWISE;
        at = this.at - 1;
        lines += 1;
      } else if (code === COLON && this.blankOrEnd(at + 1)) throw OTHERWISE;
      else if (code === HASH && text.charCodeAt(at - 1) === SPACE) {
        this.endLine(at - 1);
        break;
      } else if (code !== SPACE) end = at + 1;
    }
    const style = SCALAR_STYLE.PLAIN;
    const value =
      lines === 1 ? text.slice(start, end) : textOf(text, { valueStart: start, valueEnd: end, style });
    return { kind: 'scalar', text: value, plain: true, start, end };
  }

  /** A text of whole lines behind `|` or `>`. */
  private block(column: number): Scalar {
    const { text } = this;
    const style = this.code(this.at) === BAR ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
    const header = text.indexOf('\n', this.at);
    const sign = text.slice(this.at + 1, header < 0 ? text.length : header).trimEnd();
    const chomping = CHOMPING.get(sign);
    if (chomping === undefined || header < 0) throw OTHERWISE;
    const start = header + 1;
    let indent = -1;
    let at = start;
    while (at < text.length) {
      let first = at;
      while (text.charCodeAt(first) === SPACE) first += 1;
      if (first >= text.length) throw OTHERWISE;
      if (text.charCodeAt(first) !== NEWLINE) {
        if (indent < 0 && first - at > column) indent = first - at;
        if (indent < 0 || first - at < indent) break;
      } else if (indent < 0 && first > at) throw OTHERWISE;
      const end = text.indexOf('\n', first);
      at = end < 0 ? text.length : end + 1;
    }
    this.nextLine(at);
    const value = textOf(text, { valueStart: start, valueEnd: at, style, chomping, indent });
    return { kind: 'scalar', text: value, plain: false, start, end: at };
  }
}

/** Escapes whose form is checked at a glance. */
const SIMPLE_ESCAPES = /^(?:[^\\]|\\[0abtnvfre "/\\N_LP\n])*$/;
const CHOMPING: ReadonlyMap<string, ScalarEvent['chomping']> = new Map([
  ['', CHOMPING_MODE.CLIP],
  ['-', CHOMPING_MODE.STRIP],
  ['+', CHOMPING_MODE.KEEP],
]);

type Part = Pick<ScalarEvent, 'valueStart' | 'valueEnd' | 'style'> &
  Partial<Pick<ScalarEvent, 'chomping' | 'indent'>>;

/** The text that lines, quotes and escapes stand for. */
const textOf = (text: string, part: Part): string =>
  getScalarValue(text, {
    type: EVENT_ID.SCALAR,
    anchorStart: -1,
    anchorEnd: -1,
    tagStart: -1,
    tagEnd: -1,
    chomping: CHOMPING_MODE.CLIP,
    indent: -1,
    fast: false,
    ...part,
  });
