import { fromList, isList, type Scalar, type Stored } from '../value/value.ts';
import { Column } from './column.ts';

/** A row as plain JSON: absent field = no key, multivalue = array. */
export type PlainRow = Record<string, string | number | (string | number)[]>;

/** What a caller may hand in as a row: nulls are absent, booleans become `true`/`false`, objects their JSON. */
export type InputRow = Readonly<Record<string, unknown>>;

/** What some rows of a table have, where that is less work than the whole table. */
export interface PartOfTable {
  column(name: string, rows: Uint32Array): Column | undefined;
  /** Names that a listing of these rows has; those that only other rows have may be left out. */
  names(rows: Uint32Array): readonly string[];
  /** Rows with all their fields, where no column has to be made for that; default: out of the columns. */
  plainRows?(rows: Uint32Array): PlainRow[];
}

/**
 * Rows held as columns. Immutable; every operation shares the columns that it does not change, and finds a column when
 * it is first asked for: a search over events with a hundred fields touches the few that it names.
 */
export class Table {
  private listed: ReadonlyMap<string, Column> | undefined;
  private readonly found = new Map<string, Column | undefined>();
  private readonly list: (() => ReadonlyMap<string, Column>) | undefined;

  /**
   * @param columns the columns, or how to list them where listing is work
   * @param find a column by name; must know every listed one when `columns` is a function, and may know more
   * @param some the same for some of the rows, in that order, where that is less work than for all of them
   */
  constructor(
    readonly size: number,
    columns: ReadonlyMap<string, Column> | (() => ReadonlyMap<string, Column>),
    private readonly find?: (name: string) => Column | undefined,
    private readonly some?: PartOfTable,
  ) {
    if (typeof columns === 'function') this.list = columns;
    else this.listed = columns;
  }

  static readonly empty = new Table(0, new Map());

  static fromRows(rows: readonly InputRow[]): Table {
    const names = new Set<string>();
    for (const row of rows) for (const name of Object.keys(row)) names.add(name);
    const columns = new Map<string, Column>();
    for (const name of names) {
      columns.set(
        name,
        Column.interned(rows.map((row) => (Object.hasOwn(row, name) ? valueFromJson(row[name]) : null))),
      );
    }
    return new Table(rows.length, columns);
  }

  private get columns(): ReadonlyMap<string, Column> {
    if (this.listed === undefined) {
      const listed = new Map(this.list!());
      // A column that was asked for before is the same one, and not worked out again.
      for (const [name, column] of this.found) if (column && listed.has(name)) listed.set(name, column);
      this.listed = listed;
    }
    return this.listed;
  }

  /** Names of all columns, in order, those without any value included. */
  get names(): string[] {
    return [...this.columns.keys()];
  }

  /** Names that a row has or that were asked for by name. */
  get fields(): string[] {
    return [...this.columns].filter(([, column]) => column.pinned || column.present).map(([name]) => name);
  }

  /** Names that at least one row has. */
  get presentFields(): string[] {
    return [...this.columns].filter(([, column]) => column.present).map(([name]) => name);
  }

  column(name: string): Column | undefined {
    const listed = this.listed?.get(name);
    if (listed !== undefined || this.find === undefined) return listed;
    if (!this.found.has(name)) this.found.set(name, this.find(name));
    return this.found.get(name);
  }

  value(row: number, name: string): Stored {
    return this.column(name)?.value(row) ?? null;
  }

  /** A column over some of the rows. A filter that keeps few leaves the other rows' values where they are. */
  private columnAt(name: string, rows: Uint32Array): Column | undefined {
    const known = this.listed?.get(name) ?? this.found.get(name);
    if (this.some !== undefined && known?.made !== true) return this.some.column(name, rows);
    return (known ?? this.column(name))?.gather(rows);
  }

  private namesAt(rows: Uint32Array): readonly string[] {
    return this.listed === undefined && this.some !== undefined ? this.some.names(rows) : this.names;
  }

  select(rows: Uint32Array): Table {
    const selected: Table = new Table(
      rows.length,
      () => new Map(this.namesAt(rows).map((name) => [name, selected.column(name)!])),
      (name) => this.columnAt(name, rows),
      this.some && {
        column: (name, some) => this.columnAt(name, chosen(rows, some)),
        names: (some) => this.namesAt(chosen(rows, some)),
        ...(this.some.plainRows && { plainRows: (some) => this.some!.plainRows!(chosen(rows, some)) }),
      },
    );
    return selected;
  }

