import type { Range } from '../../text/diagnostic.ts';
import { type Words, words } from '../../text/words.ts';
import type { PlanNode } from '../plan/plan.ts';
import { whereFor } from '../run/commands/datamodel.ts';
import { filterOf } from '../run/execute.ts';
import type { RunResult } from '../run/run.ts';
import type { Clause } from '../run/search/predicate.ts';
import type { TracedStep } from '../run/trace.ts';
import { followEvent } from './lineage.ts';
import { wording } from './wording.ts';

/** What became of one event. */
export type Fate =
  /** It is in these result rows. */
  | { kind: 'in-result'; rows: number[] }
  | Drop
  /** The run ended in an error before the event was dropped. */
  | { kind: 'run-ended'; message: Words };

/** The first stage that has the event in front of it and not behind it. */
export interface Drop {
  kind: 'dropped';
  /** Index of the stage in the search as written. */
  stage: number;
  command: string;
  range: Range;
  /** One sentence for a person. */
  message: Words;
  /** For `search`, `where` and the `where` of `tstats`: every clause with what it met. */
  clause?: Clause;
  /** Fields that a grouping needs and the row does not have. */
  absent?: string[];
}

/** Follows an event (its position in the input) through a traced run. */
export function whyNot(result: RunResult, event: number): Fate {
  const path = followEvent(result, event);
  const at = path.findIndex((rows) => rows.length === 0);
  if (at === -1) {
    if (result.error !== undefined) return { kind: 'run-ended', message: [result.error.message] };
    return { kind: 'in-result', rows: path.at(-1) ?? [event] };
  }
  const step = result.steps[at]!;
  const row = at === 0 ? event : path[at - 1]![0]!;
  return leftOut(step, row, result);
}

/** Why a step left a row of its input out. */
export function leftOut(step: TracedStep, row: number, result: RunResult): Drop {
  const { node } = step;
  const base = { kind: 'dropped' as const, stage: node.stage, command: node.command, range: node.range };
  const clause = conditionOf(step, row, result);
  if (clause !== undefined) {
    const failing = firstFailure(clause);
    const present = step.input.names.filter((name) => step.input.value(row, name) !== null);
    return { ...base, clause, message: words`${node.command}: ${wording(failing, present)}` };
  }
  if (node.kind === 'scan') {
    const why = membership(node, row, result);
    return { ...base, message: [why ?? 'The event does not belong to the dataset'] };
  }
  const absent = absentKeys(node, step, row);
  if (absent.length > 0) {
    return {
      ...base,
      absent,
      message: words`${node.command} groups by ${[absent.join(', ')]}, which the event does not have`,
    };
  }
  return { ...base, message: words`${node.command} left the event out` };
}

/** Every clause of a step that is a condition, as it went for a row of its input; undefined for other steps. */
export function conditionOf(step: TracedStep, row: number, result: RunResult): Clause | undefined {
  const { node } = step;
  const { context } = result;
  if (node.kind === 'filter') return filterOf(node, context, false).explain(step.input, row);
  if (node.kind === 'scan-filter') return whereFor(node.syntax, context, false)?.explain(step.input, row);
  return undefined;
}

function membership(node: PlanNode & { kind: 'scan' }, row: number, result: RunResult): string | undefined {
  const { context } = result;
  const [model = '', ...rest] = (node.syntax.from?.name.value ?? '').split('.');
  const name = rest.length > 0 ? rest.join('.') : undefined;
  return context.environment.dataModels?.dataset(model, name)?.whyNot?.(context.source.table, row);
}

function absentKeys(node: PlanNode, step: TracedStep, row: number): string[] {
  const syntax = node.kind === 'aggregate' || node.kind === 'command' ? node.syntax : undefined;
  if (syntax === undefined || !('by' in syntax)) return [];
  return syntax.by.map((field) => field.name).filter((name) => step.input.value(row, name) === null);
}

/** The clause to show first: in an AND the first that failed, in an OR the one that came nearest. */
export function firstFailure(clause: Clause): Clause {
  const failed = clause.children?.filter((child) => !child.matched) ?? [];
  if (clause.kind === 'not') return clause;
  if (failed.length === 0) return clause;
  if (clause.kind === 'or') return firstFailure(failed.find(nearMiss) ?? failed[0]!);
  return firstFailure(failed[0]!);
}

function nearMiss(clause: Clause): boolean {
  return clause.reason !== 'field_absent' && clause.reason !== 'value_mismatch';
}
