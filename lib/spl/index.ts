/** The SPL engine: read a search, run it over events held in memory, say what it did and what it could not do. */

import { addMore } from './run/more.ts';

// Whoever takes the engine whole has all of it at once; `core.ts` is for pages, which load the second part on demand.
addMore();

export { followEvent, lineage } from './explain/lineage.ts';
export { type Drop, type Fate, firstFailure, whyNot } from './explain/why-not.ts';
export { type Plan, plainPlan } from './plan/plan.ts';
export { DEFAULT_LIMITS, type Limits } from './run/budget/budget.ts';
export { Column } from './run/columns/column.ts';
export { NdjsonLoader, tableFromNdjson, tableFromObjects } from './run/columns/ndjson.ts';
export { tableFromRecords } from './run/columns/records.ts';
export { type InputRow, type PlainRow, Table } from './run/columns/table.ts';
export { implementedCommands } from './run/commands/registry.ts';
export type { Artefact, LinearModel, RunNote } from './run/context.ts';
export { cimProvider } from './run/datamodel/cim.ts';
export type { DataModelProvider, Dataset } from './run/datamodel/provider.ts';
export { readCsv } from './run/lookup/csv.ts';
export { readLinearModel } from './run/lookup/linear-model.ts';
export { type LookupDefinition, LookupStore } from './run/lookup/store.ts';
export {
  type Prepared,
  type PrepareOptions,
  prepare,
  type RunError,
  type RunInput,
  type RunOptions,
  RunResult,
  run,
} from './run/run.ts';
export type { MatchReason } from './run/search/pattern.ts';
export type { Clause } from './run/search/predicate.ts';
export type { StageTrace, TracedStep } from './run/trace.ts';
export * from './syntax/index.ts';
