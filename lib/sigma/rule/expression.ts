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

/** Every test of it is a keyword, found anywhere in the event. */
export function isKeywords(expression: Expression): boolean {
  for (const test of testsOf(expression)) if (test.field !== undefined) return false;
  return true;
}

/** Negations carried inwards, down to the largest parts that `whole` takes as they are. */
export function negationsInward(expression: Expression, whole: (item: Expression) => boolean): Expression {
  if (expression.kind === 'test') return expression;
  if (expression.kind !== 'not') {
    return { ...expression, items: expression.items.map((item) => negationsInward(item, whole)) };
  }
  const { item, range } = expression;
  if (item.kind === 'not') return negationsInward(item.item, whole);
  if (item.kind === 'test' || whole(item)) return expression;
  const items = item.items.map((one) => negationsInward({ kind: 'not', item: one, range }, whole));
  return { kind: item.kind === 'and' ? 'or' : 'and', items, range };
}

/** The expression with every test replaced. */
export function mapTests(expression: Expression, replace: (test: Test) => Expression): Expression {
  if (expression.kind === 'test') return replace(expression);
  if (expression.kind === 'not') return { ...expression, item: mapTests(expression.item, replace) };
  return { ...expression, items: expression.items.map((item) => mapTests(item, replace)) };
}
