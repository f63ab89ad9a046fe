/** What a rule means: one expression over tests of fields, from which matching and converting both start. */
import type { Range } from '../../text/diagnostic.ts';
import type { Pattern } from './pattern.ts';

export type Order = 'lt' | 'lte' | 'gt' | 'gte';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export type Position = 'equals' | 'startswith' | 'endswith' | 'contains';

export interface RegexFlags {
  i: boolean;
  m: boolean;
  s: boolean;
}

export type Value =
  | { kind: 'pattern'; pattern: Pattern; cased: boolean }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  /** The event does not have the field. */
  | { kind: 'null' }
  | { kind: 'exists'; exists: boolean }
  /** Found anywhere in the value. */
  | { kind: 'regex'; source: string; flags: RegexFlags }
  | { kind: 'cidr'; network: string }
  | { kind: 'order'; operator: Order; value: number }
  /** The value of another field of the same event. */
  | { kind: 'field'; field: string; position: Position; cased: boolean }
  | { kind: 'time'; part: TimePart; operator: Order | 'eq'; value: number };

export interface Test {
  kind: 'test';
  /** Undefined: anywhere in the event (a keyword). */
  field: string | undefined;
  value: Value;
  /** Of the value in the rule's text. */
  range: Range;
}

export type Expression =
  /** `list`: alternatives (or demands) that one field's list of values makes. */
  | { kind: 'and' | 'or'; items: readonly Expression[]; range: Range; list?: boolean }
  | { kind: 'not'; item: Expression; range: Range }
  | Test;

/** Joins; a single item stays what it is. */
export function join(
  kind: 'and' | 'or',
  items: readonly Expression[],
  range: Range,
  list = false,
): Expression {
  if (items.length === 1) return items[0]!;
  return list ? { kind, items, range, list } : { kind, items, range };
}

/** Every test of an expression, in the order written. */
export function* testsOf(expression: Expression): Generator<Test> {
  if (expression.kind === 'test') yield expression;
  else if (expression.kind === 'not') yield* testsOf(expression.item);
  else for (const item of expression.items) yield* testsOf(item);
}

/** The expression with every test replaced. */
export function mapTests(expression: Expression, replace: (test: Test) => Expression): Expression {
  if (expression.kind === 'test') return replace(expression);
  if (expression.kind === 'not') return { ...expression, item: mapTests(expression.item, replace) };
  return { ...expression, items: expression.items.map((item) => mapTests(item, replace)) };
}
