import { type EventRecord, fieldOf, METADATA_FIELDS } from '../../../events/record.ts';
import { fromList, type Stored } from '../value/value.ts';
import { Column } from './column.ts';
import { DictionaryBuilder } from './dictionary.ts';
import { Table } from './table.ts';

/** A column over at most this share of the records is read from them alone, and not kept for other searches. */
const FEW = 1 / 16;

/**
 * Events as a table. A field is read from the records when a search first names it, so records whose fields are
 * extracted on demand are only extracted for searches that need them; behind a filter that keeps few of them, from
 * those alone.
 */
export function tableFromRecords(records: readonly EventRecord[]): Table {
  const table: Table = new Table(
    records.length,
    () => {
      const names = new Set<string>();
      for (const name of METADATA_FIELDS)
        if (records.some((record) => valueIn(record, name) !== null)) names.add(name);
      for (const record of records) for (const name of record.fields.keys()) names.add(name);
      return new Map([...names].map((name) => [name, Column.lazy(() => coded(records, name))]));
    },
    (name) => {
      const { codes, dictionary } = coded(records, name);
      return dictionary.size > 1 ? Column.of(codes, dictionary) : undefined;
    },
    (name, rows) => {
      if (rows.length > records.length * FEW) return table.column(name)?.gather(rows);
      return Column.lazy(() =>
        coded(
          Array.from(rows, (row) => records[row]!),
          name,
        ),
      );
    },
  );
  return table;
}

function coded(records: readonly EventRecord[], name: string) {
  const builder = new DictionaryBuilder();
  const codes = new Uint32Array(records.length);
  for (let row = 0; row < codes.length; row += 1) codes[row] = builder.add(valueIn(records[row]!, name));
  return { codes, dictionary: builder.build() };
}

function valueIn(record: EventRecord, name: string): Stored {
  if (name === '_time') return record.time;
  const value = fieldOf(record, name);
  if (value === undefined) return null;
  return typeof value === 'string' ? value : fromList(value);
}
