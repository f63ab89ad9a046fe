/**
 * Texts with wildcards. A backslash takes the meaning of `*`, `?` and of a backslash before them; before anything else
 * it is a backslash: `C:\*` ends in a wildcard only when written `C:\\*`, and `\\host` begins with one backslash.
 */

export const ANY = Symbol('any text');
export const ONE = Symbol('one character');

export type Part = string | typeof ANY | typeof ONE;

/** Texts and wildcards in order; texts are not empty and never stand side by side. */
export type Pattern = readonly Part[];

const SPECIAL = /[\\*?]/;

export function parsePattern(text: string): Pattern {
  if (!SPECIAL.test(text)) return text === '' ? [] : [text];
  const parts: Part[] = [];
  let plain = '';
  /** Of what was not taken over yet. */
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      const next = text.charCodeAt(at + 1);
      if (next !== ASTERISK && next !== QUESTION && next !== BACKSLASH) continue;
      plain += text.slice(start, at);
      start = at + 1;
      at += 1;
    } else if (code === ASTERISK || code === QUESTION) {
      plain += text.slice(start, at);
      start = at + 1;
      if (plain !== '') parts.push(plain);
      plain = '';
      // Two in a row mean what one means.
      if (code === QUESTION) parts.push(ONE);
      else if (parts.at(-1) !== ANY) parts.push(ANY);
    }
  }
  plain += text.slice(start);
  if (plain !== '') parts.push(plain);
  return parts;
}

const BACKSLASH = 92;
const ASTERISK = 42;
const QUESTION = 63;

/** The text of a pattern without wildcards; undefined where it has some. */
export function plainText(pattern: Pattern): string | undefined {
  if (pattern.length === 0) return '';
  return pattern.length === 1 && typeof pattern[0] === 'string' ? pattern[0] : undefined;
}

/** Wildcards are put on after escapes were read: `C:\Temp\` with `contains` ends in a backslash, then anything. */
export function widen(pattern: Pattern, before: boolean, after: boolean): Pattern {
  const parts: Part[] = before && pattern[0] !== ANY ? [ANY] : [];
  for (const part of pattern) parts.push(part);
  if (after && parts[parts.length - 1] !== ANY) parts.push(ANY);
  return parts;
}

/** The pattern as Sigma writes it. */
export function printPattern(pattern: Pattern): string {
  return pattern
    .map((part, at) => {
      if (typeof part !== 'string') return part === ANY ? '*' : '?';
      const escaped = part.replace(/\\(?=[\\*?])|[*?]/g, '\\$&');
      return at < pattern.length - 1 && escaped.endsWith('\\') ? `${escaped}\\` : escaped;
    })
    .join('');
}

/** Replaces every text between wildcards by each of the texts that `alternatives` makes of it. */
export function* variants(
  pattern: Pattern,
  alternatives: (text: string) => readonly string[],
): Generator<Pattern> {
  const choices = pattern.map((part): readonly Part[] =>
    typeof part === 'string' ? alternatives(part) : [part],
  );
  yield* product(choices, 0, []);
}

function* product(
  choices: readonly (readonly Part[])[],
  at: number,
  chosen: readonly Part[],
): Generator<Pattern> {
  const here = choices[at];
  if (here === undefined) {
    yield chosen;
    return;
  }
  for (const part of here) yield* product(choices, at + 1, [...chosen, part]);
}
