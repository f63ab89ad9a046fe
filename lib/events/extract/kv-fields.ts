import type { FieldValue } from '../record.ts';

/** A key, `=`, and a value in quotes or up to a blank or a separator: Splunk's automatic key-value extraction. */
const PAIR = /([A-Za-z0-9_][A-Za-z0-9_.:-]*)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,;|\]})"']+))/g;

/** Names as `CLEAN_KEYS` makes them: what is not a letter, digit or `_` becomes `_`; no digit or `_` in front. */
export const cleanKey = (key: string): string => key.replace(/[^A-Za-z0-9_]/g, '_').replace(/^[_0-9]+/, '');

/** Pairs of a text. A repeated key keeps its first value, as KV_MODE auto does; `every` collects them all. */
export function kvFields(
  text: string,
  into = new Map<string, FieldValue>(),
  every = false,
): Map<string, FieldValue> {
  PAIR.lastIndex = 0;
  for (let match = PAIR.exec(text); match !== null; match = PAIR.exec(text)) {
    const key = cleanKey(match[1] ?? '');
    const value = match[2]?.replace(/\\(["\\])/g, '$1') ?? match[3] ?? match[4];
    if (key === '' || value === undefined || value === '') continue;
    const known = into.get(key);
    if (known === undefined) into.set(key, value);
    else if (every) into.set(key, typeof known === 'string' ? [known, value] : [...known, value]);
  }
  return into;
}
