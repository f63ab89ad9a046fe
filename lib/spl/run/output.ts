import type { Table } from './columns/table.ts';

/** How the rows that a stage puts out come from the rows that it took in. Kept per stage; lineage walks it backwards. */
export type Origin =
  /** Row i comes from row i. */
  | { kind: 'same' }
  /** Row i comes from row `rows[i]`; `NONE` where it comes from nowhere (rows of a subsearch). */
  | { kind: 'pick'; rows: Uint32Array }
  /** Many rows became one. The pairs are worked out when lineage is asked for, not on every run. */
  | { kind: 'merge'; pairs: () => Pairs }
  /** Rows made by the stage itself. */
  | { kind: 'made' };

/** Input row `inputs[i]` went into output row `outputs[i]`. */
export interface Pairs {
  inputs: Uint32Array;
  outputs: Uint32Array;
}

export const NONE = 0xffffffff;
export const SAME: Origin = { kind: 'same' };
export const MADE: Origin = { kind: 'made' };

export interface Output {
  table: Table;
  origin: Origin;
}

export function same(table: Table): Output {
  return { table, origin: SAME };
}

export function made(table: Table): Output {
  return { table, origin: MADE };
}

/** The given rows of the input, in the given order. */
export function picked(input: Table, rows: Uint32Array): Output {
  return { table: input.select(rows), origin: { kind: 'pick', rows } };
}

/** Input rows that went into one output row, in input order. */
export function sourcesOf(origin: Origin, row: number): number[] {
  switch (origin.kind) {
    case 'same':
      return [row];
    case 'pick': {
      const source = origin.rows[row]!;
      return source === NONE ? [] : [source];
    }
    case 'merge': {
      const { inputs, outputs } = origin.pairs();
      const sources: number[] = [];
      for (let i = 0; i < outputs.length; i += 1) if (outputs[i] === row) sources.push(inputs[i]!);
      return sources;
    }
    case 'made':
      return [];
  }
}

/** Output rows that one input row went into. */
export function targetsOf(origin: Origin, row: number): number[] {
  switch (origin.kind) {
    case 'same':
      return [row];
    case 'pick': {
      const targets: number[] = [];
      for (let i = 0; i < origin.rows.length; i += 1) if (origin.rows[i] === row) targets.push(i);
      return targets;
    }
    case 'merge': {
      const { inputs, outputs } = origin.pairs();
      const targets: number[] = [];
      for (let i = 0; i < inputs.length; i += 1) if (inputs[i] === row) targets.push(outputs[i]!);
      return [...new Set(targets)];
    }
    case 'made':
      return [];
  }
}
