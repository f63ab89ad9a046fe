import type { FieldValue } from '../record.ts';

/** Field count of one event at which flattening stops: a hostile event must not take all memory. */
const MOST_FIELDS = 20_000;

/**
 * JSON to fields as Splunk's JSON extraction names them: `a.b`, `a{}` for members of a list, `a{}.b` for theirs. Numbers
 * and booleans are text, null is the text `null`, an empty list or object gives no field (the field lists that
 * security_content records for its data sources show each of these).
 */
export function jsonFields(
  value: unknown,
  into = new Map<string, FieldValue>(),
  prefix = '',
): Map<string, FieldValue> {
  walk(value, prefix, into, 0);
  return into;
}

function add(into: Map<string, FieldValue>, name: string, text: string): void {
  const known = into.get(name);
  if (known === undefined) into.set(name, text);
  else if (typeof known === 'string') into.set(name, [known, text]);
  else (known as string[]).push(text);
}

function walk(value: unknown, name: string, into: Map<string, FieldValue>, depth: number): void {
  if (into.size > MOST_FIELDS || depth > 64) return;
  if (typeof value === 'string') add(into, name, value);
  else if (typeof value !== 'object' || value === null) add(into, name, String(value));
  else if (Array.isArray(value)) for (const member of value) walk(member, `${name}{}`, into, depth + 1);
  else {
    const dot = name === '' ? '' : `${name}.`;
    for (const key in value) walk((value as Record<string, unknown>)[key], dot + key, into, depth + 1);
  }
}
