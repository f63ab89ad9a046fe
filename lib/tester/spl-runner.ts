import { lineage, prepare, run, tableFromRecords } from '../spl/index.ts';
import { matchedEvents } from './matched.ts';
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
        matched: () => matchedEvents(result),
      };
    },
  };
}
