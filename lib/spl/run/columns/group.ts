import { isList, type Stored, toList } from '../value/value.ts';
import { Column } from './column.ts';
import { fillColumn } from './derive.ts';
import type { Dictionary } from './dictionary.ts';
import { isRanked, rankCodes } from './rank.ts';
import type { Table } from './table.ts';

/** Rows put into groups by the values of some fields. */
export interface Grouping {
  /** The table that `groups` is about: the input, or the input with one row per member of a multivalue key. */
  table: Table;
  /** Input row of each row of `table`; undefined where they are the same. */
  rows: Uint32Array | undefined;
  /** Group of each row of `table`, from 1; 0 where a key is absent and the row belongs to none. */
  groups: Uint32Array;
  count: number;
  /** Rows of each group, where grouping has counted them anyway. */
  counts?: Uint32Array;
  /** The key columns over the groups, in their order. */
  keys: [string, Column][];
}

/** Largest table of combinations that is indexed directly; larger ones go through a hash map. */
const DENSE_COMBINATIONS = 1 << 22;

export interface GroupOptions {
  /** Stands for an absent key (`fillnull_value`); without it such rows are left out. */
  fill?: string;
  /** Members of a multivalue key count once per row (`dedup_splitvals`). */
  distinctMembers?: boolean;
}

/** Source: Search Reference, `stats`, BY clause. */
export function groupRows(input: Table, names: readonly string[], options: GroupOptions = {}): Grouping {
  const filled = options.fill === undefined ? input : fillKeys(input, names, options.fill);
  const { table, rows } = explode(filled, names, options.distinctMembers ?? false);
  if (names.length === 0) {
    return { table, rows, groups: new Uint32Array(table.size).fill(1), count: 1, keys: [] };
  }
  const columns = names.flatMap((name) => table.column(name) ?? []);
  if (columns.length < names.length) {
    const keys = names.map((name): [string, Column] => [name, Column.constant(null, 0, true)]);
    return { table, rows, groups: new Uint32Array(table.size), count: 0, keys };
  }
  const counted = groupDense(table, rows, names, columns);
  if (counted !== undefined) return counted;
  let numbered: Numbered | undefined;
  for (const column of columns.slice(1)) {
    const left = numbered ?? { groups: canonicalCodes(columns[0]!), radix: columns[0]!.dictionary.size };
    numbered = combine(left.groups, left.radix, canonicalCodes(column), column.dictionary.size);
  }
  numbered ??= renumber(canonicalCodes(columns[0]!), columns[0]!.dictionary.size);
  const { groups, first } = numbered;
  const keys = names.map((name, at): [string, Column] => [name, columns[at]!.gather(first).pin()]);
  return { table, rows, groups, count: first.length, keys };
}

/**
 * Where the keys have few combinations, one pass counts them all. Which row is in which group is worked out when an
 * aggregation or lineage asks: `stats count by a, b` does not.
 */
function groupDense(
  table: Table,
  rows: Uint32Array | undefined,
  names: readonly string[],
  columns: readonly Column[],
): Grouping | undefined {
  const sizes = columns.map((column) => column.dictionary.size);
  const combinations = sizes.reduce((product, size) => product * size, 1);
  if (combinations > Math.min(DENSE_COMBINATIONS, table.size * 2 + 1024)) return undefined;
  const codes = columns.map(canonicalCodes);
  const keys = keysOf(codes, sizes);
  const all = new Uint32Array(combinations);
  if (keys !== undefined) countOne(keys, all);
  else if (codes.length === 1) countOne(codes[0]!, all);
  else countTwo(codes[0]!, codes[1]!, sizes[1]!, all);
  const numbers = new Uint32Array(combinations);
  const most = Math.min(combinations, table.size);
  const counts = new Uint32Array(most);
  const parts = codes.map(() => new Uint32Array(most));
  const digits = new Uint32Array(codes.length);
  let count = 0;
  for (let key = 0; key < combinations; key += 1) {
    const rowsHere = all[key]!;
    if (rowsHere === 0 || !spell(key, sizes, digits)) continue;
    counts[count] = rowsHere;
    for (let at = 0; at < digits.length; at += 1) parts[at]![count] = digits[at]!;
    count += 1;
    numbers[key] = count;
  }
  let groups: Uint32Array | undefined;
  return {
    table,
    rows,
    get groups() {
      groups ??= groupsOf(codes, sizes, keys, numbers);
      return groups;
    },
    count,
    counts: counts.subarray(0, count),
    keys: names.map((name, at) => [
      name,
      Column.of(parts[at]!.slice(0, count), columns[at]!.dictionary, true),
    ]),
  };
}

