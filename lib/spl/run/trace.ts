import type { Range } from '../../text/diagnostic.ts';
import type { PlanNode } from '../plan/plan.ts';
import type { Table } from './columns/table.ts';
import type { RunNote } from './context.ts';
import type { Origin } from './output.ts';
import type { CompatFlag } from './value/compat.ts';

/** What one step of a run did. */
export interface StageTrace {
  /** Index of the stage in the search as written; `tstats` has several steps with one index. */
  stage: number;
  command: string;
  /** `source`, `filter`, `command`, `scan`, `scan-filter`, `aggregate`, `newest-first`. */
  step: string;
  range?: Range;
  rowsIn: number;
  rowsOut: number;
  milliseconds: number;
  fieldsAdded: string[];
  fieldsRemoved: string[];
  notes: RunNote[];
  restsOn: CompatFlag[];
}

/** A step with the rows on both sides and how they belong together, for lineage and "why not". */
export interface TracedStep {
  node: PlanNode;
  input: Table;
  output: Table;
  origin: Origin;
  trace: StageTrace;
}
