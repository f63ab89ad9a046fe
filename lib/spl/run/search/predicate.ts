import type { Range } from '../../../text/diagnostic.ts';
import type { Column } from '../columns/column.ts';
import type { Dictionary } from '../columns/dictionary.ts';
import type { Table } from '../columns/table.ts';
import type { Stored } from '../value/value.ts';
import type { MatchReason, ValueTest } from './pattern.ts';

/** One clause of a condition as it went for one event. */
export interface Clause {
  kind: 'and' | 'or' | 'not' | 'compare' | 'in' | 'term' | 'expression' | 'constant';
  matched: boolean;
  reason: MatchReason;
  /** The clause as written, or near it. */
  text: string;
  range?: Range;
  field?: string;
  /** What the event has; null when it does not have the field. */
  actual?: Stored;
  /** What the clause wants. */
  expected?: string;
  children?: Clause[];
}

/** Rows to look at; undefined is all of them. Always ascending positions in the table. */
export type Rows = Uint32Array | undefined;

/** A condition over rows. Filtering and explaining call the same tests. */
export interface Predicate {
  /** Expected price per row of the table, in arbitrary units; used only to order clauses. */
  cost(table: Table): number;
  /** The rows among `rows` for which the condition holds, in the same order. */
  filter(table: Table, rows: Rows): Uint32Array;
  explain(table: Table, row: number): Clause;
}

export interface Written {
  text: string;
  range?: Range;
}

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/** A test of one field. It runs once per distinct value, however many rows have it, and remembers across runs. */
export class FieldPredicate implements Predicate {
  private readonly masks = new WeakMap<Dictionary, Uint8Array>();

  constructor(
    private readonly kind: 'compare' | 'in' | 'term',
    private readonly written: Written,
    private readonly field: string,
    private readonly find: (table: Table) => Column | undefined,
    private readonly value: ValueTest,
    private readonly onUse?: () => void,
  ) {}

  cost(table: Table): number {
    const column = this.find(table);
    if (column === undefined) return 0;
    const share = Math.min(1, column.dictionary.size / Math.max(1, table.size));
    return 1 + share * 30 * this.value.cost;
  }

  filter(table: Table, rows: Rows): Uint32Array {
    const column = this.find(table);
    if (column === undefined) return new Uint32Array(0);
    this.onUse?.();
    const { codes, dictionary } = column;
    let mask = this.masks.get(dictionary);
    if (mask === undefined) {
      mask = new Uint8Array(dictionary.size);
      mask[0] = NO;
      this.masks.set(dictionary, mask);
    }
    const size = rows === undefined ? table.size : rows.length;
    const found = new Uint32Array(size);
    // A distinct dictionary holds texts only, so the lower-case form may decide without looking at the value.
    const byFolded = dictionary.distinct ? this.value.byFolded : undefined;
    let count = 0;
    for (let i = 0; i < size; i += 1) {
      const row = rows === undefined ? i : rows[i]!;
      const code = codes[row]!;
      let state = mask[code]!;
      if (state === UNKNOWN) {
        const folded = dictionary.folded(code);
        const holds =
          byFolded === undefined ? this.value.test(dictionary.value(code), folded) : byFolded(folded);
        state = holds ? YES : NO;
        mask[code] = state;
      }
      if (state === YES) found[count++] = row;
    }
    return found.subarray(0, count);
  }

  explain(table: Table, row: number): Clause {
    const column = this.find(table);
    const code = column?.codes[row] ?? 0;
    const clause = { kind: this.kind, ...this.written, field: this.field, expected: this.value.source };
    if (column === undefined || code === 0) {
      return { ...clause, matched: false, reason: 'field_absent', actual: null };
    }
    const { dictionary } = column;
    const value = dictionary.value(code);
    const matched = this.value.test(value, dictionary.folded(code));
    const reason = matched ? 'matched' : this.value.reason(value, dictionary.folded(code));
    return { ...clause, matched, reason, actual: value };
  }
}

