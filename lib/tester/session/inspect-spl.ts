import type { EventRecord } from '../../events/record.ts';
import { loadFor } from '../../spl/core.ts';
import { eventPath } from '../../spl/explain/event-path.ts';
import { lineage } from '../../spl/explain/lineage.ts';
import { whyNot } from '../../spl/explain/why-not.ts';
import { EventColumns } from '../../spl/run/columns/records.ts';
import type { Table } from '../../spl/run/columns/table.ts';
import { prepare, type RunResult, run } from '../../spl/run/run.ts';
import { analyse } from '../../spl/syntax/analyse.ts';
import type { ResolveMacro } from '../../spl/syntax/macros.ts';
import { matchedEvents } from '../matched.ts';
import { pageLimits } from '../page-limits.ts';
import type { Explanation, Inspect, InspectableRun, InspectOptions, StageSummary } from './inspect.ts';
import { pageOf } from './row-order.ts';
import type { UsedNames } from './session.ts';

/** Columns of events outlive a run: while a search is edited, only its own work is done again. */
const columns = new WeakMap<readonly EventRecord[], EventColumns>();

/** So many events are extracted whole sooner than a reader of single fields is fetched. */
const FEW = 2_000;

async function tableOf(events: readonly EventRecord[], fields: readonly string[]): Promise<Table> {
  let known = columns.get(events);
  if (known === undefined && events.length > FEW) {
    const { QuickFields } = await import('../../events/extract/quick/quick-fields.ts');
    known = new EventColumns(events, new QuickFields());
  }
  known ??= new EventColumns(events);
  columns.set(events, known);
  known.read(fields);
  return known.table;
}

/** Searches, in the pipeline language or its successor. */
export function inspectSpl(dialect: 'spl1' | 'spl2'): Inspect {
  return async (rule, events, { macros, lookups, models, dataModels }, options) => {
    const prepared = prepare(rule.search, { dialect, macros });
    await loadFor(prepared);
    const result = run(
      prepared,
      { events: await tableOf(events, ['_time', ...analyse(prepared.query).fieldsRead]) },
      { lookups, models, dataModels, trace: true, ...settings(options) },
    );
    const { error } = result;
    return {
      diagnostics: prepared.diagnostics,
      notes: result.notes,
      ...(error === undefined ? {} : { error }),
      now: result.now,
      stages: stagesOf(result),
      rows: result.table.size,
      fields: result.fields,
      matched: () => (error === undefined ? matchedEvents(result) : []),
      eventsOf: (row) => lineage(result, row),
      resultRows: () => result.rows,
      page(query, stage) {
        const table = stage === undefined ? result.table : behind(result, stage);
        return pageOf(table.size, table.fields, (row, fields) => table.plainRow(row, fields), query);
      },
      explain: (event) => explain(result, event),
    } satisfies InspectableRun;
  };
}

/** Lookups, commands and data models that a search names, macros expanded. */
export function usesOf(search: string, language: 'spl' | 'spl2', macros: ResolveMacro): UsedNames {
  const { query } = prepare(search, { dialect: language === 'spl2' ? 'spl2' : 'spl1', macros });
  const { lookups, commands, dataModels } = analyse(query);
  return { lookups: lookups.map(({ name }) => name), commands, dataModels };
}

function settings({ now, tz, time }: InspectOptions) {
  return {
    ...(now === undefined ? {} : { now }),
    ...(tz === undefined ? {} : { tz }),
    ...(time === undefined ? {} : { limits: pageLimits(time) }),
  };
}

/** Steps of one stage (`tstats` has three) are one entry. */
function stagesOf(result: RunResult): StageSummary[] {
  const stages: StageSummary[] = [];
  for (const { node, trace } of result.steps) {
    const last = stages.at(-1);
    const notes = trace.notes.map(({ message }) => message);
    if (last?.stage === trace.stage) {
      last.rowsOut = trace.rowsOut;
      last.milliseconds += trace.milliseconds;
      last.notes.push(...notes);
      continue;
    }
    stages.push({
      stage: trace.stage,
      command: trace.command,
      range: result.typed(node.range),
      // A source makes its rows: what comes in are the events.
      rowsIn: node.kind === 'source' ? trace.rowsOut : trace.rowsIn,
      rowsOut: trace.rowsOut,
      milliseconds: trace.milliseconds,
      notes,
    });
  }
  return stages;
}

function behind(result: RunResult, stage: number): Table {
  return result.steps.findLast((step) => step.trace.stage === stage)?.output ?? result.table;
}

/** Steps that a stage has several of. */
const PARTS: Readonly<Record<string, string>> = {
  scan: 'dataset',
  'scan-filter': 'where',
  aggregate: 'grouping',
};

function explain(result: RunResult, event: number): Explanation {
  const steps = eventPath(result, event).map(({ stage, command, step, kept, clause, message }) => ({
    stage,
    command,
    ...(PARTS[step] === undefined ? {} : { part: PARTS[step] }),
    kept,
    ...(clause === undefined ? {} : { clause }),
    ...(message === undefined ? {} : { message }),
  }));
  const fate = whyNot(result, event);
  switch (fate.kind) {
    case 'in-result': {
      const rows = fate.rows.length === 1 ? `row ${fate.rows[0]! + 1}` : `${fate.rows.length} rows`;
      return { outcome: 'in-result', rows: fate.rows, steps, message: [`It is in ${rows} of the result.`] };
    }
    case 'run-ended':
      return { outcome: 'not-run', rows: [], steps, message: fate.message };
    case 'dropped':
      return { outcome: 'left-out', rows: [], steps, message: fate.message };
  }
}
