import type { Diagnostic, Range } from '../../text/diagnostic.ts';
import { nearestNames } from '../../text/nearest.ts';
import { macroParts } from './characters.ts';

/**
 * Macro expansion: textual, before parsing, as the Search Manual describes ("Use search macros in searches"): calls in
 * backticks outside double quotes and comments; told apart by name and number of arguments; `$argument$` replaced in the
 * definition; a definition may call others.
 */
export interface MacroDefinition {
  name: string;
  args: string[];
  definition: string;
  /** The definition is an eval expression that yields the text. Not supported: said in a diagnostic. */
  isEval?: boolean;
}

export interface MacroUse {
  name: string;
  args: string[];
  /** Of the call that was typed, also for calls inside definitions. */
  range: Range;
  /** Macros whose definitions led here, outermost first; empty for a call in the text itself. */
  via: string[];
}

export interface Expansion {
  text: string;
  uses: MacroUse[];
  diagnostics: Diagnostic[];
  /** A range of the expanded text in terms of the typed text: what came out of a macro maps to its whole call. */
  mapRange(range: Range): Range;
}

export interface ResolveMacro {
  (name: string, argCount: number): MacroDefinition | undefined;
  /** Names that can be resolved, for naming the one that a mistyped call meant. */
  names?: () => Iterable<string>;
}

const MAX_NESTING = 20;
const MAX_LENGTH = 1_000_000;

/** Definitions that every detection may rely on, used where `resolve` knows none. */
function builtin(name: string, argCount: number): MacroDefinition | undefined {
  if (name.endsWith('_filter') && argCount === 0) return { name, args: [], definition: 'search *' };
  if (name === 'drop_dm_object_name' && argCount === 1)
    return { name, args: ['object'], definition: 'rename "$object$.*" as *' };
  return undefined;
}

interface Piece {
  /** Offsets in the expanded text. */
  start: number;
  end: number;
  source: Range;
  /** Character for character the typed text. */
  exact: boolean;
}

class Expander {
  readonly uses: MacroUse[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private budget = MAX_LENGTH;

  constructor(private readonly resolve: ResolveMacro) {}

  /** The expansion of one call, or undefined when it has to stay as it is. */
  call(raw: string, range: Range, via: string[]): string | undefined {
    const { name, args } = macroParts(raw.slice(1, -1));
    this.uses.push({ name, args, range, via });
    const key = `${name}(${args.length})`;
    if (via.includes(key))
      return this.refuse(
        'macro-cycle',
        `The macro \`${name}\` calls itself: ${[...via, key].join(' → ')}.`,
        range,
      );
    if (via.length >= MAX_NESTING)
      return this.refuse(
        'macro-nesting',
        `Macros call each other more than ${MAX_NESTING} levels deep: ${via[0]} … ${key}.`,
        range,
      );
    const definition = this.resolve(name, args.length) ?? builtin(name, args.length);
    if (!definition) {
      const count = args.length === 1 ? '1 argument' : `${args.length} arguments`;
      const [near] = nearestNames(name, this.resolve.names?.() ?? [], 1);
      const advice =
        near === undefined
          ? ': define it, or correct the name.'
          : near === name
            ? ': it takes another number.'
            : `; did you mean \`${near}\`?`;
      return this.refuse('unknown-macro', `No macro \`${name}\` with ${count} is defined${advice}`, range);
    }
    if (definition.isEval)
      return this.refuse(
        'macro-eval-unsupported',
        `The macro \`${name}\` is defined by an eval expression, which is not supported: it stays as it is.`,
        range,
      );
    const text = substitute(definition, args);
    this.budget -= text.length;
    if (this.budget < 0)
      return this.refuse(
        'macro-too-long',
        `Expanding \`${name}\` makes the search longer than ${MAX_LENGTH} characters.`,
        range,
      );
    return splitCalls(text)
      .map((part) => (part.isCall ? (this.call(part.text, range, [...via, key]) ?? part.text) : part.text))
      .join('');
  }

  private refuse(code: string, message: string, range: Range): undefined {
    const known = this.diagnostics.some(
      (each) => each.message === message && each.range?.start === range.start,
    );
    if (!known) this.diagnostics.push({ code, severity: 'error', message, range });
    return undefined;
  }
}

function substitute({ args: names, definition }: MacroDefinition, values: string[]): string {
  const text = definition.trim();
  if (names.length === 0) return text;
  return text.replaceAll(/\$([\w-]+)\$/g, (whole, name: string) => {
    const at = names.indexOf(name);
    return at < 0 ? whole : (values[at] ?? '');
  });
}

interface Part {
  text: string;
  start: number;
  isCall: boolean;
}

/** Splits a text into macro calls and what is between them. */
export function splitCalls(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let at = 0;
  const push = (end: number, isCall: boolean) => {
    if (end > start) parts.push({ text: text.slice(start, end), start, isCall });
    start = end;
  };
  while (at < text.length) {
    const c = text[at];
    if (c === '\\') at++;
    else if (c === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    } else if (c === '`') {
      if (text.startsWith('```', at)) {
        const close = text.indexOf('```', at + 3);
        at = close < 0 ? text.length : close + 2;
      } else {
        const close = callEnd(text, at);
        if (close < 0) break;
        push(at, false);
        push(close, true);
        at = close - 1;
      }
    }
    at++;
  }
  push(text.length, false);
  return parts;
}

/** End of the call that starts at `start`: a backtick inside double quotes belongs to an argument. */
function callEnd(text: string, start: number): number {
  let inQuote = false;
  for (let at = start + 1; at < text.length; at++) {
    const c = text[at];
    if (c === '\\') at++;
    else if (c === '"') inQuote = !inQuote;
    else if (c === '`' && !inQuote) return at + 1;
  }
  return -1;
}

export function expandMacros(text: string, resolve: ResolveMacro): Expansion {
  const expander = new Expander(resolve);
  const pieces: Piece[] = [];
  let out = '';
  for (const part of splitCalls(text)) {
    const source = { start: part.start, end: part.start + part.text.length };
    const expanded = part.isCall ? expander.call(part.text, source, []) : undefined;
    const start = out.length;
    out += expanded ?? part.text;
    pieces.push({ start, end: out.length, source, exact: expanded === undefined });
  }
  return {
    text: out,
    uses: expander.uses,
    diagnostics: expander.diagnostics,
    mapRange: (range) => mapRange(pieces, range),
  };
}

function mapRange(pieces: Piece[], { start, end }: Range): Range {
  const first = pieceAt(pieces, start);
  const last = end > start ? pieceAt(pieces, end - 1) : first;
  if (!first || !last) return { start: 0, end: 0 };
  const from = first.exact
    ? first.source.start + Math.min(start, first.end) - first.start
    : first.source.start;
  const to = last.exact ? last.source.start + Math.min(end, last.end) - last.start : last.source.end;
  return { start: from, end: Math.max(from, to) };
}

/** The piece that holds an offset; the last one for the end of the text. */
function pieceAt(pieces: Piece[], offset: number): Piece | undefined {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offset < pieces[middle]!.end) high = middle;
    else low = middle + 1;
  }
  return pieces[low];
}
