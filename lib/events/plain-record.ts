import { type EventRecord, type FieldValue, fieldOf, METADATA_FIELDS, type Metadata } from './record.ts';

/** What a test or an editor types by hand: a row of fields, with metadata among them. */
export type PlainFields = Readonly<Record<string, FieldValue | number | boolean | null | undefined>>;

/**
 * A record from plain fields. Metadata names (`_time` in epoch seconds, `host`, `sourcetype` ...) may be among the
 * fields or in `metadata`, which wins. Nulls are absent. Without `_raw`, raw is `key="value"` text of the fields.
 */
export function plainRecord(row: PlainFields, metadata: Metadata = {}, number = 0): EventRecord {
  const fields = new Map<string, FieldValue>();
  for (const [name, value] of Object.entries(row)) {
    if (value === null || value === undefined) continue;
    fields.set(
      name,
      typeof value === 'object' ? value.map(String) : typeof value === 'string' ? value : String(value),
    );
  }
  const take = (name: string): string | undefined => {
    const value = fields.get(name);
    fields.delete(name);
    return value === undefined ? undefined : typeof value === 'string' ? value : value[0];
  };
  const eventtype = fields.get('eventtype') ?? [];
  fields.delete('eventtype');
  const time = take('_time');
  const raw = take('_raw') ?? [...fields].map(([name, value]) => `${name}="${value}"`).join(' ');
  const [host, source, sourcetype, index] = [take('host'), take('source'), take('sourcetype'), take('index')];
  return {
    number,
    offset: 0,
    raw,
    time: time === undefined || !Number.isFinite(Number(time)) ? null : Number(time),
    host: metadata.host ?? host ?? 'localhost',
    source: metadata.source ?? source ?? 'plain',
    sourcetype: metadata.sourcetype ?? sourcetype ?? 'plain',
    index: metadata.index ?? index ?? 'main',
    eventtype: typeof eventtype === 'string' ? [eventtype] : eventtype,
    fields,
  };
}

/** The way back: every field of a record by name, metadata first, those of the event after it. */
export function plainFields(record: EventRecord): Record<string, string | string[]> {
  // Entries, and not assignments: a field called `__proto__` stays a field.
  return Object.fromEntries(
    [...METADATA_FIELDS, ...record.fields.keys()].flatMap((name): [string, string | string[]][] => {
      const value = fieldOf(record, name);
      return value === undefined ? [] : [[name, typeof value === 'string' ? value : [...value]]];
    }),
  );
}
