/** Runs the expression vectors: one expression over one row. */
import { compileExpression } from './run/expression/compile.ts';
import { createRunContext } from './run/expression/context.ts';
import { timeZone } from './run/time/zone.ts';
import { fromList, type Scalar, toStored, toText, type Value } from './run/value/value.ts';
import type { EvalStage } from './syntax/ast.ts';
import { parse } from './syntax/index.ts';

export interface EvalVector {
  expr: string;
  row: Record<string, Value | string[]>;
  expected: unknown;
  tolerance?: number;
  tz?: string;
}

/** What the expression gives instead of what is recorded; undefined where they agree. */
export function evalDifference(vector: EvalVector): string | undefined {
  const actual = evaluate(vector);
  return agrees(actual, vector) ? undefined : toText(actual);
}

function evaluate(vector: EvalVector): Value | string {
  const parsed = parse(`| eval x=${vector.expr}`);
  const stage = parsed.query.stages[0] as EvalStage;
  const assignment = stage.assignments?.[0];
  if (assignment === undefined) return `not parsed: ${parsed.diagnostics.map((d) => d.message).join(' ')}`;
  const compiled = compileExpression(assignment.expr, { dialect: 'spl1', searchmatch });
  if (Array.isArray(compiled)) return `refused: ${compiled.map((d) => d.message).join(' ')}`;
  const context = createRunContext({ now: 1_645_092_037, zone: timeZone(vector.tz ?? 'UTC')! });
  return compiled.evaluate((field) => fieldValue(vector.row[field]), context);
}

/** Enough of a search for the vectors: `field=value` terms, all of which must match. */
function searchmatch(text: string) {
  const terms = text.split(' ').map((term) => term.split('='));
  return {
    fields: terms.map(([field]) => field!),
    evaluate: (get: (field: string) => Value) =>
      terms.every(([field, value]) => (value === '*' ? get(field!) !== null : get(field!) === value)),
  };
}

function fieldValue(value: unknown): Value {
  if (Array.isArray(value)) return fromList(value as Scalar[]);
  return (value ?? null) as Value;
}

function agrees(actual: Value | string, vector: EvalVector): boolean {
  const { expected, tolerance } = vector;
  if (expected === null) return actual === null;
  if (typeof expected === 'boolean') return actual === expected;
  if (tolerance !== undefined && typeof expected === 'number')
    return Math.abs(Number(toText(actual)) - expected) <= tolerance;
  return toText(toStored(actual)) === toText(fieldValue(expected));
}
