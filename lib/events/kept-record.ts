import type { EventRecord, FieldValue } from './record.ts';

/** A record with everything worked out, as JSON: whoever has it needs no reader and no tables of source types. */
export interface KeptRecord extends Omit<EventRecord, 'number' | 'fields'> {
  /** In order; pairs, because names come from logs. */
  fields: [name: string, value: FieldValue][];
}

export function keepRecord(record: EventRecord): KeptRecord {
  const { offset, raw, time, host, source, sourcetype, index, eventtype, fields } = record;
  return { offset, raw, time, host, source, sourcetype, index, eventtype, fields: [...fields] };
}

/** The way back; `number` is its place among its kind. */
export const keptRecord = (kept: KeptRecord, number: number): EventRecord => ({
  ...kept,
  number,
  fields: new Map(kept.fields),
});