export class AndPredicate implements Predicate {
  constructor(
    private readonly items: readonly Predicate[],
    private readonly written: Written,
    /** False keeps the order as written, for comparing plans. */
    private readonly reorder: boolean,
  ) {}

  cost(table: Table): number {
    return this.items.reduce((sum, item) => sum + item.cost(table), 0);
  }

  filter(table: Table, rows: Rows): Uint32Array {
    let left = rows;
    for (const item of this.ordered(table)) {
      left = item.filter(table, left);
      if (left.length === 0) break;
    }
    return left ?? allRows(table.size);
  }

  private ordered(table: Table): readonly Predicate[] {
    if (!this.reorder || this.items.length < 2) return this.items;
    return this.items
      .map((item) => ({ item, cost: item.cost(table) }))
      .sort((a, b) => a.cost - b.cost)
      .map((entry) => entry.item);
  }

  explain(table: Table, row: number): Clause {
    const children = this.items.map((item) => item.explain(table, row));
    const matched = children.every((child) => child.matched);
    return { kind: 'and', ...this.written, matched, reason: reasonOf(matched), children };
  }
}

export class OrPredicate implements Predicate {
  constructor(
    private readonly items: readonly Predicate[],
    private readonly written: Written,
  ) {}

  cost(table: Table): number {
    return this.items.reduce((sum, item) => sum + item.cost(table), 0);
  }

  filter(table: Table, rows: Rows): Uint32Array {
    const hit = new Uint8Array(table.size);
    let left = rows;
    for (const item of this.items) {
      const found = item.filter(table, left);
      for (let i = 0; i < found.length; i += 1) hit[found[i]!] = 1;
      left = keep(table.size, left, hit, 0);
      if (left.length === 0) break;
    }
    return keep(table.size, rows, hit, 1);
  }

  explain(table: Table, row: number): Clause {
    const children = this.items.map((item) => item.explain(table, row));
    const matched = children.some((child) => child.matched);
    return { kind: 'or', ...this.written, matched, reason: reasonOf(matched), children };
  }
}

export class NotPredicate implements Predicate {
  constructor(
    private readonly item: Predicate,
    private readonly written: Written,
  ) {}

  cost(table: Table): number {
    return this.item.cost(table);
  }

  filter(table: Table, rows: Rows): Uint32Array {
    const hit = new Uint8Array(table.size);
    const found = this.item.filter(table, rows);
    for (let i = 0; i < found.length; i += 1) hit[found[i]!] = 1;
    return keep(table.size, rows, hit, 0);
  }

  explain(table: Table, row: number): Clause {
    const child = this.item.explain(table, row);
    const matched = !child.matched;
    return { kind: 'not', ...this.written, matched, reason: reasonOf(matched), children: [child] };
  }
}

/** Holds for every row, or for none: an empty search, a subsearch without results, a scope that is not modelled. */
export class ConstantPredicate implements Predicate {
  constructor(
    private readonly holds: boolean,
    private readonly written: Written,
    private readonly onUse?: () => void,
  ) {}

  cost(): number {
    return 0;
  }

  filter(table: Table, rows: Rows): Uint32Array {
    this.onUse?.();
    return this.holds ? (rows ?? allRows(table.size)) : new Uint32Array(0);
  }

  explain(): Clause {
    const reason = this.holds ? 'matched' : 'value_mismatch';
    return { kind: 'constant', ...this.written, matched: this.holds, reason };
  }
}

function reasonOf(matched: boolean): MatchReason {
  return matched ? 'clause_matched' : 'clause_failed';
}

export function allRows(size: number): Uint32Array {
  const rows = new Uint32Array(size);
  for (let row = 0; row < size; row += 1) rows[row] = row;
  return rows;
}

function keep(size: number, rows: Rows, hit: Uint8Array, wanted: 0 | 1): Uint32Array {
  const length = rows === undefined ? size : rows.length;
  const kept = new Uint32Array(length);
  let count = 0;
  for (let i = 0; i < length; i += 1) {
    const row = rows === undefined ? i : rows[i]!;
    if (hit[row] === wanted) kept[count++] = row;
  }
  return kept.subarray(0, count);
}