// Loops of their own, because the compiler keeps what a closure shares in memory, and slows the loop by half.
function countOne(codes: Uint32Array, all: Uint32Array): void {
  for (let row = 0; row < codes.length; row += 1) all[codes[row]!]! += 1;
}

function countTwo(first: Uint32Array, second: Uint32Array, size: number, all: Uint32Array): void {
  // Whole-number arithmetic: products of unsigned values would otherwise be worked out as doubles.
  for (let row = 0; row < first.length; row += 1)
    all[(Math.imul(first[row]!, size) + second[row]!) | 0]! += 1;
}

/** One number per row for three keys and more; with one or two the codes themselves do. */
function keysOf(codes: readonly Uint32Array[], sizes: readonly number[]): Uint32Array | undefined {
  if (codes.length < 3) return undefined;
  const keys = codes[0]!.slice();
  for (const [at, column] of codes.entries()) {
    if (at === 0) continue;
    const size = sizes[at]!;
    for (let row = 0; row < keys.length; row += 1) keys[row] = keys[row]! * size + column[row]!;
  }
  return keys;
}

/** The codes that a combination stands for. False where one of them is absent. */
function spell(key: number, sizes: readonly number[], digits: Uint32Array): boolean {
  let rest = key;
  for (let at = sizes.length - 1; at >= 0; at -= 1) {
    const size = sizes[at]!;
    const above = (rest / size) | 0;
    const digit = rest - above * size;
    if (digit === 0) return false;
    digits[at] = digit;
    rest = above;
  }
  return true;
}

function groupsOf(
  codes: readonly Uint32Array[],
  sizes: readonly number[],
  keys: Uint32Array | undefined,
  numbers: Uint32Array,
): Uint32Array {
  const [first, second] = codes as [Uint32Array, Uint32Array | undefined];
  const groups = new Uint32Array(first.length);
  const size = sizes[1] ?? 1;
  for (let row = 0; row < groups.length; row += 1) {
    const key = keys === undefined ? first[row]! * size + (second?.[row] ?? 0) : keys[row]!;
    groups[row] = numbers[key]!;
  }
  return groups;
}

/** Groups from 1 by first appearance, where each first appears, and one more than the largest number. */
interface Numbered {
  groups: Uint32Array;
  first: Uint32Array;
  radix: number;
}

function canonicalCodes(column: Column): Uint32Array {
  const same = column.dictionary.canonical();
  if (same === undefined) return column.codes;
  const codes = new Uint32Array(column.codes.length);
  for (let row = 0; row < codes.length; row += 1) codes[row] = same[column.codes[row]!]!;
  return codes;
}

function combine(left: Uint32Array, leftSize: number, right: Uint32Array, rightSize: number): Numbered {
  if (leftSize * rightSize > DENSE_COMBINATIONS) return combineSparse(left, right, rightSize);
  const groups = new Uint32Array(left.length);
  const first = new Uint32Array(Math.min(left.length, leftSize * rightSize));
  const known = new Uint32Array(leftSize * rightSize);
  let count = 0;
  for (let row = 0; row < left.length; row += 1) {
    const a = left[row]!;
    const b = right[row]!;
    if (a === 0 || b === 0) continue;
    const key = a * rightSize + b;
    let group = known[key]!;
    if (group === 0) {
      first[count] = row;
      count += 1;
      group = count;
      known[key] = group;
    }
    groups[row] = group;
  }
  return { groups, first: first.subarray(0, count), radix: count + 1 };
}

function combineSparse(left: Uint32Array, right: Uint32Array, rightSize: number): Numbered {
  const groups = new Uint32Array(left.length);
  const first: number[] = [];
  const known = new Map<number, number>();
  for (let row = 0; row < left.length; row += 1) {
    const a = left[row]!;
    const b = right[row]!;
    if (a === 0 || b === 0) continue;
    const key = a * rightSize + b;
    let group = known.get(key);
    if (group === undefined) {
      group = first.push(row);
      known.set(key, group);
    }
    groups[row] = group;
  }
  return { groups, first: Uint32Array.from(first), radix: first.length + 1 };
}

function renumber(ids: Uint32Array, radix: number): Numbered {
  const numbers = new Uint32Array(radix);
  const groups = new Uint32Array(ids.length);
  const first: number[] = [];
  for (let row = 0; row < ids.length; row += 1) {
    const id = ids[row]!;
    if (id === 0) continue;
    let number = numbers[id]!;
    if (number === 0) {
      number = first.push(row);
      numbers[id] = number;
    }
    groups[row] = number;
  }
  return { groups, first: Uint32Array.from(first), radix: first.length + 1 };
}

