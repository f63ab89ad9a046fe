/** Text functions. */
import { fromList, isList, type Scalar, toNumber, toText } from '../value/value.ts';
import { type FunctionTable, ofTexts, ofValues, overMembers } from './define.ts';

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
  urldecode: ofTexts([1, 1], 'text', ([text]) => urlDecode(text!)),
  split: ofTexts([2, 2], 'list', ([text, delimiter]) => fromList(splitText(text!, delimiter!))),
};
