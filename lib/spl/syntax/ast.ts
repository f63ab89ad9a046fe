/**
 * The syntax tree of a search: a pipeline of stages. Three families of expressions are kept apart because the language
 * keeps them apart: search expressions (what `search`, `tstats where` and `inputlookup where` take), eval expressions
 * (`eval`, `where`, arguments of `count(eval(...))`) and aggregations (`stats`, `tstats`, `timechart` ...).
 *
 * Discriminate stages on `kind`, then commands on `shape` (and `name` where several commands share a shape).
 *
 * Every node has a `range` in the text that was parsed (UTF-16 offsets, end excluded). Leaves keep the spelling that was
 * typed as `raw`; `value`/`name` is the same with quotes and escapes undone, and is what an evaluator uses. `parens`
 * counts the pairs of parentheses that were written around a node; only the printer looks at it.
 *
 * Macro calls that have not been expanded are nodes too: `{kind: 'macro'}` in expressions, and the `macro` property of a
 * field, text, option, aggregation or pair in argument lists. A query that is run has none (`analyse(q).macros` is empty).
 */
import type { Range } from '../../text/diagnostic.ts';
import type { EvalExpr } from './ast-eval.ts';
import type { SearchExpr } from './ast-search.ts';
import type { Stage } from './ast-stage.ts';

export type * from './ast-eval.ts';
export type * from './ast-names.ts';
export type * from './ast-search.ts';
export type * from './ast-stage.ts';

export type Dialect = 'spl1' | 'spl2';

export interface Node {
  range: Range;
}

/** A pipeline: a whole search, or what stands inside `[ ... ]`. */
export interface Query extends Node {
  kind: 'query';
  dialect: Dialect;
  stages: Stage[];
  /** SPL2 `$main = from source | ...`: the name, without `$`. */
  assign?: string;
  /** SPL2 `$a = ...; $b = ...; <main>`: the statements before the last one, each with `assign`. */
  definitions?: Query[];
  /** The text started with a pipe, so the first stage is a generating command that was written as `| tstats ...`. */
  leadingPipe: boolean;
}

/** `[ ... ]`. `text` is what stands between the brackets, as typed. */
export interface Subsearch extends Node {
  kind: 'subsearch';
  query: Query;
  text: string;
}

export interface Comment extends Node {
  /** Between the triple backticks (SPL2 also: between the slash-star pair), untouched. */
  text: string;
  /** With its delimiters. */
  raw: string;
  /** Before the command name of its stage (else after or inside the stage). */
  leading: boolean;
}

/** `` `name(arg, "arg two")` `` as typed. `args` have their outer quotes removed. */
export interface MacroCall extends Node {
  kind: 'macro';
  name: string;
  args: string[];
  raw: string;
  parens?: number;
}

/** A word or quoted string in an argument position: a lookup's name, an option's value, a regular expression. */
export interface Text extends Node {
  kind: 'text';
  value: string;
  raw: string;
  quoted: boolean;
  macro?: MacroCall;
}

/** A field's name in an argument list. `*` in it is a wildcard unless the command says otherwise. */
export interface FieldRef extends Node {
  kind: 'field';
  name: string;
  raw: string;
  quoted: boolean;
  macro?: MacroCall;
}

/** `name=value`. `name` is lower-case (except for `rangemap`, whose option names are the labels it writes). */
export interface Option extends Node {
  kind: 'option';
  name: string;
  value: Text;
  nameRange: Range;
  /** Options that hold a condition (`reset_before`, `startswith`, `endswith`): the condition, parsed. */
  condition?: EvalCondition | SearchCondition;
  /** Written after the positional arguments. Only the printer cares. */
  trailing: boolean;
  macro?: MacroCall;
}
export interface EvalCondition {
  kind: 'eval-condition';
  expr: EvalExpr;
}
export interface SearchCondition {
  kind: 'search-condition';
  expr: SearchExpr;
}
