import type { InputRow } from '../columns/table.ts';

/** A lookup as its definition and table give it (`transforms.conf.spec`, lookups). */
export interface LookupDefinition {
  name: string;
  rows: readonly InputRow[];
  /** Columns of the table in order; taken from the rows where absent. */
  columns?: readonly string[];
  /** `WILDCARD(field)`, `CIDR(field)`, `EXACT(field)`, several separated by commas. */
  matchType?: string;
  /** Default true. */
  caseSensitive?: boolean;
  /** Default 100 (1,000 at most). */
  maxMatches?: number;
  /** Default 0. */
  minMatches?: number;
  defaultMatch?: string;
  /** Values the page or the test did not provide: a kvstore collection, which starts empty. */
  collection?: boolean;
}

export class LookupStore {
  private readonly definitions = new Map<string, LookupDefinition>();

  constructor(
    definitions: Iterable<LookupDefinition> = [],
    /** What a search that names an unknown lookup meets: the end of the run, or an empty table and a note. */
    readonly missing: 'stop' | 'empty' = 'stop',
  ) {
    for (const definition of definitions) this.definitions.set(definition.name, definition);
  }

  /** By definition name, or by the file name without `.csv`. */
  find(name: string): LookupDefinition | undefined {
    return this.definitions.get(name) ?? this.definitions.get(name.replace(/\.csv$/i, ''));
  }

  get names(): string[] {
    return [...this.definitions.keys()];
  }
}
