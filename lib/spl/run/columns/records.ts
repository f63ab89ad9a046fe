import {
  type EventRecord,
  type FieldValue,
  fieldOf,
  GIVEN_FIELDS,
  METADATA_FIELDS,
} from '../../../events/record.ts';
import { fromList, type Stored } from '../value/value.ts';
import { Column } from './column.ts';
import { DictionaryBuilder } from './dictionary.ts';
import { type PlainRow, put, Table } from './table.ts';

/** A column over at most this share of the records is read from them alone, and not kept for other searches. */
const FEW = 1 / 16;

/** A field as it is read: time as a number, whatever is absent as null. */
type Cell = FieldValue | Stored;

/** Reads some fields of many events in a way of its own; it must give what `fieldOf` gives. */
export interface FieldReader {
  /** Says of one record after another what it has under these names; `onPlain` of those that it leaves to `fieldOf`. */
  reading(
    names: readonly string[],
    onPlain: (record: EventRecord) => void,
  ): (record: EventRecord) => readonly Cell[];
  /** Whether an event that was not left to `fieldOf` may have the field. */
  mayHave(name: string): boolean;
}

const PLAIN: FieldReader = {
  reading: (names, onPlain) => (record) => {
    onPlain(record);
    return names.map((name) => valueIn(record, name));
  },
  mayHave: () => false,
};

/**
 * Events as a table. A field is read from the records when a search first names it, so records whose fields are
 * extracted on demand are only extracted for searches that need them; behind a filter that keeps few of them, from
 * those alone. Which fields there are is found out when a search lists them, of the rows that it lists them for.
 */
export class EventColumns {
  readonly table: Table;
  private readonly columns = new Map<string, Column | undefined>();
  /** Names of events that were read the plain way; of the others, the reader knows what they may have. */
  private readonly plainNames = new Set<string>();
  private everyRowSeen = false;
  private names: readonly string[] | undefined;

  constructor(
    private readonly records: readonly EventRecord[],
    private readonly reader: FieldReader = PLAIN,
  ) {
    const table: Table = new Table(
      records.length,
      () => new Map(this.list().map((name) => [name, Column.lazy(() => this.whole(name))])),
      (name) => this.column(name),
      {
        column: (name, rows) => {
          if (rows.length > records.length * FEW) return table.column(name)?.gather(rows);
          return Column.lazy(() => {
            const values = new Coded(rows.length);
            // A column that is there spares the records, but its dictionary is too large for a few rows.
            const read = this.columns.has(name);
            const known = this.columns.get(name);
            for (const [at, row] of rows.entries())
              values.put(at, read ? (known?.value(row) ?? null) : valueIn(records[row]!, name));
            return values.build();
          });
        },
        names: (rows) =>
          rows.length > records.length * FEW
            ? table.names
            : namesOf([...new Set(rows)].sort((a, b) => a - b).map((row) => records[row]!)),
        plainRows: (rows) => Array.from(rows, (row) => plainRowOf(records[row]!)),
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
    const absent = (name: string) =>
      this.everyRowSeen &&
      !GIVEN_FIELDS.has(name) &&
      !this.plainNames.has(name) &&
      !this.reader.mayHave(name);
    const wanted = [...new Set(fields)].filter(
      (name) => !this.columns.has(name) && !name.includes('*') && !absent(name),
    );
    if (wanted.length === 0) return;
    const values = wanted.map(() => new Coded(this.records.length));
    const cellsOf = this.reader.reading(wanted, (record) => {
      if (!this.everyRowSeen) for (const name of record.fields.keys()) this.plainNames.add(name);
    });
    for (const [row, record] of this.records.entries()) {
      const cells = cellsOf(record);
      for (let at = 0; at < values.length; at += 1) values[at]!.put(row, storedOf(cells[at]!));
    }
    this.everyRowSeen = true;
    for (const [at, name] of wanted.entries()) {
      this.columns.set(name, values[at]!.column());
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

  private list(): readonly string[] {
    this.names ??= namesOf(this.records);
    return this.names;
  }
}

/** Names of the fields that some of the records have, metadata first, others as they are met. */
function namesOf(records: readonly EventRecord[]): string[] {
  const names = new Set<string>();
  const metadata = new Set<string>();
  for (const record of records) {
    for (const name of record.fields.keys()) names.add(name);
    for (const name of METADATA_FIELDS)
      if (!metadata.has(name) && valueIn(record, name) !== null) metadata.add(name);
  }
  return [...METADATA_FIELDS.filter((name) => metadata.has(name)), ...names];
}

/** Without a column for each field that any other event has. */
function plainRowOf(record: EventRecord): PlainRow {
  const row: PlainRow = {};
  for (const name of [...METADATA_FIELDS, ...record.fields.keys()]) {
    const value = valueIn(record, name);
    if (value !== null) put(row, name, value);
  }
  return row;
}

/** Events as a table that one search is run over. */
export function tableFromRecords(records: readonly EventRecord[]): Table {
  return new EventColumns(records).table;
}

/** The values of a field as they are met. */
class Coded {
  private readonly builder = new DictionaryBuilder();
  /** Made for the first value: of the fields that are asked for, many a log has none. */
  private codes: Uint32Array | undefined;

  constructor(private readonly size: number) {}

  put(row: number, value: Stored): void {
    if (value === null) return;
    this.codes ??= new Uint32Array(this.size);
    this.codes[row] = this.builder.add(value);
  }

  /** Undefined: no row has a value. */
  column(): Column | undefined {
    return this.codes && Column.of(this.codes, this.builder.build());
  }

  build() {
    return { codes: this.codes ?? new Uint32Array(this.size), dictionary: this.builder.build() };
  }
}

function valueIn(record: EventRecord, name: string): Stored {
  return name === '_time' ? record.time : storedOf(fieldOf(record, name) ?? null);
}

function storedOf(cell: Cell): Stored {
  return typeof cell === 'object' && cell !== null ? fromList(cell) : cell;
}
