import type { Diagnostic } from '../text/diagnostic.ts';
import { applySourceType } from './extract/apply.ts';
import { firstFields, formOf } from './extract/first-fields.ts';
import { METADATA_NAMES, ownHost, ownSource, ownTime, takeMetadataNames } from './extract/own-metadata.ts';
import type { SourceType } from './extract/source-type.ts';
import { identifyAmong, typesNamed } from './extract/source-types.ts';
import { timeOf } from './extract/time.ts';
import { dumped } from './extract/xml-fields.ts';
import type { Held } from './held.ts';
import { decode } from './read/bytes.ts';
import type { MadeText, Piece } from './read/format.ts';
import { isObject } from './read/unwrap.ts';
import type { EventRecord, FieldMap, FieldValue, Metadata } from './record.ts';

/** What all records of one file share. */
export interface Origin extends Metadata {
  /** Name of the file. */
  name?: string | undefined;
  eventtype?: readonly string[] | undefined;
  warn?: (diagnostic: Diagnostic) => void;
  /** Where there is one, records keep their bytes, and all but the last of them nothing else. */
  held?: Held | undefined;
}

const DEFAULT_INDEX = 'main';
const NO_BYTES = new Uint8Array(0);
/** How long a header before a JSON object may be. */
const HEADER_WITHIN = 300;

interface Extracted {
  type: SourceType | undefined;
  fields: Map<string, FieldValue>;
  stated: Stated;
  eventtype: readonly string[];
}

/** Metadata that the record itself states. */
type Stated = Metadata & { time?: number | null; eventtype?: readonly string[] };

/** A record as read: text is decoded, parsed and extracted on first use. */
export class LogRecord implements EventRecord {
  readonly offset: number;
  private piece: Piece | undefined;
  /** The piece as it was given, kept to read it again. */
  private readonly given: Piece | undefined;
  private text: string | undefined;
  private extracted: Extracted | undefined;

  constructor(
    readonly number: number,
    piece: Piece,
    private readonly origin: Origin,
  ) {
    this.offset = piece.offset;
    this.piece = piece;
    if (origin.held !== undefined && (piece.bytes ?? piece.made) !== undefined) this.given = piece;
  }

  /**
   * The text or what it is made of, not kept, and what decides its fields beside it; undefined where fields or metadata
   * came with the text, or where the fields were worked out before.
   */
  peek(): { content: Uint8Array | string | MadeText; origin: Origin; trimmed: boolean } | undefined {
    const { piece } = this;
    if (piece === undefined || this.extracted !== undefined) return undefined;
    if (piece.fields !== undefined || piece.row !== undefined || piece.json !== undefined) return undefined;
    if (piece.metadata !== undefined || piece.extracted === true) return undefined;
    const content = this.text ?? piece.text ?? piece.made ?? piece.bytes ?? NO_BYTES;
    return { content, origin: this.origin, trimmed: piece.trimmed === true };
  }

  /** Lets go of text and fields; the next question reads them again. */
  release(): void {
    if (this.given === undefined) return;
    this.piece = this.given;
    this.text = undefined;
    this.extracted = undefined;
  }

  get raw(): string {
    const piece = this.piece;
    if (piece?.row !== undefined && piece.bytes !== undefined) {
      this.piece = {
        offset: piece.offset,
        ...piece.row(piece.bytes),
        ...(piece.trimmed === true ? { trimmed: true } : {}),
      };
    }
    if (this.text === undefined) {
      if (this.given !== undefined) this.origin.held?.hold(this);
      this.text = this.piece?.text ?? this.piece?.made?.text() ?? decode(this.piece?.bytes ?? NO_BYTES);
      // What it is made of would keep the whole chunk in memory for as long as the record lives.
      if ((this.piece?.bytes ?? this.piece?.made) !== undefined)
        this.piece = { ...this.piece!, bytes: NO_BYTES, made: undefined };
    }
    return this.text;
  }

  get fields(): FieldMap {
    return this.all.fields;
  }

  get time(): number | null {
    const { stated, type, fields } = this.all;
    return stated.time === undefined ? ownTime(type, fields, () => this.raw) : stated.time;
  }

  get host(): string {
    return this.origin.host ?? this.all.stated.host ?? ownHost(this.all.type, this.all.fields);
  }

