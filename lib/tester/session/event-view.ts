import { EVENT_NAMES } from '../../events/describe.ts';
import { type EventRecord, fieldOf } from '../../events/record.ts';

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
    name: firstOf(record, EVENT_NAMES) ?? '',
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
