import { defaultFields } from '../../../events/default-fields.ts';
import { type EventRecord, fieldOf, METADATA_FIELDS } from '../../../events/record.ts';
import { fromList, type Stored } from '../value/value.ts';
import { Column } from './column.ts';
import { DictionaryBuilder } from './dictionary.ts';
import { Table } from './table.ts';

/** A column over at most this share of the records is read from them alone, and not kept for other searches. */
const FEW = 1 / 16;

/** Fields that a record has without listing them. */
const GIVEN: ReadonlySet<string> = new Set([...METADATA_FIELDS, ...defaultFields()]);

/**
 * Events as a table. A field is read from the records when a search first names it, so records whose fields are
 * extracted on demand are only extracted for searches that need them; behind a filter that keeps few of them, from
 * those alone.
 */
export class EventColumns {
  readonly table: Table;
  private readonly columns = new Map<string, Column | undefined>();
  private readonly names = new Set<string>();
  private namesKnown = false;

  constructor(private readonly records: readonly EventRecord[]) {
    const table: Table = new Table(
      records.length,
      () => new Map(this.list().map((name) => [name, Column.lazy(() => this.whole(name))])),
      (name) => this.column(name),
      (name, rows) => {
        if (rows.length > records.length * FEW) return table.column(name)?.gather(rows);
        return Column.lazy(() => {
          const values = new Coded(name, rows.length);
          for (const [at, row] of rows.entries()) values.put(at, records[row]!);
          return values.build();
        });
      },
    );
    this.table = table;
  }

  /**
   * Reads several fields in one go. Of a long log each record keeps its fields for a while only, so a search that names
   * five of them would read every record five times.
   */
  read(fields: Iterable<string>): void {
    // While a name is typed, each of its beginnings is asked for: no record is read for what none has.
    const absent = (name: string) => this.namesKnown && !this.names.has(name) && !GIVEN.has(name);
    const wanted = [...new Set(fields)].filter(
      (name) => !this.columns.has(name) && !name.includes('*') && !absent(name),
    );
    if (wanted.length === 0 && this.namesKnown) return;
    const values = wanted.map((name) => new Coded(name, this.records.length));
    for (const [row, record] of this.records.entries()) {
      for (const each of values) each.put(row, record);
      if (!this.namesKnown) for (const name of record.fields.keys()) this.names.add(name);
    }
    this.namesKnown = true;
    for (const each of values) {
      const { codes, dictionary } = each.build();
      this.columns.set(each.name, dictionary.size > 1 ? Column.of(codes, dictionary) : undefined);
    }
  }

  private column(name: string): Column | undefined {
    this.read([name]);
    return this.columns.get(name);
  }

  private whole(name: string) {
    const column = this.column(name)!;
    return { codes: column.codes, dictionary: column.dictionary };
  }

  private list(): string[] {
    this.read([]);
    const has = (name: string) => this.records.some((record) => valueIn(record, name) !== null);
    return [...METADATA_FIELDS.filter(has), ...this.names];
  }
}

/** Events as a table that one search is run over. */
export function tableFromRecords(records: readonly EventRecord[]): Table {
  return new EventColumns(records).table;
}

/** The values of a field as they are met. */
class Coded {
  private readonly builder = new DictionaryBuilder();
  private readonly codes: Uint32Array;

  constructor(
    readonly name: string,
    size: number,
  ) {
    this.codes = new Uint32Array(size);
  }

  put(row: number, record: EventRecord): void {
    this.codes[row] = this.builder.add(valueIn(record, this.name));
  }

  build() {
    return { codes: this.codes, dictionary: this.builder.build() };
  }
}

function valueIn(record: EventRecord, name: string): Stored {
  if (name === '_time') return record.time;
  const value = fieldOf(record, name);
  if (value === undefined) return null;
  return typeof value === 'string' ? value : fromList(value);
}
