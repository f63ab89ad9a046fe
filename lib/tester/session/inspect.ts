/** A run that can be looked into: stages, their rows, and why an event is in the result or not. */
import type { Language } from '../../content/model.ts';
import type { EventRecord } from '../../events/record.ts';
import type { Clause, PlainRow, RunNote } from '../../spl/index.ts';
import type { Diagnostic, Range } from '../../text/diagnostic.ts';
import type { Words } from '../../text/words.ts';
import type { RuleEnvironment } from '../environment.ts';
import type { Rule } from '../rule-run.ts';

export interface InspectOptions {
  /** Epoch seconds; default the newest event's time. */
  now?: number;
  /** IANA zone; default UTC. */
  tz?: string;
  /** Milliseconds after which a run ends by itself. */
  time?: number;
}

export interface StageSummary {
  /** Index of the stage in the rule as written. */
  stage: number;
  command: string;
  range?: Range;
  rowsIn: number;
  rowsOut: number;
  milliseconds: number;
  notes: string[];
}

export interface RowQuery {
  from: number;
  count: number;
  /** Field to sort by; `descending` turns it round. */
  sort?: string;
  descending?: boolean;
}

export interface RowPage {
  total: number;
  fields: string[];
  rows: PlainRow[];
  /** Positions of the rows before sorting. */
  positions: number[];
}

/** One step of an event's way through the rule. */
export interface ExplainedStep {
  stage: number;
  command: string;
  /** Part of the command, where it has several: the dataset of a `tstats`, its condition, its grouping. */
  part?: string;
  kept: boolean;
  clause?: Clause;
  /** Why the event was left out, in words. */
  message?: Words;
}

export interface Explanation {
  /** In the result, or met every condition and its group then met a threshold or not. */
  outcome: 'in-result' | 'left-out' | 'not-run';
  /** Rows of the result that the event went into. */
  rows: number[];
  steps: ExplainedStep[];
  /** One sentence. */
  message: Words;
}

export interface InspectableRun {
  diagnostics: Diagnostic[];
  notes: RunNote[];
  error?: { code: string; message: string; range?: Range };
  /** Epoch seconds that the run took for now. */
  now?: number;
  stages: StageSummary[];
  /** Rows of the result. */
  rows: number;
  fields: string[];
  /** Positions of events that met the conditions, ascending. */
  matched(): number[];
  eventsOf(row: number): number[];
  resultRows(): PlainRow[];
  /** Rows behind a stage; without one, the result. */
  page(query: RowQuery, stage?: number): RowPage;
  explain(event: number): Explanation;
}

export type Inspect = (
  rule: Rule,
  events: readonly EventRecord[],
  environment: RuleEnvironment,
  options: InspectOptions,
) => Promise<InspectableRun>;

const spl = async (dialect: 'spl1' | 'spl2') => (await import('./inspect-spl.ts')).inspectSpl(dialect);

/** One entry per language, each loaded when a rule of it is run. */
export const INSPECTORS: Readonly<Record<Language, () => Promise<Inspect>>> = {
  spl: () => spl('spl1'),
  spl2: () => spl('spl2'),
  sigma: async () => (await import('./inspect-sigma.ts')).inspectSigma,
};
