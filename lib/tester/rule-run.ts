import type { Detection, Language } from '../content/model.ts';
import type { EventRecord } from '../events/record.ts';
import type { PlainRow, RunNote } from '../spl/index.ts';
import type { RuleEnvironment } from './environment.ts';
import { sigmaRunner } from './sigma-runner.ts';
import { splRunner } from './spl-runner.ts';

/** What running a rule over events gave, whatever the rule is written in. */
export interface RuleRun {
  rows: PlainRow[];
  fields: string[];
  notes: RunNote[];
  /** Why the run ended early; `rows` is empty then. */
  error?: { code: string; message: string };
  /** Events that went into a row, as positions in the input, ascending. */
  eventsOf(row: number): number[];
  /**
   * Events that met the rule's conditions, as positions in the input, ascending, whether or not their groups then met
   * a threshold.
   */
  matched(): number[];
}

/** A rule as a runner needs it. */
export type Rule = Pick<Detection, 'name' | 'language' | 'search'>;

/** Runs rules of one language. Errors are in the answer, never thrown. */
export interface RuleRunner {
  run(rule: Rule, events: readonly EventRecord[], environment: RuleEnvironment): RuleRun;
}

/** One entry per language. */
export const RUNNERS: Readonly<Record<Language, RuleRunner>> = {
  spl: splRunner('spl1'),
  spl2: splRunner('spl2'),
  sigma: sigmaRunner,
};
