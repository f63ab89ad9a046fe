import { lineage, prepare, type RunResult, run, tableFromRecords } from '../spl/index.ts';
import type { RuleRunner } from './rule-run.ts';

/** Searches, in the pipeline language or its successor. */
export function splRunner(dialect: 'spl1' | 'spl2'): RuleRunner {
  return {
    run(rule, events, { macros, lookups, models, dataModels }) {
      const prepared = prepare(rule.search, { dialect, macros });
      const result = run(
        prepared,
        { events: tableFromRecords(events) },
        { lookups, models, dataModels, trace: true },
      );
      const { error } = result;
      return {
        rows: result.rows,
        fields: result.fields,
        notes: result.notes,
        ...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
        eventsOf: (row) => lineage(result, row),
        matched: () => eventsBeforeGrouping(result),
      };
    },
  };
}

/**
 * Events (positions in the input, ascending) that reached the first stage which makes new rows out of old ones:
 * `stats`, the counting of `tstats`, `transaction` and their like. All of the result's where there is no such stage.
 */
export function eventsBeforeGrouping(result: RunResult): number[] {
  let events: number[] | undefined;
  for (const { node, origin, output } of result.steps) {
    if (node.kind === 'source') {
      events = Array.from({ length: output.size }, (_, row) => row);
      continue;
    }
    if (origin.kind === 'merge' || origin.kind === 'made') break;
    if (origin.kind !== 'pick') continue;
    const before = events;
    events = [...origin.rows].flatMap((row) => (before === undefined ? row : (before[row] ?? [])));
  }
  return [...new Set(events)].sort((a, b) => a - b);
}
