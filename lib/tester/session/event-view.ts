import type { PlainFields } from '../../events/plain-record.ts';
import { type EventRecord, type FieldValue, fieldOf, METADATA_FIELDS } from '../../events/record.ts';

/** An event in a list: what it is and the one thing worth reading of it. */
export interface EventLine {
  /** Position among the events that the rule ran over. */
  at: number;
  time: number | null;
  sourcetype: string;
  host: string;
  /** Event code or name of what happened; empty where nothing says so. */
  name: string;
  text: string;
  matched: boolean;
  edited: boolean;
}

const NAMES = [
  'EventCode',
  'EventID',
  'eventName',
  'Operation',
  'operationName',
  'eventType',
  'event_type',
  'type',
];

/** What a person reads first of an event, by what the events of a kind carry. */
const TEXTS = [
  'process',
  'CommandLine',
  'ScriptBlockText',
  'TargetObject',
  'TargetFilename',
  'QueryName',
  'ImageLoaded',
  'PipeName',
  'ServiceName',
  'TaskName',
  'url',
  'uri_path',
  'query',
];
const LONGEST = 300;

export function lineOf(record: EventRecord, at: number, matched: boolean, edited: boolean): EventLine {
  return {
    at,
    time: record.time,
    sourcetype: record.sourcetype,
    host: record.host,
    name: firstOf(record, NAMES) ?? '',
    text: (firstOf(record, TEXTS) ?? record.raw).slice(0, LONGEST),
    matched,
    edited,
  };
}

function firstOf(record: EventRecord, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fieldOf(record, name);
    const text = typeof value === 'string' || value === undefined ? value : value[0];
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}

/** Every field of an event, metadata first: what an editor shows and what a changed event is made from. */
export function fieldsOf(record: EventRecord): PlainFields {
  const fields: Record<string, FieldValue> = Object.create(null);
  for (const name of [...METADATA_FIELDS, ...record.fields.keys()]) {
    const value = fieldOf(record, name);
    if (value !== undefined) fields[name] = value;
  }
  // A null prototype keeps a field called `__proto__` a field; entries make it survive the way to the page.
  return Object.fromEntries(Object.entries(fields));
}