  /** Sets or replaces columns; a replaced one keeps its place. */
  with(changes: Iterable<readonly [string, Column]>): Table {
    const changed = new Map(changes);
    return new Table(
      this.size,
      () => {
        const columns = new Map(this.columns);
        for (const [name, column] of changed) columns.set(name, column);
        return columns;
      },
      (name) => changed.get(name) ?? this.column(name),
      this.some && {
        column: (name, rows) => changed.get(name)?.gather(rows) ?? this.columnAt(name, rows),
        names: (rows) => [...new Set([...this.namesAt(rows), ...changed.keys()])],
      },
    );
  }

  without(names: Iterable<string>): Table {
    const gone = new Set(names);
    return new Table(
      this.size,
      () => new Map([...this.columns].filter(([name]) => !gone.has(name))),
      (name) => (gone.has(name) ? undefined : this.column(name)),
      this.some && {
        column: (name, rows) => (gone.has(name) ? undefined : this.columnAt(name, rows)),
        names: (rows) => this.namesAt(rows).filter((name) => !gone.has(name)),
      },
    );
  }

  /** Exactly these columns, in this order. */
  only(columns: Iterable<readonly [string, Column]>): Table {
    return new Table(this.size, new Map(columns));
  }

  entries(): Iterable<readonly [string, Column]> {
    return this.columns;
  }

  /** One row as plain JSON. */
  plainRow(row: number, names: readonly string[] = this.names): PlainRow {
    const plain: PlainRow = {};
    for (const name of names) {
      const value = this.value(row, name);
      if (value !== null) put(plain, name, value);
    }
    return plain;
  }

  /** All rows as plain JSON, with these fields; default all. */
  plainRows(names?: readonly string[]): PlainRow[] {
    if (names === undefined && this.listed === undefined && this.some?.plainRows !== undefined)
      return this.some.plainRows(Uint32Array.from({ length: this.size }, (_, row) => row));
    return this.rowsOf(names ?? this.names);
  }

  private rowsOf(names: readonly string[]): PlainRow[] {
    const rows = Array.from({ length: this.size }, (): PlainRow => ({}));
    for (const name of names) {
      const column = this.column(name);
      if (column === undefined) continue;
      const { codes, dictionary } = column;
      for (let row = 0; row < rows.length; row += 1) {
        const value = dictionary.value(codes[row]!);
        if (value !== null) put(rows[row]!, name, value);
      }
    }
    return rows;
  }

  /** Rows of several tables one after another; a field that a table lacks is absent on its rows. */
  static concat(tables: readonly Table[]): Table {
    const filled = tables.filter((table) => table.size > 0 || table.names.length > 0);
    if (filled.length === 1) return filled[0]!;
    const names = new Set(filled.flatMap((table) => table.names));
    const size = filled.reduce((sum, table) => sum + table.size, 0);
    const columns = new Map<string, Column>();
    for (const name of names) {
      const parts = filled.map((table) => table.column(name));
      const pinned = parts.some((part) => part?.pinned);
      const values: Stored[] = [];
      for (const [at, part] of parts.entries()) {
        const rows = filled[at]!.size;
        for (let row = 0; row < rows; row += 1) values.push(part?.value(row) ?? null);
      }
      columns.set(name, Column.interned(values, pinned));
    }
    return new Table(size, columns);
  }
}

/** Rows at the given positions of a list of rows. */
function chosen(rows: Uint32Array, positions: Uint32Array): Uint32Array {
  return positions.map((position) => rows[position]!);
}

/** Sets a field of a row. */
export function put(row: PlainRow, name: string, value: Exclude<Stored, null>): void {
  const plain = isList(value) ? [...value] : value;
  // Assigning to `__proto__` would change the object's prototype instead of setting a field.
  if (name === '__proto__') {
    Object.defineProperty(row, name, { value: plain, enumerable: true, configurable: true, writable: true });
  } else row[name] = plain;
}

/** A JSON value as a field value. Empty arrays are absent; a one-member array is its member. */
export function valueFromJson(json: unknown): Stored {
  if (json === null || json === undefined) return null;
  if (typeof json === 'string') return json;
  if (typeof json === 'number') return Number.isFinite(json) ? json : String(json);
  if (typeof json === 'boolean') return json ? 'true' : 'false';
  if (Array.isArray(json)) {
    const members: Scalar[] = [];
    for (const member of json as unknown[]) {
      const value = valueFromJson(member);
      if (value === null) continue;
      if (isList(value)) members.push(...value);
      else members.push(value);
    }
    return fromList(members);
  }
  return JSON.stringify(json);
}
