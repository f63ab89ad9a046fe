/** TRANSFORMS- at index time: patterns and expressions that change an event's text, metadata and indexed fields. */

import type { FieldMap, FieldValue } from '../../record.ts';
import { isOn, pattern, type Stanza } from './conf.ts';

/** An event on its way into the index. */
export interface IndexedEvent {
  raw: string;
  /** Epoch seconds; null where neither the event nor one before it states a time. */
  time: number | null;
  host: string;
  source: string;
  sourcetype: string;
  index: string;
  /** Indexed fields. */
  fields: Map<string, FieldValue>;
}

/** Changes the event; false drops it. */
export type IndexRule = (event: IndexedEvent) => boolean;

export type Evaluate = (expression: string, fields: FieldMap) => FieldValue | undefined;

/** How much of the text a pattern sees, unless LOOKAHEAD says more. */
const DEFAULT_LOOKAHEAD = 4096;

const METADATA = ['host', 'source', 'sourcetype', 'index'] as const;

/** Keys of an event that a transform reads or writes, in the words of `transforms.conf`. */
const KEYS: Readonly<Record<string, (typeof METADATA)[number]>> = {
  'metadata:host': 'host',
  'metadata:source': 'source',
  'metadata:sourcetype': 'sourcetype',
  '_metadata:index': 'index',
};

function addField(fields: Map<string, FieldValue>, name: string, value: string): void {
  const known = fields.get(name);
  if (known === undefined) fields.set(name, value);
  else fields.set(name, typeof known === 'string' ? [known, value] : [...known, value]);
}

function read(event: IndexedEvent, key: string): string | undefined {
  if (key === '_raw') return event.raw;
  const metadata = KEYS[key.toLowerCase()];
  if (metadata !== undefined) return `${metadata === 'index' ? '' : `${metadata}::`}${event[metadata]}`;
  const value = event.fields.get(key.replace(/^field(?:s)?:/i, ''));
  return typeof value === 'object' ? value.join('\n') : value;
}

const pairsIn = (text: string): [string, string][] =>
  [...text.matchAll(/("[^"]*"|[^\s"]+?)::("(?:[^"\\]|\\.)*"|\S*)/g)].map(([, name = '', value = '']) => [
    name.replace(/^"|"$/g, ''),
    value.replace(/^"|"$/g, ''),
  ]);

/** Writes what FORMAT gave to the key; false when that drops the event. */
function write(event: IndexedEvent, key: string, text: string): boolean {
  if (key === 'queue') return text !== 'nullQueue';
  if (key === '_raw') event.raw = text;
  else if (key === '_meta') {
    for (const [name, value] of pairsIn(text)) if (value !== '') addField(event.fields, name, value);
  } else {
    const metadata = KEYS[key.toLowerCase()];
    if (metadata !== undefined) event[metadata] = text.replace(new RegExp(`^${metadata}::`), '');
  }
  return true;
}

/** Group texts for a template. With pairs to be written, a value with a blank is put into quotes to stay one value. */
function fill(format: string, match: RegExpMatchArray | undefined, before: string, pairs: boolean): string {
  return format.replace(/\$(\d+)/g, (_whole, digits: string, at: number) => {
    const text = digits === '0' ? before : (match?.[Number(digits)] ?? '');
    return pairs && format.slice(0, at).endsWith('::') && /[\s"]/.test(text)
      ? `"${text.replaceAll('"', '')}"`
      : text;
  });
}

/** `name = expression, name := expression`, parted by commas outside quotes and parentheses. */
function assignments(text: string): { name: string; replaces: boolean; expression: string }[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote !== '' && char === '\\') part += char + (text[++at] ?? '');
    else {
      if (quote !== '') quote = char === quote ? '' : quote;
      else if (char === '"' || char === "'") quote = char;
      else if (char === '(' || char === '[') depth++;
      else if (char === ')' || char === ']') depth--;
      if (char === ',' && quote === '' && depth === 0) {
        parts.push(part);
        part = '';
      } else part += char;
    }
  }
  parts.push(part);
  return parts.flatMap((one) => {
    const match = /^\s*("?)([^"=:]+)\1\s*(:?=)\s*(.+)$/s.exec(one);
    return match === null
      ? []
      : [{ name: (match[2] ?? '').trim(), replaces: match[3] === ':=', expression: match[4] ?? '' }];
  });
}

