import type { FieldValue } from '../record.ts';

/**
 * A value in double quotes with escapes, tried where the short way does not do: `\\` and any character but a line end.
 */
const ESCAPED = /"((?:[^"\\]|\\.)*)"/y;
const BLANK = /\s/;

const cleaned = new Map<string, string>();

/** Names as `CLEAN_KEYS` makes them: what is not a letter, digit or `_` becomes `_`; no digit or `_` in front. */
export function cleanKey(key: string): string {
  const known = cleaned.get(key);
  if (known !== undefined) return known;
  const clean = key.replace(/[^A-Za-z0-9_]/g, '_').replace(/^[_0-9]+/, '');
  // Names come from logs: the memory for them is bounded.
  if (cleaned.size < 10_000) cleaned.set(key, clean);
  return clean;
}

export interface KvOptions {
  /** Collects every value of a repeated key; otherwise the first stays, as KV_MODE auto has it. */
  every?: boolean;
  /** Keeps keys as they are written, dots included. */
  asWritten?: boolean;
}

/** Letters, digits, `_`: 1; `.`, `:`, `-`, which may stand inside a key: 2. */
const KEY_CHARS = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_')
  KEY_CHARS[char.charCodeAt(0)] = 1;
for (const char of '.:-') KEY_CHARS[char.charCodeAt(0)] = 2;

/** What ends a value that has no quotes, up to U+007F; beyond it, a blank of any kind. */
const VALUE_ENDS = new Uint8Array(128);
for (const char of '\t\n\v\f\r ,;|]})"\'') VALUE_ENDS[char.charCodeAt(0)] = 1;

function valueEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 ? VALUE_ENDS[code] === 1 : BLANK.test(text[at] ?? '')) break;
  }
  return at;
}

/** Start of the key that ends before `equals`, not before `floor`; `equals` where there is none. */
function keyStart(text: string, floor: number, equals: number): number {
  let at = equals;
  while (at > floor && (KEY_CHARS[text.charCodeAt(at - 1)] ?? 0) !== 0) at--;
  while (at < equals && KEY_CHARS[text.charCodeAt(at)] !== 1) at++;
  return at;
}

/**
 * Pairs of a text: a key, `=`, and a value in quotes or up to a blank or a separator, as Splunk's automatic key-value
 * extraction has it. Looked for by their `=`, because a pattern would try each letter of every word as a beginning.
 */
export function kvFields(
  text: string,
  into = new Map<string, FieldValue>(),
  { every = false, asWritten = false }: KvOptions = {},
): Map<string, FieldValue> {
  let floor = 0;
  for (let equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', Math.max(floor, equals + 1))) {
    const start = keyStart(text, floor, equals);
    if (start === equals) continue;
    const from = equals + 1;
    const quote = text[from];
    let value: string;
    if (quote === '"') {
      const close = text.indexOf('"', from + 1);
      if (close < 0) continue;
      value = text.slice(from + 1, close);
      if (value.includes('\\')) {
        ESCAPED.lastIndex = from;
        const match = ESCAPED.exec(text);
        if (match === null) continue;
        value = (match[1] ?? '').replace(/\\(["\\])/g, '$1');
        floor = ESCAPED.lastIndex;
      } else floor = close + 1;
    } else if (quote === "'") {
      const close = text.indexOf("'", from + 1);
      if (close < 0) continue;
      value = text.slice(from + 1, close);
      floor = close + 1;
    } else {
      const end = valueEnd(text, from);
      if (end === from) continue;
      value = text.slice(from, end);
      floor = end;
    }
    const written = text.slice(start, equals);
    const key = asWritten ? written : cleanKey(written);
    if (key === '' || value === '') continue;
    const known = into.get(key);
    if (known === undefined) into.set(key, value);
    else if (every) into.set(key, typeof known === 'string' ? [known, value] : [...known, value]);
  }
  return into;
}