  get source(): string {
    const { type, fields, stated } = this.all;
    return ownSource(type, fields, { stated: this.origin.source ?? stated.source, file: this.origin.name });
  }

  get sourcetype(): string {
    return this.origin.sourcetype ?? this.all.stated.sourcetype ?? this.all.type?.sourcetype ?? 'unknown';
  }

  get index(): string {
    return this.origin.index ?? this.all.stated.index ?? DEFAULT_INDEX;
  }

  get eventtype(): readonly string[] {
    return this.origin.eventtype ?? this.all.eventtype;
  }

  private get all(): Extracted {
    this.extracted ??= this.extract();
    return this.extracted;
  }

  private extract(): Extracted {
    // Before the piece is looked at: asking for the text may be what names its fields.
    const raw = this.raw;
    const piece = this.piece;
    const given = piece?.fields;
    const fields = new Map<string, FieldValue>(given);
    let stated: Stated = piece?.metadata ?? {};
    const json = this.json(piece, raw);
    if (given === undefined && isObject(json) && isExtracted(json)) {
      stated = { ...takeMetadata(json), ...stated };
      for (const [name, value] of Object.entries(json)) {
        if (value === null || METADATA_NAMES.has(name)) continue;
        if (Array.isArray(value)) fields.set(name, value.length === 1 ? String(value[0]) : value.map(String));
        else fields.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
      }
    }
    const whole = fields.size > 0 && given === undefined;
    const sourcetype = this.origin.sourcetype ?? stated.sourcetype;
    const candidates = sourcetype === undefined ? undefined : typesNamed(sourcetype);
    if (!whole && piece?.extracted !== true) {
      const base = candidates?.[0]?.base ?? 'auto';
      if (fields.size === 0) firstFields(base, raw, json, fields);
      else
        for (const [name, value] of firstFields(base, raw, json, new Map()))
          if (!fields.has(name)) fields.set(name, value);
      if (piece?.trimmed === true)
        for (const [name, value] of fields) if (!name.endsWith('_Xml')) fields.set(name, trimmed(value));
    }
    const content = { raw, fields, form: formOf(raw, json) };
    const type = identifyAmong(content, candidates);
    this.piece = undefined;
    // A field of the event may carry such a name: it is kept the way an indexer keeps it.
    takeMetadataNames(fields, given === undefined && json !== undefined && !whole);
    const eventtype = type === undefined ? [] : applySourceType(type, fields, raw);
    return { type, fields, stated, eventtype: stated.eventtype ?? eventtype };
  }

  private json(piece: Piece | undefined, raw: string): unknown {
    if (piece?.json !== undefined) return piece.json;
    // A syslog header may stand before the object; a line may also only look like JSON.
    const start = raw.startsWith('{') ? 0 : raw.slice(0, HEADER_WITHIN).indexOf('{"');
    if (start < 0 || !raw.trimEnd().endsWith('}')) return undefined;
    try {
      const parsed: unknown = JSON.parse(start === 0 ? raw : raw.slice(start));
      return isObject(parsed) ? parsed : undefined;
    } catch (error) {
      if (start === 0) {
        this.origin.warn?.({
          code: 'json-invalid',
          severity: 'warning',
          message: `The record at offset ${this.offset} looks like JSON but is not (${error instanceof Error ? error.message : ''}); it keeps its text.`,
        });
      }
      return undefined;
    }
  }
}

const trimmed = (value: FieldValue): FieldValue =>
  typeof value === 'string' ? dumped(value) : value.map(dumped);

/** An object whose fields were extracted before: flat, with the metadata that only an indexer adds. */
export function isExtracted(json: Record<string, unknown>): boolean {
  return (
    typeof json.sourcetype === 'string' && typeof json.source === 'string' && typeof json.host === 'string'
  );
}

function takeMetadata(json: Record<string, unknown>): Stated {
  const text = (name: string) => (typeof json[name] === 'string' ? { [name]: json[name] as string } : {});
  const time = timeOf(json._time);
  const eventtype = json.eventtype;
  return {
    ...text('host'),
    ...text('source'),
    ...text('sourcetype'),
    ...text('index'),
    ...(time === null ? {} : { time }),
    ...(typeof eventtype === 'string' ? { eventtype: [eventtype] } : {}),
    ...(Array.isArray(eventtype) ? { eventtype: eventtype.map(String) } : {}),
  };
}