function evalRule(text: string, evaluate: Evaluate): IndexRule {
  const steps = assignments(text);
  const isMetadata = (name: string): name is (typeof METADATA)[number] =>
    (METADATA as readonly string[]).includes(name);
  return (event) => {
    for (const { name, replaces, expression } of steps) {
      const seen = new Map<string, FieldValue>(event.fields);
      seen.set('_raw', event.raw);
      if (event.time !== null) seen.set('_time', String(event.time));
      for (const key of METADATA) seen.set(key, event[key]);
      const value = evaluate(expression, seen);
      const first = typeof value === 'object' ? (value[0] ?? '') : value;
      if (name === 'queue') {
        if (first === 'nullQueue') return false;
      } else if (name === '_raw') event.raw = first ?? event.raw;
      else if (name === '_time') event.time = first === undefined ? event.time : Number(first);
      else if (isMetadata(name)) event[name] = first ?? event[name];
      else {
        if (replaces || value === undefined) event.fields.delete(name);
        for (const one of typeof value === 'object' ? value : value === undefined ? [] : [value])
          addField(event.fields, name, one);
      }
    }
    return true;
  };
}

function patternRule(name: string, stanza: Stanza, say: (message: string) => void): IndexRule | undefined {
  const source = stanza.get('REGEX');
  const found = source === undefined ? undefined : pattern(source, 'g');
  if (found === undefined) {
    say(`The transform ${name} has no pattern that can be used here.`);
    return undefined;
  }
  const destination = stanza.get('DEST_KEY') ?? (isOn(stanza.get('WRITE_META'), false) ? '_meta' : undefined);
  if (destination === undefined) {
    say(`The transform ${name} has neither DEST_KEY nor WRITE_META: it writes nothing.`);
    return undefined;
  }
  if (destination.startsWith('_') && !['_raw', '_meta', '_MetaData:Index'].includes(destination)) {
    say(`The transform ${name} writes to ${destination}, which is not kept here.`);
    return undefined;
  }
  const from = stanza.get('SOURCE_KEY') ?? '_raw';
  const format = stanza.get('FORMAT') ?? `${name}::$1`;
  const repeats = destination === '_meta' && isOn(stanza.get('REPEAT_MATCH'), false);
  const otherwise = stanza.get('DEFAULT_VALUE');
  const within = Number(stanza.get('LOOKAHEAD') ?? DEFAULT_LOOKAHEAD);
  return (event) => {
    const text = read(event, from)?.slice(0, within);
    const before = destination === '_meta' ? '' : (read(event, destination) ?? '');
    let matched = false;
    for (const match of text === undefined ? [] : text.matchAll(found)) {
      matched = true;
      if (!write(event, destination, fill(format, match, before, destination === '_meta'))) return false;
      if (!repeats) break;
    }
    return matched || otherwise === undefined ? true : write(event, destination, otherwise);
  };
}

/** The rule of one stanza of `transforms.conf`; undefined, and said, where it cannot be honoured. */
export function indexTransform(
  name: string,
  stanza: Stanza,
  evaluate: Evaluate | undefined,
  say: (message: string) => void,
): IndexRule | undefined {
  if (stanza.has('CLONE_SOURCETYPE')) {
    say(`The transform ${name} clones events (CLONE_SOURCETYPE), which is not done here.`);
    return undefined;
  }
  const expressions = stanza.get('INGEST_EVAL');
  if (expressions === undefined) return patternRule(name, stanza, say);
  if (evaluate === undefined) {
    say(`The transform ${name} is an INGEST_EVAL and needs an expression evaluator; none was given.`);
    return undefined;
  }
  return evalRule(expressions, evaluate);
}
