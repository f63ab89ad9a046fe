import { RunStop } from '../budget/budget.ts';
import { valueFromJson } from '../columns/table.ts';
import { compileWildcard, type Wildcard } from '../regex/wildcard.ts';
import { parseAddress, parseSubnet, type Subnet, subnetContains } from '../value/address.ts';
import { isList, type Scalar, type Stored, scalarText } from '../value/value.ts';
import type { LookupDefinition } from './store.ts';
import { columnsOf } from './table.ts';

const MAX_MATCHES = 1000;
const DEFAULT_MAX_MATCHES = 100;

type MatchKind = 'exact' | 'wildcard' | 'cidr';

/** A lookup over certain key columns, ready to be asked. Rows answer in file order, at most `maxMatches` of them. */
export class LookupMatcher {
  readonly columns: readonly string[];
  readonly maxMatches: number;
  readonly minMatches: number;
  readonly defaultMatch: string | undefined;
  private readonly kinds: readonly MatchKind[];
  private readonly cells: readonly (readonly string[])[];
  private readonly exact: number[];
  private readonly index = new Map<string, number[]>();
  private readonly patterns: (Wildcard | Subnet | undefined)[][];
  private readonly suffixes: SuffixIndex | undefined;
  private readonly fold: boolean;

  constructor(
    readonly definition: LookupDefinition,
    keys: readonly string[],
  ) {
    this.columns = columnsOf(definition);
    for (const key of keys) {
      if (!this.columns.includes(key) && definition.rows.length > 0) {
        throw new RunStop(
          'lookup-column',
          `The lookup \`${definition.name}\` has no column \`${key}\`; it has ${this.columns.join(', ')}`,
        );
      }
    }
    this.maxMatches = Math.min(definition.maxMatches ?? DEFAULT_MAX_MATCHES, MAX_MATCHES);
    this.minMatches = definition.minMatches ?? 0;
    this.defaultMatch = definition.defaultMatch;
    this.fold = definition.caseSensitive === false;
    const types = matchTypes(definition.matchType);
    this.kinds = keys.map((key) => types.get(key) ?? 'exact');
    this.cells = keys.map((key) => definition.rows.map((row) => this.cell(row[key])));
    this.exact = this.kinds.flatMap((kind, key) => (kind === 'exact' ? [key] : []));
    this.patterns = this.kinds.map((kind, key) =>
      kind === 'exact' ? [] : this.cells[key]!.map((cell) => compileCell(kind, cell)),
    );
    if (this.exact.length === 0 && keys.length === 1 && this.kinds[0] === 'wildcard') {
      this.suffixes = new SuffixIndex(this.patterns[0] as Wildcard[]);
    } else this.buildIndex();
  }

  private cell(json: unknown): string {
    const value = valueFromJson(json);
    const text = value === null ? '' : isList(value) ? value.map(scalarText).join('\n') : scalarText(value);
    return this.fold ? text.toLowerCase() : text;
  }

  private buildIndex(): void {
    for (let row = 0; row < this.definition.rows.length; row += 1) {
      const key = this.exact.map((at) => this.cells[at]![row]).join('\u0000');
      const held = this.index.get(key);
      if (held === undefined) this.index.set(key, [row]);
      else held.push(row);
    }
  }

  /** Numbers of the table rows that match; a multivalue key matches by any member. An absent key matches nothing. */
  match(keys: readonly Stored[]): readonly number[] {
    if (keys.some((key) => key === null)) return [];
    if (!keys.some(isList)) return this.matchTexts(keys.map((key) => this.key(key as Scalar)));
    let combinations: string[][] = [[]];
    for (const key of keys) {
      const members = isList(key) ? key : [key as Scalar];
      combinations = combinations.flatMap((before) => members.map((member) => [...before, this.key(member)]));
      if (combinations.length > MAX_MATCHES) combinations.length = MAX_MATCHES;
    }
    const rows = new Set<number>();
    for (const combination of combinations) for (const row of this.matchTexts(combination)) rows.add(row);
    return [...rows].slice(0, this.maxMatches);
  }

  private key(value: Scalar): string {
    const text = scalarText(value);
    return this.fold ? text.toLowerCase() : text;
  }

  private matchTexts(texts: readonly string[]): readonly number[] {
    if (this.suffixes !== undefined) return this.suffixes.find(texts[0]!, this.maxMatches);
    const candidates = this.index.get(this.exact.map((at) => texts[at]).join('\u0000'));
    if (candidates === undefined) return [];
    if (this.exact.length === this.kinds.length) return candidates.slice(0, this.maxMatches);
    const found: number[] = [];
    for (const row of candidates) {
      if (!this.kinds.every((kind, key) => kind === 'exact' || this.cellMatches(key, row, texts[key]!)))
        continue;
      if (found.push(row) >= this.maxMatches) break;
    }
    return found;
  }

  private cellMatches(key: number, row: number, text: string): boolean {
    const pattern = this.patterns[key]![row];
    if (pattern === undefined) return this.cells[key]![row] === text;
    if ('bits' in pattern) {
      const address = parseAddress(text);
      return address !== undefined && subnetContains(pattern, address);
    }
    return pattern.matches(text);
  }

  value(row: number, column: string): Stored {
    const cells = this.definition.rows[row]!;
    return Object.hasOwn(cells, column) ? valueFromJson(cells[column]) : null;
  }
}

function matchTypes(text: string | undefined): Map<string, MatchKind> {
  const types = new Map<string, MatchKind>();
  for (const match of (text ?? '').matchAll(/(EXACT|WILDCARD|CIDR)\(\s*([^)]+?)\s*\)/gi)) {
    types.set(match[2]!, match[1]!.toLowerCase() as MatchKind);
  }
  return types;
}

function compileCell(kind: MatchKind, cell: string): Wildcard | Subnet | undefined {
  // Where case does not count, cells and keys are lower-case already: comparing as they are saves a second folding.
  return kind === 'cidr' ? parseSubnet(cell, true) : compileWildcard(cell, true);
}

/** Lists of domains and file names hold mostly `*suffix` and plain cells: those are found without trying every row. */
class SuffixIndex {
  private readonly suffixes = new Map<string, number[]>();
  private readonly others: number[] = [];
  private longest = 0;

  constructor(private readonly patterns: readonly Wildcard[]) {
    for (const [row, pattern] of patterns.entries()) {
      if (pattern.kind !== 'suffix' && pattern.kind !== 'exact') {
        this.others.push(row);
        continue;
      }
      const literal = pattern.parts[0] ?? '';
      this.longest = Math.max(this.longest, literal.length);
      const held = this.suffixes.get(literal);
      if (held === undefined) this.suffixes.set(literal, [row]);
      else held.push(row);
    }
  }

  find(text: string, most: number): number[] {
    const found = this.others.filter((row) => this.patterns[row]!.matches(text));
    for (let start = Math.max(0, text.length - this.longest); start <= text.length; start += 1) {
      for (const row of this.suffixes.get(text.slice(start)) ?? []) {
        if (start === 0 || this.patterns[row]!.kind === 'suffix') found.push(row);
      }
    }
    return found.sort((a, b) => a - b).slice(0, most);
  }
}
