/** Search expressions: what `search`, `tstats where` and `inputlookup where` take. */
import type { FieldRef, MacroCall, Node, Subsearch } from './ast.ts';

export type SearchExpr =
  | SearchAnd
  | SearchOr
  | SearchNot
  | SearchCompare
  | SearchIn
  | SearchTerm
  | SearchSubsearch
  | MacroCall;

/** Items joined by a blank or `AND`. `explicit[i]`: `AND` was written between items `i` and `i + 1`. */
export interface SearchAnd extends Node {
  kind: 'search-and';
  items: SearchExpr[];
  explicit: boolean[];
  parens?: number;
}
export interface SearchOr extends Node {
  kind: 'search-or';
  items: SearchExpr[];
  parens?: number;
}
export interface SearchNot extends Node {
  kind: 'search-not';
  expr: SearchExpr;
  parens?: number;
}
/** `::` is the exact indexed-field form `field::value`. `==` is read as `=`. */
export type SearchOp = '=' | '!=' | '<' | '<=' | '>' | '>=' | '::';
export interface SearchCompare extends Node {
  kind: 'search-compare';
  field: FieldRef;
  op: SearchOp;
  value: SearchValue;
  parens?: number;
}
export interface SearchIn extends Node {
  kind: 'search-in';
  field: FieldRef;
  values: SearchValue[];
  parens?: number;
}
/** A literal to match. `*` in `value` is a wildcard, quoted or not (it cannot be escaped). `\\` and `\"` are undone. */
export interface SearchValue extends Node {
  kind: 'search-value';
  value: string;
  raw: string;
  quoted: boolean;
  /** `field=TERM(x)` or `field=CASE(x)`: `value` and `raw` are of x. */
  directive?: 'TERM' | 'CASE';
  macro?: MacroCall;
}
/** A bare term, a "quoted phrase", `TERM(x)` or `CASE(x)`. */
export interface SearchTerm extends Node {
  kind: 'search-term';
  value: SearchValue;
  parens?: number;
}
export interface SearchSubsearch extends Node {
  kind: 'search-subsearch';
  subsearch: Subsearch;
  parens?: number;
}
