import type { EvalExpr } from '../../syntax/ast.ts';
import { compileFor, eachValue, RowReader } from '../columns/evaluate.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import type { CompiledExpression } from '../expression/compile.ts';
import { type Stored, toStored, toText, toTruth } from '../value/value.ts';
import type { MatchReason } from './pattern.ts';
import { AndPredicate, type Clause, OrPredicate, type Predicate, type Rows } from './predicate.ts';

/**
 * A `where` condition. AND and OR become predicates of their own, so that their parts can be ordered and explained;
 * that is exact because `where` keeps a row only when the condition is TRUE. NOT stays inside the expression, where
 * unknown stays unknown.
 */
export function compileCondition(expr: EvalExpr, context: RunContext, reorder: boolean): Predicate {
  // The whole is compiled once for its complaints: a part alone may look like a value where the whole is a condition.
  compileFor(expr, context, 'condition');
  return split(expr, context, reorder);
}

function split(expr: EvalExpr, context: RunContext, reorder: boolean): Predicate {
  if (expr.kind === 'binary' && (expr.op === 'and' || expr.op === 'or')) {
    const items = flatten(expr, expr.op).map((item) => split(item, context, reorder));
    const written = { text: expr.op.toUpperCase(), range: expr.range };
    return expr.op === 'and' ? new AndPredicate(items, written, reorder) : new OrPredicate(items, written);
  }
  return new ExpressionPredicate(expr, context);
}

function flatten(expr: EvalExpr, op: 'and' | 'or'): EvalExpr[] {
  if (expr.kind !== 'binary' || expr.op !== op) return [expr];
  return [...flatten(expr.left, op), ...flatten(expr.right, op)];
}

class ExpressionPredicate implements Predicate {
  private readonly compiled: CompiledExpression;

  constructor(
    private readonly expr: EvalExpr,
    private readonly context: RunContext,
  ) {
    this.compiled = compileFor(expr, context, 'value');
  }

  cost(table: Table): number {
    const { fields, dynamic, deterministic } = this.compiled;
    // A condition that draws random numbers or tells more than its fields must see its rows in the order written.
    if (dynamic || !deterministic) return Number.MAX_SAFE_INTEGER;
    if (fields.length !== 1) return 60 * fields.length;
    const column = table.column(fields[0]!);
    const share = column === undefined ? 0 : Math.min(1, column.dictionary.size / Math.max(1, table.size));
    return 2 + share * 60;
  }

  filter(table: Table, rows: Rows): Uint32Array {
    const found = new Uint32Array(rows === undefined ? table.size : rows.length);
    let count = 0;
    eachValue(this.compiled, table, rows, this.context, (value, row) => {
      if (toTruth(value) === true) found[count++] = row;
    });
    return found.subarray(0, count);
  }

  explain(table: Table, row: number): Clause {
    const { expr, context, compiled } = this;
    const reader = new RowReader(table);
    reader.row = row;
    const truth = toTruth(compiled.evaluate(reader.get, context.evaluation));
    const field = compiled.fields[0];
    const actual = field === undefined ? undefined : toStored(reader.get(field));
    const expected = expectedOf(expr);
    return {
      kind: 'expression',
      matched: truth === true,
      reason: reasonOf(truth, actual, expected),
      text: context.text.slice(expr.range.start, expr.range.end),
      range: expr.range,
      ...(field === undefined ? {} : { field, actual: actual ?? null }),
      ...(expected === undefined ? {} : { expected }),
    };
  }
}

/** The literal that a comparison or a pattern function wants. */
function expectedOf(expr: EvalExpr): string | undefined {
  switch (expr.kind) {
    case 'binary':
      return literalText(expr.right) ?? literalText(expr.left);
    case 'in':
      return expr.list.map((item) => literalText(item) ?? '?').join(', ');
    case 'call':
      return expr.args.map(literalText).find((text) => text !== undefined);
    case 'unary':
      return expectedOf(expr.expr);
    default:
      return undefined;
  }
}

function literalText(expr: EvalExpr): string | undefined {
  if (expr.kind === 'string') return expr.value;
  return expr.kind === 'number' ? expr.raw : undefined;
}

function reasonOf(
  truth: boolean | null,
  actual: Stored | undefined,
  expected: string | undefined,
): MatchReason {
  if (truth === true) return 'matched';
  if (actual === null) return 'field_absent';
  if (truth === null) return 'expression_null';
  if (actual === undefined || expected === undefined) return 'expression_false';
  const text = toText(actual);
  if (text !== expected && text.toLowerCase() === expected.toLowerCase()) return 'case_mismatch';
  return 'value_mismatch';
}
