/** Extractions for texts that have a form of their own. */

import type { FieldValue } from '../record.ts';
import { cleanKey, kvFields } from './kv-fields.ts';

type Fields = Map<string, FieldValue>;

/**
 * Classic Windows events: `key=value` lines before `Message=`, then in the message every `Label: value` line. A label
 * that stands in several sections (`Account Name` of the subject and of the target) gives a multivalue field.
 */
export function winEventFields(raw: string, into: Fields): Fields {
  const at = raw.search(/^Message=/m);
  const head = at < 0 ? raw : raw.slice(0, at);
  for (const line of head.split(/\r?\n/)) {
    const equals = line.indexOf('=');
    if (equals > 0 && equals < line.length - 1)
      into.set(line.slice(0, equals).trim(), line.slice(equals + 1));
  }
  if (at < 0) return into;
  const message = raw.slice(at + 8);
  into.set('Message', message);
  const label = /\n([^:\n\r]+):[ \t]+([^\n\r]*)/g;
  for (let match = label.exec(message); match !== null; match = label.exec(message)) {
    const name = cleanKey(match[1]?.trim() ?? '');
    const value = match[2]?.trim() ?? '';
    if (name === '' || value === '') continue;
    const known = into.get(name);
    into.set(
      name,
      known === undefined ? value : typeof known === 'string' ? [known, value] : [...known, value],
    );
  }
  return into;
}

/** A pair a line, blanks before the key left out; the value is the rest of the line. A repeated key is multivalue. */
export function lineFields(raw: string, into: Fields): Fields {
  for (const [, name = '', value = ''] of raw.matchAll(/^[ \t]*([\w-]+)=([^\r\n]+)/gm)) {
    const key = cleanKey(name);
    const known = into.get(key);
    into.set(
      key,
      known === undefined ? value : typeof known === 'string' ? [known, value] : [...known, value],
    );
  }
  return into;
}

const GROUP_SEPARATOR = String.fromCharCode(0x1d);

/** Linux audit records. What auditd adds after the group separator (`UID="root"`) are pairs like the others. */
export function auditFields(raw: string, into: Fields): Fields {
  // Some shippers write `msg='op=... acct="x"'`: the pairs inside count as the record's own.
  const text = raw.includes(GROUP_SEPARATOR) ? raw.replaceAll(GROUP_SEPARATOR, ' ') : raw;
  kvFields(text.includes("msg='") ? text.replace(/msg='([^']*)'/g, '$1 ') : text, into);
  const message = /msg=(audit\([^)]*\))/.exec(raw)?.[1];
  if (message !== undefined) into.set('msg', message);
  return into;
}

/** Splunk's stash lines: `epoch, name="value", name="value"`; a repeated name is multivalue, dots in names stay. */
export const stashFields = (raw: string, into: Fields): Fields =>
  kvFields(raw, into, { every: true, asWritten: true });
