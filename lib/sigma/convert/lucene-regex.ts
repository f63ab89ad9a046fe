/**
 * Regular expressions of Lucene: they cover the whole value, have no anchors, no `\d` and no flags. Source: Lucene
 * `RegExp`, Elasticsearch "Regular expression syntax".
 */
import type { ValueOf } from './syntax.ts';

const CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: 'a-zA-Z0-9_', s: ' \\t\\n\\r\\f' };
/** Characters that are plain in other dialects and operators in this one. */
const OPERATORS = /[#@&<>~"]/;

/** The same language in Lucene's syntax; undefined for what it does not have (look-around, references, inner anchors). */
export function luceneRegex({ source, flags }: ValueOf<'regex'>): string | undefined {
  if (flags.m) return undefined;
  const start = startOf(source);
  const end = endOf(source.slice(start.length));
  const inner = source.slice(start.length, source.length - end.length);
  const [made, before, after] = [inner, start.text, end.text].map((text) => translate(text, flags.i));
  if (made === undefined || before === undefined || after === undefined) return undefined;
  // An alternative at the top would take the added ends for itself.
  const alone = /\|/.test(inner) ? `(${made})` : made;
  return `${EDGE[start.kind](before, true)}${alone}${EDGE[end.kind](after, false)}`;
}

/** What stands at an end of the expression: nothing, an anchor, or an anchor with alternatives to it, `(^|\s)`. */
interface Edge {
  kind: 'open' | 'anchor' | 'either';
  /** Characters of the source. */
  length: number;
  /** The alternatives to the anchor. */
  text: string;
}

const EDGE: Readonly<Record<Edge['kind'], (text: string, first: boolean) => string>> = {
  open: () => '.*',
  anchor: () => '',
  either: (text, first) => (first ? `(.*(${text}))?` : `((${text}).*)?`),
};

const OPEN: Edge = { kind: 'open', length: 0, text: '' };

function startOf(source: string): Edge {
  if (source.startsWith('^')) return { kind: 'anchor', length: 1, text: '' };
  const either = /^\((?:\?:)?\^\|((?:\\.|\[(?:\\.|[^\]\\])*\]|[^()[\\])+)\)(?![*+?{])/.exec(source);
  return either === null ? OPEN : { kind: 'either', length: either[0].length, text: either[1]! };
}

function endOf(source: string): Edge {
  if (/(?:^|[^\\])(?:\\\\)*\$$/.test(source)) return { kind: 'anchor', length: 1, text: '' };
  const either = /(?<!\\)\((?:\?:)?((?:\\.|\[(?:\\.|[^\]\\])*\]|[^()[\\])+)\|\$\)$/.exec(source);
  return either === null ? OPEN : { kind: 'either', length: either[0].length, text: either[1]! };
}

function translate(source: string, ignoreCase: boolean): string | undefined {
  let out = '';
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at]!;
    const next = source[at + 1] ?? '';
    if (character === '\\') {
      at += 1;
      const named = CLASSES[next];
      if (named !== undefined) out += inClass ? named : `[${named}]`;
      else if (CLASSES[next.toLowerCase()] !== undefined && !inClass)
        out += `[^${CLASSES[next.toLowerCase()]}]`;
      else if (/[bBAZzG1-9pPkK]/.test(next) || next === '') return undefined;
      else if (/[trnf]/.test(next)) out += `\\${next}`;
      else if (next === 'x') {
        const hex = /^[\da-fA-F]{2}/.exec(source.slice(at + 1))?.[0];
        if (hex === undefined) return undefined;
        out += folded(String.fromCharCode(Number.parseInt(hex, 16)), ignoreCase, inClass);
        at += 2;
      } else out += /[A-Za-z]/.test(next) ? folded(next, ignoreCase, inClass) : `\\${next}`;
      continue;
    }
    if (inClass) {
      if (character === ']') inClass = false;
      out +=
        /[A-Za-z]/.test(character) && next !== '-' && source[at - 1] !== '-'
          ? folded(character, ignoreCase, true)
          : character;
      // A range of letters has its twin in the other case.
      const range = ignoreCase ? /^([a-z]-[a-z]|[A-Z]-[A-Z])/.exec(source.slice(at)) : null;
      if (range !== null) {
        const twin = /[a-z]/.test(character) ? range[0].toUpperCase() : range[0].toLowerCase();
        out = `${out.slice(0, -1)}${range[0]}${twin}`;
        at += 2;
      }
      continue;
    }
    if (character === '[') {
      inClass = true;
      out += '[';
    } else if (character === '(' && next === '?') {
      if (!source.startsWith('(?:', at)) return undefined;
      out += '(';
      at += 2;
    } else if (character === '^' || character === '$') return undefined;
    else if (/[*+?}]/.test(character) && next === '?') {
      // A lazy quantifier finds the same values.
      out += character;
      at += 1;
    } else if (/[A-Za-z]/.test(character)) out += folded(character, ignoreCase, false);
    else out += OPERATORS.test(character) ? `\\${character}` : character;
  }
  return out;
}

function folded(letter: string, ignoreCase: boolean, inClass: boolean): string {
  const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()];
  if (!ignoreCase || lower === upper) return letter;
  return inClass ? `${lower}${upper}` : `[${lower}${upper}]`;
}
