import type { CompiledRule } from '../../sigma/match/compile.ts';
import { SigmaEvent } from '../../sigma/match/event.ts';
import { type Words, words } from '../../text/words.ts';
import { alertsOf, elsewhereIn } from '../sigma-alerts.ts';
import { sigmaRunner } from '../sigma-runner.ts';
import type { Explanation, Inspect, InspectableRun } from './inspect.ts';
import { pageOf } from './row-order.ts';

/** Sigma rules have one stage, an event meets the condition or does not; those that count events have a second. */
export const inspectSigma: Inspect = async (rule, events, environment) => {
  const started = performance.now();
  const run = sigmaRunner.run(rule, events, environment);
  const milliseconds = performance.now() - started;
  const alerts = alertsOf(rule.search, elsewhereIn(environment.sigmaFiles));
  const counts = !('code' in alerts) && alerts.counters.length > 0;
  const matched = run.matched();
  const rowsOf = new Map<number, number[]>();
  for (const row of run.rows.keys())
    for (const event of run.eventsOf(row)) rowsOf.set(event, [...(rowsOf.get(event) ?? []), row]);
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
        rowsOut: matched.length,
        milliseconds,
        notes: [],
      },
      ...(counts
        ? [
            {
              stage: 1,
              command: 'correlation',
              rowsIn: matched.length,
              rowsOut: rows.length,
              milliseconds: 0,
              notes: notes.map(({ message }) => message),
            },
          ]
        : []),
    ],
    rows: rows.length,
    fields,
    matched: () => matched,
    eventsOf: (row) => run.eventsOf(row),
    resultRows: () => rows,
    page: (query) => pageOf(rows.length, fields, (row) => rows[row]!, query),
    explain(at) {
      if ('code' in alerts) return { outcome: 'not-run', rows: [], steps: [], message: [alerts.message] };
      const rules = [...alerts.single, ...alerts.counters.flatMap(({ bases }) => bases)];
      return explainEvent(rules, new SigmaEvent(events[at]!), rowsOf.get(at) ?? []);
    },
  } satisfies InspectableRun;
};

function explainEvent(rules: readonly CompiledRule[], event: SigmaEvent, rows: number[]): Explanation {
  const kept = rows.length > 0;
  const steps = rules.map((rule, stage) => {
    const clause = rule.explain(event);
    const elsewhere =
      clause === undefined ? words`The event is of another log source than ${sourceOf(rule)}.` : undefined;
    return {
      stage,
      command: 'detection',
      kept: clause?.matched ?? false,
      ...(clause === undefined ? {} : { clause }),
      ...(elsewhere === undefined ? {} : { message: elsewhere }),
    };
  });
  const message: Words = kept
    ? [`It is in row ${rows.map((row) => row + 1).join(', ')} of the result.`]
    : steps.some((step) => step.kept)
      ? ['The event meets the condition; what it is counted with does not reach what is asked for.']
      : (steps.find((step) => 'message' in step)?.message ?? ['The event does not meet the condition.']);
  return { outcome: kept ? 'in-result' : 'left-out', rows, steps, message };
}

/** `product: windows, category: process_creation`. */
function sourceOf({ rule }: CompiledRule): string {
  const { product, category, service } = rule.logsource;
  const named = Object.entries({ product, category, service }).filter(([, value]) => value !== undefined);
  return named.map(([key, value]) => `${key}: ${value}`).join(', ');
}
