/** What characters mean outside a grammar: classes for words, escapes and quotes, the inside of a macro call. */

const SPACE = 1;
const ARG_STOP = 2;
const SEARCH_STOP = 4;
const IDENT = 8;
const VALUE_STOP = 16;
export const CLASSES = new Uint8Array(128);
function classify(chars: string, bit: number): void {
  for (let i = 0; i < chars.length; i++) CLASSES[chars.charCodeAt(i)]! |= bit;
}
const BLANKS = ' \t\r\n\f\v';
classify(BLANKS, SPACE | ARG_STOP | SEARCH_STOP | VALUE_STOP);
classify('|()[]"`', ARG_STOP | SEARCH_STOP | VALUE_STOP);
classify(',=', ARG_STOP);
classify('=<>,', SEARCH_STOP);
classify(',', VALUE_STOP);
classify('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$', IDENT);

export type WordMode = 'arg' | 'search' | 'value';
export const STOPS: Record<WordMode, number> = { arg: ARG_STOP, search: SEARCH_STOP, value: VALUE_STOP };

/** Whether the UTF-16 unit may be part of a bare eval identifier. */
export function isIdent(code: number): boolean {
  return code > 127 ? code !== 160 && code !== 0xfeff : (CLASSES[code]! & IDENT) !== 0;
}
export function isSpace(code: number): boolean {
  return code > 127 ? code === 160 || code === 0xfeff : (CLASSES[code]! & SPACE) !== 0;
}

/** `\\` and `\"` (or the given quote) undone; any other backslash stays, because it belongs to a pattern or a path. */
export function undoEscapes(text: string, quote = '"'): string {
  if (!text.includes('\\')) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const next = text[i + 1];
    if (text[i] === '\\' && (next === '\\' || next === quote)) i++;
    out += text[i];
  }
  return out;
}

/** The inverse of `undoEscapes`, with quotes. */
export function quote(text: string, mark = '"'): string {
  return mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
}

/** Splits the inside of a macro call, `name(a, "b c")`, into its name and arguments. */
export function macroParts(inner: string): { name: string; args: string[] } {
  const open = inner.indexOf('(');
  const close = inner.lastIndexOf(')');
  if (open < 0 || close < open) return { name: inner.trim(), args: [] };
  const name = inner.slice(0, open).trim();
  const body = inner.slice(open + 1, close);
  if (body.trim() === '') return { name, args: [] };
  const args: string[] = [];
  let start = 0;
  let depth = 0;
  let inQuote = false;
  for (let i = 0; i <= body.length; i++) {
    const c = body[i];
    if (c === '\\') i++;
    else if (c === '"') inQuote = !inQuote;
    else if (!inQuote && c === '(') depth++;
    else if (!inQuote && c === ')') depth--;
    if (i >= body.length || (c === ',' && !inQuote && depth <= 0)) {
      const arg = body.slice(start, i).trim();
      const isQuoted = arg.length > 1 && arg.startsWith('"') && arg.endsWith('"');
      args.push(isQuoted ? arg.slice(1, -1) : arg);
      start = i + 1;
    }
  }
  return { name, args };
}
