import type { CompiledRule } from '../../sigma/match/compile.ts';
import { SigmaEvent } from '../../sigma/match/event.ts';
import { compileText, sigmaRunner } from '../sigma-runner.ts';
import type { Explanation, Inspect, InspectableRun } from './inspect.ts';
import { pageOf } from './row-order.ts';

/** Sigma rules have one stage: an event meets the condition or does not. */
export const inspectSigma: Inspect = async (rule, events, environment) => {
  const started = performance.now();
  const run = sigmaRunner.run(rule, events, environment);
  const milliseconds = performance.now() - started;
  const compiled = compileText(rule.search);
  const matched = run.matched();
  const rowOf = new Map(matched.map((event, row) => [event, row]));
  const { rows, fields, notes, error } = run;
  return {
    diagnostics: [],
    notes,
    ...(error === undefined ? {} : { error }),
    stages: [
      {
        stage: 0,
        command: 'detection',
        rowsIn: events.length,
        rowsOut: rows.length,
        milliseconds,
        notes: [],
      },
    ],
    rows: rows.length,
    fields,
    matched: () => matched,
    eventsOf: (row) => run.eventsOf(row),
    resultRows: () => rows,
    page: (query) => pageOf(rows.length, fields, (row) => rows[row]!, query),
    explain(at) {
      if ('code' in compiled) return { outcome: 'not-run', rows: [], steps: [], message: compiled.message };
      return explainEvent(compiled, new SigmaEvent(events[at]!), rowOf.get(at));
    },
  } satisfies InspectableRun;
};

function explainEvent(
  rules: readonly CompiledRule[],
  event: SigmaEvent,
  row: number | undefined,
): Explanation {
  const kept = row !== undefined;
  const steps = rules.map((rule, stage) => {
    const clause = rule.explain(event);
    const elsewhere =
      clause === undefined ? `The event is of another log source than ${sourceOf(rule)}.` : undefined;
    return {
      stage,
      command: 'detection',
      kept: clause?.matched ?? false,
      ...(clause === undefined ? {} : { clause }),
      ...(elsewhere === undefined ? {} : { message: elsewhere }),
    };
  });
  const message = kept
    ? `It is row ${row + 1} of the result.`
    : (steps.find((step) => 'message' in step)?.message ?? 'The event does not meet the condition.');
  return { outcome: kept ? 'in-result' : 'left-out', rows: kept ? [row] : [], steps, message };
}

/** `product: windows, category: process_creation`. */
function sourceOf({ rule }: CompiledRule): string {
  const { product, category, service } = rule.logsource;
  const named = Object.entries({ product, category, service }).filter(([, value]) => value !== undefined);
  return `\`${named.map(([key, value]) => `${key}: ${value}`).join(', ')}\``;
}
