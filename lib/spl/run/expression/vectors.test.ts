import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { EvalStage } from '../../syntax/ast.ts';
import { parse } from '../../syntax/index.ts';
import { timeZone } from '../time/zone.ts';
import { fromList, type Scalar, toStored, toText, type Value } from '../value/value.ts';
import { compileExpression } from './compile.ts';
import { createRunContext } from './context.ts';

const FILE = fileURLToPath(new URL('../../../../../shared/vectors/spl.ndjson', import.meta.url));

interface Vector {
  id: string;
  kind: string;
  confidence: string;
  expr: string;
  row: Record<string, Value | string[]>;
  expected: unknown;
  tolerance?: number;
  tz?: string;
  assert?: boolean;
}

/** Vectors whose expectation is not met, each with the reason. The list may only shrink: a vector that passes fails it. */
const DEVIATIONS: Readonly<Record<string, string>> = {};

function run(vector: Vector): Value | string {
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

function agrees(actual: Value | string, vector: Vector): boolean {
  const { expected, tolerance } = vector;
  if (expected === null) return actual === null;
  if (typeof expected === 'boolean') return actual === expected;
  if (tolerance !== undefined && typeof expected === 'number')
    return Math.abs(Number(toText(actual)) - expected) <= tolerance;
  return toText(toStored(actual)) === toText(fieldValue(expected));
}

describe.skipIf(!existsSync(FILE))('eval vectors (skipped without the shared folder)', () => {
  const vectors = existsSync(FILE)
    ? readFileSync(FILE, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Vector)
    : [];
  const evals = vectors.filter((vector) => vector.kind === 'eval' && vector.assert !== false);

  it('agrees with every vector that is not listed as a deviation', () => {
    const failures = evals.filter((vector) => !agrees(run(vector), vector));
    const unexpected = failures.filter((vector) => DEVIATIONS[vector.id] === undefined);
    expect(
      unexpected.map(
        (v) =>
          `${v.id} [${v.confidence}] ${v.expr} => ${toText(run(v))}, expected ${JSON.stringify(v.expected)}`,
      ),
    ).toEqual([]);
    const failed = new Set(failures.map((vector) => vector.id));
    expect(Object.keys(DEVIATIONS).filter((id) => !failed.has(id))).toEqual([]);
  });

  it.each([
    ['gold', 1],
    ['gold-query', 0.98],
    ['docs', 0.98],
    ['derived', 0.98],
    ['impl', 0.9],
  ])('meets %s vectors at %d', (confidence, share) => {
    const of = evals.filter((vector) => vector.confidence === confidence);
    const passed = of.filter((vector) => agrees(run(vector), vector));
    expect(of.length).toBeGreaterThan(0);
    expect(passed.length / of.length).toBeGreaterThanOrEqual(share);
  });
});
