/** What compiling and running an expression need from outside. */
import type { Diagnostic, Range } from '../../../text/diagnostic.ts';
import type { Dialect, EvalExpr, Subsearch } from '../../syntax/ast.ts';
import { type TimeZone, UTC } from '../time/zone.ts';
import { COMPAT_DEFAULTS, type CompatFlag, type CompatFlags } from '../value/compat.ts';
import type { Scalar, Value } from '../value/value.ts';

/** Reads a field of the current row; null when it is absent. */
export type Get = (field: string) => Value;

export type Evaluate = (get: Get, run: RunContext) => Value;

/** One run of a search: everything that an expression may depend on beside the row. */
export interface RunContext {
  /** Pinned time of the run, epoch seconds: `now()` and `time()`. */
  readonly now: number;
  readonly zone: TimeZone;
  readonly compat: CompatFlags;
  /** Next number of the seeded sequence, 0 up to 1. */
  random(): number;
  /** Something the reader of the result should know. Called once per code and place; see `noteOnce`. */
  note(diagnostic: Diagnostic): void;
  /** The result rests on this open question. */
  rests(flag: CompatFlag): void;
  /**
   * Rows of a lookup table for the `lookup()` function: the first row whose columns equal `keys`, as an object of its
   * other columns; null when none does; undefined when there is no such table.
   */
  lookup?(table: string, keys: ReadonlyMap<string, Scalar>): ReadonlyMap<string, Scalar> | null | undefined;
}

export interface CompileContext {
  readonly dialect: Dialect;
  readonly compat?: CompatFlags;
  /**
   * What the expression is for: a `condition` must be able to be true; an `assignment` must not be a plain boolean in
   * SPL1 (flag `booleanAssignment`). Default `value`.
   */
  readonly use?: 'value' | 'condition' | 'assignment';
  /** Compiles the text of `searchmatch("...")`. Absent: `searchmatch` is refused. */
  searchmatch?(text: string, range: Range): { fields: readonly string[]; evaluate: Evaluate } | Diagnostic[];
  /** Compiles `[ ... ]` in an expression: as a condition, or as the list of values on the right of IN. */
  subsearch?(subsearch: Subsearch, as: 'condition' | 'values'): Evaluate | Diagnostic[];
}

export interface RunOptions {
  /** Epoch seconds. */
  now: number;
  zone?: TimeZone;
  seed?: number;
  compat?: Partial<CompatFlags>;
  note?: (diagnostic: Diagnostic) => void;
  rests?: (flag: CompatFlag) => void;
  lookup?: RunContext['lookup'];
}

/** A run context whose notes arrive once per code and range, however many rows give rise to them. */
export function createRunContext(options: RunOptions): RunContext {
  const seen = new Set<string>();
  const flags = new Set<CompatFlag>();
  const context: RunContext = {
    now: options.now,
    zone: options.zone ?? UTC,
    compat: options.compat === undefined ? COMPAT_DEFAULTS : { ...COMPAT_DEFAULTS, ...options.compat },
    random: seededRandom(options.seed ?? 1),
    note(diagnostic) {
      const key = `${diagnostic.code} ${diagnostic.range?.start} ${diagnostic.range?.end} ${diagnostic.message}`;
      if (seen.has(key)) return;
      seen.add(key);
      options.note?.(diagnostic);
    },
    rests(flag) {
      if (flags.has(flag)) return;
      flags.add(flag);
      options.rests?.(flag);
    },
  };
  return options.lookup === undefined ? context : { ...context, lookup: options.lookup };
}

/** Mulberry32: 32 bits of state, good enough to sample with, the same sequence everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What an expression can yield, as far as can be told without a row. */
export type ResultType = 'boolean' | 'number' | 'text' | 'list' | 'map' | 'null' | 'any';

/** A compiled part of an expression. */
export interface CompiledNode {
  readonly node: EvalExpr;
  readonly type: ResultType;
  /** The value, where it does not depend on the row or the run. */
  readonly constant?: { readonly value: Value };
  /** Members of a list literal, compiled one by one. */
  readonly items?: readonly CompiledNode[];
  readonly evaluate: Evaluate;
}

/** What a function's compiler sees of its call. */
export interface CallSite {
  readonly name: string;
  readonly range: Range;
  readonly args: readonly CompiledNode[];
  readonly dialect: Dialect;
  readonly compat: CompatFlags;
  readonly context: CompileContext;
  report(diagnostic: Diagnostic): void;
  /** Records that the expression reads a field, or (without a name) any field. */
  reads(field?: string): void;
}
