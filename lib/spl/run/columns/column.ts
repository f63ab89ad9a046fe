import type { Stored } from '../value/value.ts';
import { type Dictionary, DictionaryBuilder, ValueDictionary } from './dictionary.ts';

/** One field over all rows of a table: a code per row and the dictionary that the codes point into. Immutable. */
export class Column {
  private rowCodes: Uint32Array | undefined;
  private known: Dictionary | undefined;
  private presence: boolean | undefined;

  private constructor(
    private readonly make: () => { codes: Uint32Array; dictionary: Dictionary },
    /** Asked for by name (`table`, `stats`): stays among the result's fields even where every row lacks it. */
    readonly pinned: boolean,
    /** Whose values these are, where that is known before the rows are. */
    private readonly of?: Column,
  ) {}

  static of(codes: Uint32Array, dictionary: Dictionary, pinned = false): Column {
    const column = new Column(() => ({ codes, dictionary }), pinned);
    column.rowCodes = codes;
    column.known = dictionary;
    return column;
  }

  /** A column that is worked out when a search first reads it; `present` where it is known that some row has a value. */
  static lazy(
    make: () => { codes: Uint32Array; dictionary: Dictionary },
    pinned = false,
    present?: true,
  ): Column {
    const column = new Column(make, pinned);
    column.presence = present;
    return column;
  }

  /** One value per row. Values are not looked for duplicates, which suits results that are mostly distinct. */
  static direct(values: readonly Stored[], pinned = false): Column {
    const dictionary: Stored[] = [null];
    const codes = new Uint32Array(values.length);
    for (let row = 0; row < values.length; row += 1) {
      const value = values[row]!;
      if (value !== null) codes[row] = dictionary.push(value) - 1;
    }
    return Column.of(codes, new ValueDictionary(dictionary, false), pinned);
  }

  /** One value per row, equal values sharing a code. */
  static interned(values: readonly Stored[], pinned = false): Column {
    const builder = new DictionaryBuilder();
    const codes = new Uint32Array(values.length);
    for (let row = 0; row < values.length; row += 1) codes[row] = builder.add(values[row]!);
    return Column.of(codes, builder.build(), pinned);
  }

  /** The same value on every row. */
  static constant(value: Stored, size: number, pinned = false): Column {
    const codes = new Uint32Array(size);
    if (value !== null) codes.fill(1);
    return Column.of(codes, new ValueDictionary(value === null ? [null] : [null, value], false), pinned);
  }

  get codes(): Uint32Array {
    if (this.rowCodes === undefined) this.materialise();
    return this.rowCodes!;
  }

  get dictionary(): Dictionary {
    if (this.known === undefined && this.of !== undefined) this.known = this.of.dictionary;
    if (this.known === undefined) this.materialise();
    return this.known!;
  }

  /** False: still to be worked out. */
  get made(): boolean {
    return this.rowCodes !== undefined;
  }

  private materialise(): void {
    const made = this.make();
    this.rowCodes = made.codes;
    this.known = made.dictionary;
  }

  value(row: number): Stored {
    return this.dictionary.value(this.codes[row]!);
  }

  /** True when some row has a value. */
  get present(): boolean {
    this.presence ??= this.codes.some((code) => code !== 0);
    return this.presence;
  }

  /** The column over the given rows, in that order; nothing is copied until it is read. */
  gather(rows: Uint32Array): Column {
    return new Column(
      () => {
        const from = this.codes;
        const codes = new Uint32Array(rows.length);
        for (let i = 0; i < rows.length; i += 1) codes[i] = from[rows[i]!]!;
        return { codes, dictionary: this.dictionary };
      },
      this.pinned,
      this,
    );
  }

  pin(): Column {
    if (this.pinned) return this;
    return new Column(() => ({ codes: this.codes, dictionary: this.dictionary }), true, this);
  }
}