function fillKeys(table: Table, names: readonly string[], fill: string): Table {
  const changes = names.flatMap((name): [string, Column][] => {
    const column = table.column(name);
    if (column === undefined) return [[name, Column.constant(fill, table.size)]];
    const filled = fillColumn(column, fill);
    return filled === column ? [] : [[name, filled]];
  });
  return changes.length === 0 ? table : table.with(changes);
}

/** One row per member of each multivalue key; several multivalue keys give every combination. */
function explode(
  table: Table,
  names: readonly string[],
  distinct: boolean,
): { table: Table; rows: Uint32Array | undefined } {
  const multi = names.filter((name) => {
    const column = table.column(name);
    return column !== undefined && hasLists(column);
  });
  if (multi.length === 0) return { table, rows: undefined };
  const rows: number[] = [];
  const members: Stored[][] = multi.map(() => []);
  for (let row = 0; row < table.size; row += 1) {
    let combinations: Stored[][] = [[]];
    for (const name of multi) {
      const value = table.value(row, name);
      const list = isList(value) ? (distinct ? [...new Set(toList(value))] : value) : [value];
      combinations = combinations.flatMap((before) => list.map((member) => [...before, member]));
    }
    for (const combination of combinations) {
      rows.push(row);
      for (const [at, member] of combination.entries()) members[at]!.push(member);
    }
  }
  const picks = Uint32Array.from(rows);
  const exploded = table
    .select(picks)
    .with(multi.map((name, at) => [name, Column.interned(members[at]!)] as const));
  return { table: exploded, rows: picks };
}

const listed = new WeakMap<Dictionary, boolean>();

function hasLists(column: Column): boolean {
  const { dictionary, codes } = column;
  let answer = listed.get(dictionary);
  if (answer === undefined) {
    answer = false;
    // A dictionary that is distinct holds texts only.
    if (!dictionary.distinct) {
      const seen = new Uint8Array(dictionary.size);
      for (let row = 0; row < codes.length && !answer; row += 1) {
        const code = codes[row]!;
        if (seen[code] === 1) continue;
        seen[code] = 1;
        answer = isList(dictionary.value(code));
      }
    }
    // Only the yes is kept: a no may be true of these rows alone.
    if (answer) listed.set(dictionary, true);
  }
  return answer;
}

/** Groups (from 0) in ascending order of their keys, left to right, numbers before texts. */
export function orderGroups(grouping: Grouping, collation: 'natural' | 'str'): Uint32Array {
  const { count } = grouping;
  // The place of a group as one number, key after key, with the group itself as the last digit: numbers sort natively.
  const places = new Float64Array(count);
  let radix = 1;
  for (const [, column] of grouping.keys) {
    // What comes after a key by which all groups differ does not matter.
    if (radix > 1 && !isRanked(column, collation) && allDiffer(places)) break;
    const rank = rankCodes(column, collation);
    const { codes } = column;
    let highest = 0;
    for (let group = 0; group < count; group += 1) highest = Math.max(highest, rank[codes[group]!]!);
    if (radix * (highest + 1) > Number.MAX_SAFE_INTEGER) radix = renumberPlaces(places);
    radix *= highest + 1;
    for (let group = 0; group < count; group += 1) {
      places[group] = places[group]! * (highest + 1) + rank[codes[group]!]!;
    }
  }
  if (radix <= DENSE_COMBINATIONS) return orderByPlaces(places, radix);
  if (radix * count > Number.MAX_SAFE_INTEGER) renumberPlaces(places);
  for (let group = 0; group < count; group += 1) places[group] = places[group]! * count + group;
  places.sort();
  return Uint32Array.from(places, (place) => place % count);
}

function allDiffer(places: Float64Array): boolean {
  const sorted = places.slice().sort();
  for (let at = 1; at < sorted.length; at += 1) if (sorted[at] === sorted[at - 1]) return false;
  return true;
}

/** Every group has a place of its own: putting each at its place sorts them. */
function orderByPlaces(places: Float64Array, radix: number): Uint32Array {
  const at = new Uint32Array(radix);
  for (let group = 0; group < places.length; group += 1) at[places[group]!] = group + 1;
  const order = new Uint32Array(places.length);
  let next = 0;
  for (let place = 0; place < radix; place += 1) {
    if (at[place] !== 0) {
      order[next] = at[place]! - 1;
      next += 1;
    }
  }
  return order;
}

/** Places in the same order as small numbers from 0, equal ones staying equal; one more than the largest. */
function renumberPlaces(places: Float64Array): number {
  const sorted = places.slice().sort();
  const distinct = sorted.filter((place, at) => at === 0 || place !== sorted[at - 1]);
  const number = new Map<number, number>();
  for (let at = 0; at < distinct.length; at += 1) number.set(distinct[at]!, at);
  for (let at = 0; at < places.length; at += 1) places[at] = number.get(places[at]!)!;
  return distinct.length;
}
