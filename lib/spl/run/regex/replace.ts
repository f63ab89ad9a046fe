/** Replacement templates of `replace()` and sed scripts, and `rex mode=sed` scripts themselves. */
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { compileRegex, EXHAUSTED, type Regex, type RegexMatch } from './regex.ts';

/** Text and group numbers, alternating. */
export type Template = readonly (string | number)[];

/** `\1`..`\99` are groups and `\\` one backslash; any other backslash, and `$`, is an ordinary character. */
export function parseTemplate(text: string): Template {
  const out: (string | number)[] = [];
  let literal = '';
  for (const [part, digits] of text.matchAll(/\\(\d{1,2})|\\\\|[\s\S]/g)) {
    if (digits === undefined) literal += part === '\\\\' ? '\\' : part;
    else {
      if (literal !== '') out.push(literal);
      literal = '';
      out.push(Number(digits));
    }
  }
  if (literal !== '') out.push(literal);
  return out;
}

function fill(template: Template, match: RegexMatch): string {
  let out = '';
  for (const part of template) out += typeof part === 'string' ? part : (match.groups[part] ?? '');
  return out;
}

/** Replaces all matches, or only the `nth` (from 1), or with `nth` = 1 and `onward` false just the first. */
export function replaceMatches(
  regex: Regex,
  text: string,
  template: Template,
  only?: number,
): string | typeof EXHAUSTED {
  const matches = regex.findAll(text, only ?? Infinity);
  if (matches === EXHAUSTED) return EXHAUSTED;
  let out = '';
  let from = 0;
  for (const [i, match] of matches.entries()) {
    if (only !== undefined && i + 1 !== only) continue;
    out += text.slice(from, match.index) + fill(template, match);
    from = match.end;
  }
  return out + text.slice(from);
}

/** A compiled sed script: rewrites a text. EXHAUSTED: a pattern in it backtracked beyond its bound. */
export type SedScript = (text: string) => string | typeof EXHAUSTED;

/**
 * `s/regex/replacement/flags` with flags `g`, `i` or a number (only that match), and `y/abc/xyz/`; any delimiter;
 * several commands one after another, parted by blanks or `;`. Diagnostics have ranges into the script.
 */
export function compileSed(script: string): SedScript | Diagnostic {
  const steps: SedScript[] = [];
  let at = 0;
  for (;;) {
    while (/[\s;]/.test(script[at] ?? '')) at++;
    if (at >= script.length) break;
    const command = script[at]!;
    const start = at;
    const delimiter = script[at + 1];
    const first = delimiter === undefined ? undefined : readPart(script, at + 2, delimiter);
    const second = first === undefined ? undefined : readPart(script, first.end, delimiter!);
    if ((command !== 's' && command !== 'y') || first === undefined || second === undefined) {
      const message = 'A sed script is `s/regex/replacement/flags` or `y/from/to/`.';
      return { code: 'sed-syntax', severity: 'error', message, range: { start, end: script.length } };
    }
    const flags = command === 's' ? /^[gi\d]*/.exec(script.slice(second.end))![0] : '';
    at = second.end + flags.length;
    const step =
      command === 's'
        ? substitution(first.text, second.text, flags)
        : transliteration(first.text, second.text);
    if (typeof step !== 'function') {
      const shift = start + 2;
      const range = step.range && { start: step.range.start + shift, end: step.range.end + shift };
      return { ...step, range: range ?? { start, end: at } };
    }
    steps.push(step);
  }
  return (text) => {
    let current = text;
    for (const step of steps) {
      const next = step(current);
      if (next === EXHAUSTED) return EXHAUSTED;
      current = next;
    }
    return current;
  };
}

/** A part up to the delimiter; an escaped delimiter loses its backslash. */
function readPart(
  script: string,
  from: number,
  delimiter: string,
): { text: string; end: number } | undefined {
  let text = '';
  for (let i = from; i < script.length; i++) {
    if (script[i] === delimiter) return { text, end: i + 1 };
    if (script[i] === '\\' && i + 1 < script.length) {
      i++;
      text += script[i] === delimiter ? delimiter : `\\${script[i]}`;
    } else text += script[i];
  }
  return undefined;
}

function substitution(pattern: string, replacement: string, flags: string): SedScript | Diagnostic {
  const regex = compileRegex(pattern, flags.includes('i'));
  if ('code' in regex) return regex;
  // Unlike `replace()`, sed knows these three.
  const control: { readonly [pair: string]: string } = { '\\n': '\n', '\\t': '\t', '\\r': '\r' };
  const template = parseTemplate(replacement.replace(/\\[\s\S]/g, (pair) => control[pair] ?? pair));
  const nth = /\d+/.exec(flags)?.[0];
  const only = nth !== undefined ? Number(nth) : flags.includes('g') ? undefined : 1;
  return (text) => replaceMatches(regex, text, template, only);
}

function transliteration(from: string, to: string): SedScript | Diagnostic {
  const source = [...from];
  const target = [...to];
  if (source.length !== target.length) {
    const message = 'Both sides of `y/from/to/` must have the same number of characters.';
    return { code: 'sed-syntax', severity: 'error', message };
  }
  const map = new Map(source.map((char, i) => [char, target[i]!]));
  return (text) => [...text].map((char) => map.get(char) ?? char).join('');
}
