/** Metadata that follows from an event's source type and fields, where the input states none. */
import { type FieldMap, type FieldValue, METADATA_FIELDS } from '../record.ts';
import type { SourceType } from './source-type.ts';
import { firstOf } from './steps.ts';
import { timeIn, timeOf } from './time.ts';

const UNKNOWN_HOST = 'unknown';
/** How much of a text is searched for a time where no field has it: as much as Splunk looks at, and a relay's header. */
export const TIME_WITHIN = 200;

export const METADATA_NAMES: ReadonlySet<string> = new Set(METADATA_FIELDS);

/** Takes fields out that are named like metadata; with `keep`, under the names that an indexer gives them then. */
export function takeMetadataNames(fields: Map<string, FieldValue>, keep: boolean): void {
  for (const name of METADATA_NAMES) {
    const own = fields.get(name);
    if (own === undefined) continue;
    if (keep) fields.set(`extracted_${name}`, own);
    fields.delete(name);
  }
}

/** `head`: the event's text, at least the first `TIME_WITHIN` characters of it. */
export function ownTime(
  type: SourceType | undefined,
  fields: Pick<FieldMap, 'get'>,
  head: () => string,
): number | null {
  for (const name of type?.time ?? []) {
    const time = timeOf(firstOf(fields.get(name)));
    if (time !== null) return time;
  }
  return timeIn(head().slice(0, TIME_WITHIN));
}

export function ownHost(type: SourceType | undefined, fields: Pick<FieldMap, 'get'>): string {
  for (const name of type?.host ?? []) {
    const value = firstOf(fields.get(name));
    if (value !== undefined && value !== '') return value;
  }
  return UNKNOWN_HOST;
}

/** `stated`: what the input or the event says itself; `file`: the input's name. */
export function ownSource(
  type: SourceType | undefined,
  fields: Pick<FieldMap, 'get'>,
  { stated, file }: { stated: string | undefined; file: string | undefined },
): string {
  const own = type?.sourceField === undefined ? undefined : firstOf(fields.get(type.sourceField));
  if (own !== undefined) return own;
  if (stated !== undefined) return stated;
  const source = type?.source;
  if (typeof source === 'string') return source;
  for (const name of source?.fields ?? []) {
    const value = firstOf(fields.get(name));
    if (value !== undefined && value !== '') return `${source?.prefix ?? ''}${value}`;
  }
  return source?.otherwise ?? file ?? 'unknown';
}

const METADATA_SOURCES: Readonly<Record<string, (type: SourceType) => readonly string[]>> = {
  _time: ({ time = [] }) => time,
  host: ({ host = [] }) => host,
  source: ({ sourceField, source }) => [
    ...(sourceField === undefined ? [] : [sourceField]),
    ...(typeof source === 'object' ? source.fields : []),
  ],
  eventtype: ({ eventTypes = [] }) => eventTypes.flatMap(({ when = {} }) => Object.keys(when)),
  tag: ({ eventTypes = [] }) => eventTypes.flatMap(({ when = {} }) => Object.keys(when)),
};

/** Fields that decide one that is worked out last (`_time`, `host`, `tag` ...); none for any other field. */
export const metadataSources = (name: string, type: SourceType): readonly string[] =>
  Object.hasOwn(METADATA_SOURCES, name) ? (METADATA_SOURCES[name]?.(type) ?? []) : [];
