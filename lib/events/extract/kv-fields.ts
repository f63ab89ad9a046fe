import type { FieldValue } from '../record.ts';

/** A key, `=`, and a value in quotes or up to a blank or a separator: Splunk's automatic key-value extraction. */
const PAIR = /([A-Za-z0-9_][A-Za-z0-9_.:-]*)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,;|\]})"']+))/g;

/** Names as `CLEAN_KEYS` makes them: what is not a letter, digit or `_` becomes `_`; no digit or `_` in front. */
export const cleanKey = (key: string): string => key.replace(/[^A-Za-z0-9_]/g, '_').replace(/^[_0-9]+/, '');

export interface KvOptions {
  /** Collects every value of a repeated key; otherwise the first stays, as KV_MODE auto has it. */
  every?: boolean;
  /** Keeps keys as they are written, dots included. */
  asWritten?: boolean;
}

/** Pairs of a text. */
export function kvFields(
  text: string,
  into = new Map<string, FieldValue>(),
  { every = false, asWritten = false }: KvOptions = {},
): Map<string, FieldValue> {
  PAIR.lastIndex = 0;
  for (let match = PAIR.exec(text); match !== null; match = PAIR.exec(text)) {
    const key = asWritten ? (match[1] ?? '') : cleanKey(match[1] ?? '');
    const value = match[2]?.replace(/\\(["\\])/g, '$1') ?? match[3] ?? match[4];
    if (key === '' || value === undefined || value === '') continue;
    const known = into.get(key);
    if (known === undefined) into.set(key, value);
    else if (every) into.set(key, typeof known === 'string' ? [known, value] : [...known, value]);
  }
  return into;
}
