/**
 * One event, as the readers hand it to an engine, and what a reader says about a whole input.
 *
 * `fields` is the search-time view: what Splunk's add-on for the record's source type would show. It is worked out on
 * first use and kept, so that a caller who can decide on `raw` alone (a literal prefilter) pays for framing only.
 */

import type { Diagnostic } from '../text/diagnostic.ts';
import { defaultField, defaultFields } from './default-fields.ts';

/** A field holds one string or, when multivalue, two or more. Numbers and booleans are text, as Splunk extracts them. */
export type FieldValue = string | readonly string[];

/** Insertion-ordered. A `Map`, because field names come from logs: `__proto__` and `0` are names like any other. */
export type FieldMap = ReadonlyMap<string, FieldValue>;

export interface EventRecord {
  /** Number of the record in its input, from 0, in input order. Skipped bytes take no number. */
  readonly number: number;
  /** Byte offset of the record's first byte in the decompressed input. */
  readonly offset: number;
  /** `_raw`: the text that Splunk would index. For `.evtx` the XML rendering of the record. */
  readonly raw: string;
  /** `_time`, epoch seconds with fractions, from the event itself; null when the event states no time. */
  readonly time: number | null;
  readonly host: string;
  readonly source: string;
  readonly sourcetype: string;
  readonly index: string;
  /** Event types that hold for the record (`wineventlog_security`, ...). Empty when none does. */
  readonly eventtype: readonly string[];
  /** Search-time fields without the seven above; includes `tag` where a source type has one. */
  readonly fields: FieldMap;
}

/** Names under which `fieldOf` finds what is not in `fields`. */
export const METADATA_FIELDS = [
  '_raw',
  '_time',
  'host',
  'source',
  'sourcetype',
  'index',
  'eventtype',
] as const;

/** Fields that a record has without listing them. */
export const GIVEN_FIELDS: ReadonlySet<string> = new Set([...METADATA_FIELDS, ...defaultFields()]);

/**
 * A field by the name a search uses, metadata and default fields included. `_time` is printed in epoch seconds. Absent → undefined.
 */
export function fieldOf(record: EventRecord, name: string): FieldValue | undefined {
  switch (name) {
    case '_raw':
      return record.raw;
    case '_time':
      return record.time === null ? undefined : String(record.time);
    case 'host':
    case 'source':
    case 'sourcetype':
    case 'index':
      return record[name];
    case 'eventtype':
      return record.eventtype.length === 0 ? undefined : record.eventtype;
    default:
      return record.fields.get(name) ?? defaultField(record, name);
  }
}

/** Metadata that a caller sets for every record of an input. What is left out comes from the content. */
export interface Metadata {
  host?: string | undefined;
  source?: string | undefined;
  sourcetype?: string | undefined;
  index?: string | undefined;
}

/** What a caller of `readEvents` hands over: bytes, at once or as they come. */
export type EventInput = Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export interface ReadLimits {
  /** Longest record, in bytes; a longer one is skipped and said. Default 32 MiB. */
  recordBytes: number;
  /** Most bytes that compressed input may become, per file. Default 4 GiB. */
  inflatedBytes: number;
  /** Most bytes out per byte in, once more than 64 MiB came out. Default 200. */
  inflateRatio: number;
  /** Most members read from one `.zip`. Default 10,000. */
  members: number;
  /** Most entries kept in `skipped`; the count goes on. Default 1,000. */
  skippedKept: number;
}

export interface ReadOptions extends Metadata {
  /** File name: a hint where content leaves a choice, and the default `source`. */
  name?: string | undefined;
  /** Event types of every record, instead of those that its content calls for. */
  eventtype?: readonly string[] | undefined;
  limits?: Partial<ReadLimits> | undefined;
  /**
   * `stated`: only the tables of the stated sourcetype are loaded. Events may turn out to be of another: whoever asks
   * for this calls `settleSourceTypes` before anything else sees the records. Default `all`.
   */
  sourceTypes?: 'all' | 'stated' | undefined;
  /**
   * Most records that keep their text and fields once they were asked for; the others keep bytes alone and read them
   * again. For whoever keeps all records of a long input: their fields take several times the bytes. Absent: all.
   */
  held?: number | undefined;
  /** Called after each batch. `bytes` counts input as given (compressed where it is). */
  onProgress?: ((progress: { bytes: number; records: number }) => void) | undefined;
  /** Aborting ends the iteration after the current batch; the summary says so. */
  signal?: AbortSignal | undefined;
}

/** Bytes that gave no record. `offset` and `length` are in bytes of the decompressed file. */
export interface Skipped {
  /** Member of a `.zip`; absent otherwise. */
  member?: string;
  offset: number;
  length: number;
  /** One sentence for a person. */
  reason: string;
}

export interface ReadCounts {
  /** Decompressed bytes seen. */
  bytes: number;
  records: number;
  /** Pieces that gave no record, including those beyond `limits.skippedKept`. */
  skipped: number;
  /** Bytes in those pieces. */
  skippedBytes: number;
}

export interface ReadSummary {
  /** Name of the format, such as `xml-winevent`; of the first member for a `.zip`. Empty until the first bytes came. */
  format: string;
  /** Formats met after the first one in mixed input or in a `.zip`, in order. */
  alsoFormats: string[];
  counts: ReadCounts;
  warnings: Diagnostic[];
  skipped: Skipped[];
}

/**
 * Records in batches. Iterate once; `summary` is live while iterating and final afterwards. Iterating never throws for
 * what the bytes hold: what cannot be read is in `summary.skipped` and `summary.warnings`.
 */
export interface EventStream extends AsyncIterable<readonly EventRecord[]> {
  readonly summary: ReadSummary;
}
