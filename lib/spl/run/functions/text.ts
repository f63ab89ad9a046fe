/** Text functions. */
import { parseTemplate, replaceMatches } from '../regex/replace.ts';
import { fromList, isList, type Scalar, toNumber, toText, type Value } from '../value/value.ts';
import {
  type FunctionTable,
  finished,
  ofTexts,
  ofValues,
  overMembers,
  patternArgument,
  special,
} from './define.ts';
import { spathValue } from './path.ts';

/** Characters of a text as code points, so that one emoji is one character. */
const points = (text: string) => [...text];

function trimmer(left: boolean, right: boolean) {
  return ofTexts([1, 2], 'text', ([text, set = ' \t']) => {
    const chars = new Set(points(set));
    const all = points(text!);
    let start = 0;
    let end = all.length;
    while (left && start < end && chars.has(all[start]!)) start++;
    while (right && end > start && chars.has(all[end - 1]!)) end--;
    return all.slice(start, end).join('');
  });
}

/**
 * Like SQLite's: positions count from 1, negative ones from the end; a length that starts before the text is clipped.
 * Start 0 counts as 1 (flag `substrStartZero`).
 */
const substr = ofValues([2, 3], 'text', ([subject, from, count], run, site) => {
  const start = toNumber(from!);
  const length = count === undefined ? Infinity : toNumber(count);
  if (subject === null || start === undefined || length === undefined || length < 0) return null;
  const cut = (text: string) => {
    const all = points(text);
    let first = start > 0 ? start - 1 : start < 0 ? all.length + start : -1;
    if (start === 0) {
      run.rests('substrStartZero');
      if (run.compat.substrStartZero === 'one') first = 0;
    }
    return all.slice(Math.max(0, Math.trunc(first)), Math.max(0, Math.trunc(first + length))).join('');
  };
  return isList(subject!) ? overMembers(subject, 'flag', run, site, cut) : cut(toText(subject!));
});

const replace = special([3, 3], 'text', (site) => {
  const subject = site.args[0]!.evaluate;
  const pattern = patternArgument(site, site.args[1]!);
  const replacement = site.args[2]!.evaluate;
  return (get, run) => {
    const value = subject(get, run);
    const regex = value === null ? null : pattern(get, run);
    const template = replacement(get, run);
    if (value === null || regex === null || template === null) return null;
    const parts = parseTemplate(toText(template));
    const one = (text: string) => finished(replaceMatches(regex, text, parts), regex, run, site) ?? text;
    return isList(value) ? overMembers(value, 'flag', run, site, one) : one(toText(value));
  };
});

const decoder = new TextDecoder();

/** Percent-escapes as UTF-8; a `%` that starts no escape stays, as does `+`. */
export function urlDecode(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    decoder.decode(Uint8Array.from(run.slice(1).split('%'), (hex) => Number.parseInt(hex, 16))),
  );
}

/** Pieces between delimiters; an empty delimiter splits into characters. */
export function splitText(text: string, delimiter: string): Scalar[] {
  return delimiter === '' ? points(text) : text.split(delimiter);
}

export const TEXT: FunctionTable = {
  len: ofTexts([1, 1], 'number', ([text]) => {
    let surrogates = 0;
    for (let i = 0; i < text!.length; i++) if ((text!.charCodeAt(i) & 0xfc00) === 0xdc00) surrogates++;
    return text!.length - surrogates;
  }),
  lower: ofTexts([1, 1], 'text', ([text]) => text!.toLowerCase(), 'each'),
  upper: ofTexts([1, 1], 'text', ([text]) => text!.toUpperCase(), 'each'),
  trim: trimmer(true, true),
  ltrim: trimmer(true, false),
  rtrim: trimmer(false, true),
  substr,
  replace,
  urldecode: ofTexts([1, 1], 'text', ([text]) => urlDecode(text!)),
  split: ofTexts([2, 2], 'list', ([text, delimiter]) => fromList(splitText(text!, delimiter!))),
  spath: ofTexts([2, 2], 'any', ([text, path]): Value => spathValue(text!, path!)),
};
