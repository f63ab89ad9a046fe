import { decode } from '../../read/bytes.ts';
import type { Layout } from '../../read/format.ts';
import type { FieldValue } from '../../record.ts';
import { bracedGuid, eventParts } from '../event-json-fields.ts';
import { firstFields } from '../first-fields.ts';
import { takeMetadataNames } from '../own-metadata.ts';
import type { Content } from '../source-type.ts';
import { dumped } from '../xml-fields.ts';
import type { Slots, SlotText, Token } from './slots.ts';

/** Where a field of all texts of one shape comes from: a value of the text, several of them, or always the same. */
export type Source = number | readonly (number | string)[] | { always: string };

/** What the plain extraction makes of texts that differ in their values alone. */
export interface Shape {
  form: Content['form'];
  /** First fields as the text gives them; null where a value is only part of what the field holds. */
  given: ReadonlyMap<string, Source | null>;
  /** The same under the names that source types work on. */
  fields: ReadonlyMap<string, Source | null>;
  /**
   * By place of a value: how its bytes are read. Where that is the same, the same bytes are the same value. Empty where a
   * text is made of values.
   */
  manners: Uint8Array;
  /** Value of the text at a place, as it is in its field. */
  value(slots: SlotText, slot: number): string;
}

/** Manners: the body of a JSON string ... */
export const JSON_STRING = 1;
const NUMBER = 2;
const KIND_MANNERS: Readonly<Partial<Record<Token['kind'], number>>> = {
  string: JSON_STRING,
  number: NUMBER,
};
const FROM_XML = 4;
/** ... whose value gets braces where it is a GUID. */
export const BRACED = 8;
const TRIMMED = 16;
const NO_MANNERS = new Uint8Array(0);

/** Letters and digits only, so that no cleaning of names changes it. */
const MARK = 'Qz7slot';
const MARKED = /^Qz7slot(\d+)zQ$/;

/**
 * Runs the plain extraction once, on the text with a mark in place of each value, and sees where the marks turn up.
 * Undefined where a mark is in a field's name: that name changes from event to event.
 */
export function shapeOf(slots: Slots, tokens: readonly Token[], trimmed: boolean): Shape | undefined {
  const { text, bytes, length } = slots;
  if (text.includes(MARK)) return undefined;
  const json = text.startsWith('{');
  let marked = '';
  let at = 0;
  for (const [slot, { kind, start, end }] of tokens.entries()) {
    const mark = `${MARK}${slot}zQ`;
    marked +=
      decode(bytes.subarray(at, start)) + (kind === 'number' || kind === 'boolean' ? `"${mark}"` : mark);
    at = end;
  }
  marked += decode(bytes.subarray(at, length));
  const parsed: unknown = json ? JSON.parse(marked) : undefined;
  const kinds = tokens.map(({ kind }) => kind);
  return shapeFrom(marked, parsed, trimmed, (braced) => {
    const manner = (json ? 0 : FROM_XML) | (braced ? BRACED : 0) | (trimmed ? TRIMMED : 0);
    return {
      manners: Uint8Array.from(kinds, (kind) => manner | (KIND_MANNERS[kind] ?? 0)),
      value: valueIn(kinds, braced, trimmed),
    };
  });
}

/** The same of a text that is made of values. Undefined as well where it is no event in XML. */
export function shapeOfLayout(layout: Layout): Shape | undefined {
  const marked = layout.marked((slot) => `${MARK}${slot}zQ`);
  if (!/^<Event[\s>]/.test(marked) || layout.marked(() => '').includes(MARK)) return undefined;
  return shapeFrom(marked, undefined, true, () => ({
    manners: NO_MANNERS,
    value: (slots, slot) => slots.written(slot).trimEnd(),
  }));
}

function shapeFrom(
  marked: string,
  parsed: unknown,
  trimmed: boolean,
  readerOf: (braced: boolean) => Pick<Shape, 'manners' | 'value'>,
): Shape | undefined {
  const json = parsed !== undefined;
  const given = firstFields('auto', marked, parsed, new Map());
  const fields = new Map(given);
  takeMetadataNames(fields, json);
  for (const name of given.keys()) if (name.includes(MARK)) return undefined;
  return {
    form: json ? 'json' : 'xml',
    given: sources(given, trimmed),
    fields: sources(fields, trimmed),
    ...readerOf(json && eventParts(parsed) !== undefined),
  };
}

function sources(fields: ReadonlyMap<string, FieldValue>, trimmed: boolean): Map<string, Source | null> {
  return new Map(
    [...fields].map(([name, value]) => {
      // Parts of the text keep its references and blanks whoever asks.
      const asWritten = !trimmed || name.endsWith('_Xml');
      const source = sourceOf(value, asWritten ? (text) => text : dumped);
      const always = source !== null && typeof source === 'object' && 'always' in source;
      return [name, trimmed && asWritten && !always ? null : source];
    }),
  );
}

function sourceOf(value: FieldValue, change: (text: string) => string): Source | null {
  if (typeof value === 'string') {
    const part = partOf(value);
    return typeof part === 'string' ? { always: change(part) } : part;
  }
  const parts = value.map(partOf);
  if (parts.includes(null)) return null;
  return (parts as (number | string)[]).map((part) => (typeof part === 'string' ? change(part) : part));
}

/** The number of the slot whose mark the text is; the text itself where it has no mark; null otherwise. */
function partOf(text: string): number | string | null {
  const slot = MARKED.exec(text)?.[1];
  if (slot !== undefined) return Number(slot);
  return text.includes(MARK) ? null : text;
}

function valueIn(kinds: readonly Token['kind'][], braced: boolean, trimmed: boolean): Shape['value'] {
  return (slots, slot) => {
    let value = slots.written(slot);
    const kind = kinds[slot];
    if (kind === 'string') {
      if (value.includes('\\')) value = JSON.parse(`"${value}"`) as string;
    } else if (kind === 'number') value = String(Number(value));
    if (braced) value = bracedGuid(value);
    return trimmed ? dumped(value) : value;
  };
}

/** A field's value in the text that the slots were found in. */
export function sourceValue(shape: Shape, source: Source, slots: SlotText): FieldValue {
  if (typeof source === 'number') return shape.value(slots, source);
  if ('always' in source) return source.always;
  return source.map((part) => (typeof part === 'string' ? part : shape.value(slots, part)));
}
