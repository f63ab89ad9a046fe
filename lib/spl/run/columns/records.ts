import { type EventRecord, fieldOf, METADATA_FIELDS } from '../../../events/record.ts';
import { fromList, type Stored } from '../value/value.ts';
import { Column } from './column.ts';
import { Table } from './table.ts';

/**
 * Events as a table. A field is read from the records when a search first names it, so records whose fields are
 * extracted on demand are only extracted for searches that need them.
 */
export function tableFromRecords(records: readonly EventRecord[]): Table {
  const find = (name: string): Column | undefined => {
    const values = records.map((record): Stored => {
      if (name === '_time') return record.time;
      const value = fieldOf(record, name);
      if (value === undefined) return null;
      return typeof value === 'string' ? value : fromList(value);
    });
    return values.some((value) => value !== null) ? Column.interned(values) : undefined;
  };
  const table: Table = new Table(
    records.length,
    () => {
      const names = new Set<string>(METADATA_FIELDS);
      for (const record of records) for (const name of record.fields.keys()) names.add(name);
      const columns = new Map<string, Column>();
      for (const name of names) {
        const column = table.column(name);
        if (column !== undefined) columns.set(name, column);
      }
      return columns;
    },
    find,
  );
  return table;
}
