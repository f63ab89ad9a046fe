/** Envelopes that exports put around events, taken off so that the event is the record. */

import type { FieldMap, FieldValue } from '../record.ts';
import type { Piece } from './format.ts';

type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members that hold a list of events: CloudTrail and Azure files, Graph API pages, CloudWatch and Elastic exports. */
export const LIST_MEMBERS = [
  'Records',
  'records',
  'value',
  'Events',
  'events',
  'logEvents',
  'hits',
  'items',
  'data',
];

/** First member names by which a line may be an envelope; other lines need not be parsed to be framed. */
export const ENVELOPE_STARTS = new Set([
  ...LIST_MEMBERS,
  'preview',
  'result',
  'event',
  'time',
  'host',
  'source',
  'sourcetype',
  'index',
  'fields',
  '_index',
  '_id',
  'messageType',
  'EventId',
  '@odata.context',
]);

/** First member names of rows that Splunk exported one per line: envelopes where they have a `_raw`. */
export const EXPORTED_STARTS = new Set(['_raw', '_time', '_bkt', '_cd', '_indextime']);

const HEC_MEMBERS = new Set(['time', 'host', 'source', 'sourcetype', 'index', 'event', 'fields']);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function seconds(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number > 1e11 ? number / 1000 : number;
  const parsed =
    typeof value === 'string' ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed / 1000;
}

/** A row of Splunk's export: fields are what a search gave, so nothing is left to extract, `_raw` included. */
export function exportedRow(row: Json, offset: number): Piece {
  const fields = new Map<string, FieldValue>();
  for (const [name, value] of Object.entries(row)) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) fields.set(name, value.length === 1 ? String(value[0]) : value.map(String));
    else fields.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return rowPiece(fields, offset, JSON.stringify(row));
}

/** Takes metadata out of a row of named fields. `fallback` is the raw text where the row has no `_raw`. */
export function rowPiece(row: Map<string, FieldValue>, offset: number, fallback: string): Piece {
  const take = (name: string): string | undefined => {
    const value = row.get(name);
    if (typeof value === 'string') row.delete(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const eventtype = row.get('eventtype');
  if (eventtype !== undefined) row.delete('eventtype');
  const time = take('_time');
  return {
    offset,
    text: take('_raw') ?? fallback,
    fields: row as FieldMap,
    metadata: {
      host: take('host'),
      source: take('source'),
      sourcetype: take('sourcetype'),
      index: take('index'),
      ...(time === undefined ? {} : { time: seconds(time) }),
      ...(eventtype === undefined
        ? {}
        : { eventtype: typeof eventtype === 'string' ? [eventtype] : eventtype }),
    },
  };
}

function element(value: unknown, offset: number): Piece | undefined {
  if (!isObject(value)) return undefined;
  const inner = unwrap(value, offset);
  if (inner?.length === 1 && inner[0] !== undefined) return inner[0];
  const source = isObject(value._source) && '_index' in value ? value._source : value;
  return { offset, text: JSON.stringify(source), json: source };
}

/** A CloudWatch Logs event: the message is what the log's own source type expects. */
function logEvent(value: unknown, offset: number): Piece | undefined {
  if (!isObject(value) || typeof value.message !== 'string') return element(value, offset);
  return { offset, text: value.message, metadata: { time: seconds(value.timestamp) } };
}

/** The events in an envelope; undefined when the value is an event itself. All share the envelope's offset. */
export function unwrap(value: unknown, offset: number): Piece[] | undefined {
  if (!isObject(value)) return undefined;
  if (isObject(value.result) && ('preview' in value || 'lastrow' in value)) {
    return [exportedRow(value.result, offset)];
  }
  if (typeof value._raw === 'string' && value._raw !== '') return [exportedRow(value, offset)];
  if (
    'event' in value &&
    Object.keys(value).every((name) => HEC_MEMBERS.has(name)) &&
    Object.keys(value).length > 1
  ) {
    const event = value.event;
    const piece: Piece = isObject(event)
      ? { offset, text: JSON.stringify(event), json: event }
      : { offset, text: String(event) };
    piece.metadata = {
      host: text(value.host),
      source: text(value.source),
      sourcetype: text(value.sourcetype),
      index: text(value.index),
      ...('time' in value ? { time: seconds(value.time) } : {}),
    };
    return [piece];
  }
  if (typeof value.CloudTrailEvent === 'string') return [{ offset, text: value.CloudTrailEvent }];
  if (isObject(value._source) && '_index' in value) {
    return [{ offset, text: JSON.stringify(value._source), json: value._source }];
  }
  if (isObject(value.hits) && Array.isArray(value.hits.hits)) return list(value.hits.hits, offset, element);
  for (const name of LIST_MEMBERS) {
    const member = value[name];
    // Only a wrapper: an event may well have a member `events` or `data` among many others.
    if (!Array.isArray(member) || member.length === 0 || !member.every(isObject)) continue;
    const others = Object.entries(value).filter(([other]) => other !== name);
    if (name !== 'logEvents' && (others.length > 4 || others.some(([, other]) => isObject(other)))) continue;
    return list(member, offset, name === 'logEvents' ? logEvent : element);
  }
  return undefined;
}

function list(
  values: unknown[],
  offset: number,
  each: (value: unknown, offset: number) => Piece | undefined,
): Piece[] | undefined {
  const pieces = values.map((value) => each(value, offset)).filter((piece) => piece !== undefined);
  return pieces.length === values.length ? pieces : undefined;
}
