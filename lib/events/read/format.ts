/** What a format is to the reader: how it is recognised, and how its bytes become records. */

import type { Diagnostic } from '../../text/diagnostic.ts';
import type { FieldMap, Metadata, ReadLimits } from '../record.ts';

/** A text that is made when it is asked for, from values that can be had without it. */
export interface MadeText {
  text(): string;
  /** What the text shares with others; undefined where it is like no other. */
  layout(): Layout | undefined;
  /** A value's own characters. To be asked right after `layout`, which finds the values. */
  value(slot: number): string;
}

/** What texts that differ in their values alone have in common: one object for all of them. */
export interface Layout {
  /** The text with a mark, of letters and digits, in place of each value. */
  marked(mark: (slot: number) => string): string;
}

/** One record as a framer found it. Exactly one of `bytes`, `text` and `made` is set. */
export interface Piece {
  /** Offset of its first byte in the decompressed file. */
  offset: number;
  /** The record's bytes. May be a view of a chunk; never changed afterwards. */
  bytes?: Uint8Array;
  /** Rendered text, where the record is not text in the file (an element of a wrapper). */
  text?: string;
  /** The same, not rendered yet (`.evtx`). */
  made?: MadeText;
  /** Parsed JSON, where framing had to parse anyway. */
  json?: unknown;
  /** Fields that the format itself names (CSV, W3C, an export of Splunk). */
  fields?: FieldMap;
  /** Names the fields on first use: `text`, `fields` and `metadata` of the record, from its bytes. */
  row?: (bytes: Uint8Array) => Pick<Piece, 'text' | 'fields' | 'metadata'>;
  /** True where `fields` is the whole search-time view already, so that nothing is to be extracted from the text. */
  extracted?: boolean;
  /** True where fields have their values' own characters and no blanks at the end (`.evtx`); the text keeps both. */
  trimmed?: boolean;
  /** Metadata stated by the record itself. */
  metadata?: Metadata & { time?: number | null; eventtype?: readonly string[] };
}

export interface Sink {
  readonly limits: ReadLimits;
  record(piece: Piece): void;
  /** Bytes that this format cannot read. The reader tries other formats on them before it counts them as skipped. */
  orphan(offset: number, bytes: Uint8Array, reason: string): void;
  /** Bytes that nobody can read; `length` may be far more than what is kept in memory. */
  skip(offset: number, length: number, reason: string): void;
  warn(diagnostic: Diagnostic): void;
}

export interface Framer {
  /** Takes the next bytes; `bytes` must not change afterwards. */
  push(bytes: Uint8Array): void;
  end(): void;
}

/** The first bytes of an input (up to 64 KiB of them) and what a format may judge it by. */
export interface Head {
  bytes: Uint8Array;
  /** Decoded, without a byte order mark and leading blanks. */
  text: string;
  /** True when `bytes` is all there is. */
  whole: boolean;
}

export interface Format {
  /** Stable kebab-case name, shown to users. */
  name: string;
  /** How sure, 0 (no) to 100; the surest format wins, the earlier in the table when equal. */
  recognise(head: Head): number;
  /** `base` is the offset of the first byte that will be pushed. */
  open(sink: Sink, base: number): Framer;
}
