/** Prints a pattern's tree as the source of a JavaScript `u` pattern. Only for trees that `analyseRegex` calls exact. */
import { ANY, type CharSet, invert } from './charset.ts';
import type { AssertKind, RegexNode } from './tree.ts';

const ASSERTS: { readonly [K in AssertKind]: string } = {
  start: '^',
  'line-start': '(?<![^\\n])',
  // JavaScript's `$` without the m flag is PCRE's `\z`.
  end: '(?=\\n?$)',
  'line-end': '(?![^\\n])',
  finish: '$',
  'word-boundary': '\\b',
  'not-word-boundary': '\\B',
};

export function printJavaScript(node: RegexNode): string {
  switch (node.type) {
    case 'set':
      return printSet(node.set);
    case 'sequence':
      return node.items
        .map((item) => (item.type === 'choice' ? `(?:${printJavaScript(item)})` : printJavaScript(item)))
        .join('');
    case 'choice':
      return node.branches.map(printJavaScript).join('|');
    case 'repeat': {
      const body = printJavaScript(node.body);
      const bare = node.body.type === 'set' || node.body.type === 'capture';
      return (
        (bare ? body : `(?:${body})`) + printCount(node.min, node.max) + (node.mode === 'lazy' ? '?' : '')
      );
    }
    case 'capture':
      return `(${printJavaScript(node.body)})`;
    case 'atomic':
      return `(?:${printJavaScript(node.body)})`;
    case 'look':
      return `(?${node.behind ? '<' : ''}${node.negated ? '!' : '='}${printJavaScript(node.body)})`;
    case 'assert':
      return ASSERTS[node.kind];
    case 'backreference':
      // Parted from a digit that may follow.
      return `(?:\\${node.indices[0]})`;
  }
}

function printCount(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function printSet(set: CharSet): string {
  if (set.length === 2 && set[0] === set[1]) return printPoint(set[0]!);
  if (set.length === 0) return '[]';
  if (set.length === ANY.length && set[0] === ANY[0] && set[1] === ANY[1]) return '[^]';
  // `[^\n]` rather than its complement: the engine has a fast path for it.
  return set[set.length - 1] === ANY[1] ? `[^${printRanges(invert(set))}]` : `[${printRanges(set)}]`;
}

function printRanges(set: CharSet): string {
  let out = '';
  for (let i = 0; i < set.length; i += 2) {
    out += printPoint(set[i]!);
    if (set[i + 1]! > set[i]!) out += `-${printPoint(set[i + 1]!)}`;
  }
  return out;
}

function printPoint(point: number): string {
  const char = String.fromCodePoint(point);
  return /^[A-Za-z0-9_ ]$/.test(char) ? char : `\\u{${point.toString(16)}}`;
}
