/** Eval expressions (`eval`, `where`, `count(eval(...))`) and aggregations (`stats`, `tstats`, `timechart` ...). */
import type { Range } from '../../text/diagnostic.ts';
import type { FieldRef, MacroCall, Node, Subsearch, Text } from './ast.ts';

export type EvalExpr =
  | NumberLiteral
  | StringLiteral
  | ConstantLiteral
  | EvalField
  | EvalCall
  | EvalUnary
  | EvalBinary
  | EvalIn
  | EvalIsNull
  | EvalSubsearch
  | EvalObject
  | EvalArray
  | EvalMember
  | EvalIndex
  | EvalLambda
  | EvalRegex
  | MacroCall;

export interface NumberLiteral extends Node {
  kind: 'number';
  value: number;
  raw: string;
  parens?: number;
}
export interface StringLiteral extends Node {
  kind: 'string';
  value: string;
  raw: string;
  parens?: number;
}
/** SPL2 only: `true`, `false`, `null`. In SPL1 these bare words are field names. */
export interface ConstantLiteral extends Node {
  kind: 'constant';
  value: true | false | null;
  parens?: number;
}
/** A bare or 'single-quoted' field. In SPL1 a dot outside quotes is concatenation, never part of the name. */
export interface EvalField extends Node {
  kind: 'eval-field';
  name: string;
  raw: string;
  quoted: boolean;
  parens?: number;
}
/** `name` is lower-case; `nameRange` covers the name only. */
export interface EvalCall extends Node {
  kind: 'call';
  name: string;
  args: EvalExpr[];
  /** SPL2 `cidrmatch(ip: a, cidr_range: b)`: the arguments' names, in the order of `args`; absent if none has one. */
  argNames?: (string | undefined)[];
  nameRange: Range;
  parens?: number;
}
export interface EvalUnary extends Node {
  kind: 'unary';
  op: '-' | '+' | 'not';
  expr: EvalExpr;
  parens?: number;
}
/** `=` and `==` are both `=`; `<>` is `!=`. `.` is concatenation (SPL1 only). `like` is the infix form. */
export type EvalOp =
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '.'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'like'
  | 'and'
  | 'or'
  | 'xor';
export interface EvalBinary extends Node {
  kind: 'binary';
  op: EvalOp;
  left: EvalExpr;
  right: EvalExpr;
  parens?: number;
}
/** `expr IN (a, b, ...)`, or `expr IN [subsearch]`, where `list` is one `eval-subsearch`. */
export interface EvalIn extends Node {
  kind: 'in';
  expr: EvalExpr;
  list: EvalExpr[];
  parens?: number;
}
/** `expr IS NULL`, `expr IS NOT NULL`. */
export interface EvalIsNull extends Node {
  kind: 'is-null';
  expr: EvalExpr;
  negated: boolean;
  parens?: number;
}
/** `where NOT [search ...]`. */
export interface EvalSubsearch extends Node {
  kind: 'eval-subsearch';
  subsearch: Subsearch;
  parens?: number;
}
/** SPL2 `{"key": value}`. `key.value` has quotes undone. */
export interface EvalObject extends Node {
  kind: 'object';
  entries: { key: Text; value: EvalExpr }[];
  parens?: number;
}
export interface EvalArray extends Node {
  kind: 'array';
  items: EvalExpr[];
  parens?: number;
}
/** SPL2 `a.b`. */
export interface EvalMember extends Node {
  kind: 'member';
  object: EvalExpr;
  property: EvalField;
  parens?: number;
}
/** SPL2 `a[0]`. */
export interface EvalIndex extends Node {
  kind: 'index';
  object: EvalExpr;
  index: EvalExpr;
  parens?: number;
}
/** SPL2 `x -> expr`, `(x, y) -> expr`. Parameter names keep their `$`. */
export interface EvalLambda extends Node {
  kind: 'lambda';
  params: EvalField[];
  body: EvalExpr;
  parens?: number;
}
/** SPL2 `/pattern/flags`. `pattern` is as written, `\/` undone. */
export interface EvalRegex extends Node {
  kind: 'regex';
  pattern: string;
  flags: string;
  raw: string;
  parens?: number;
}

/** Left side of `eval`. `dynamic`: the name holds `{field}` parts whose values make up the name. */
export interface EvalTarget extends Node {
  kind: 'target';
  name: string;
  raw: string;
  dynamic: boolean;
}
export interface Assignment extends Node {
  kind: 'assignment';
  target: EvalTarget;
  expr: EvalExpr;
  macro?: MacroCall;
}

/**
 * `count`, `values(f) AS x`, `count(eval(a>1))`, `perc95(t)`, `sparkline(count(x), 1h)`. `func` is lower-case and keeps a
 * percentile's number (`perc95`). `label` is the default output name: the call as typed, blanks removed around parentheses.
 */
export interface Aggregation extends Node {
  kind: 'aggregation';
  func: string;
  label: string;
  /** Absent for `count` and `count()`. */
  arg?: AggregationArg;
  /** Further literal arguments: `sparkline(count, 1h)` → `1h`; SPL2 `percentile(x, 95)` → `95`. */
  rest: Text[];
  alias?: FieldRef;
  macro?: MacroCall;
  /** Options written between aggregations (`chart ... span=1h`) never appear here; they are the stage's options. */
}
export type AggregationArg =
  | { kind: 'agg-field'; field: FieldRef }
  /** `wrapped`: inside `eval( )`; else a bare expression, which `timechart` and SPL2 allow. */
  | { kind: 'agg-expr'; expr: EvalExpr; wrapped: boolean }
  | { kind: 'agg-nested'; aggregation: Aggregation };
