import { unescapeXml } from './extract/xml-fields.ts';
import type { EventRecord, FieldValue } from './record.ts';

const REFERENCE = /&(?:#|amp;|lt;|gt;|quot;|apos;)/;

/**
 * A field's value as the event's maker wrote it. Splunk cuts values out of an XML event as they stand, with `&gt;` for
 * `>`; rules that know nothing of XML ask for the latter.
 */
export function plainValue(record: EventRecord, value: string): string;
export function plainValue(record: EventRecord, value: FieldValue): FieldValue;
export function plainValue(record: EventRecord, value: FieldValue): FieldValue {
  if (typeof value !== 'string') {
    return value.some((member) => REFERENCE.test(member))
      ? value.map((member) => plainText(record, member))
      : value;
  }
  return value.includes('&') ? plainText(record, value) : value;
}

/** Only a text that stands in an XML event as it is can have references: those of `.evtx` records are resolved. */
function plainText(record: EventRecord, text: string): string {
  if (!REFERENCE.test(text) || !record.fields.has('System_Props_Xml') || !record.raw.includes(text))
    return text;
  return unescapeXml(text);
}
