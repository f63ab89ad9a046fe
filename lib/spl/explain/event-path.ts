import type { Range } from '../../text/diagnostic.ts';
import type { Words } from '../../text/words.ts';
import type { RunResult } from '../run/run.ts';
import type { Clause } from '../run/search/predicate.ts';
import { followEvent } from './lineage.ts';
import { conditionOf, leftOut } from './why-not.ts';

/** What one step of a run did with an event. */
export interface PathStep {
  /** Index of the stage in the search as written; `tstats` has several steps with one index. */
  stage: number;
  command: string;
  /** `filter`, `scan`, `scan-filter`, `aggregate`, `command`. */
  step: string;
  range: Range;
  /** Whether something of the event is behind the step. */
  kept: boolean;
  /** For a condition: every clause with what it met. */
  clause?: Clause;
  /** One sentence, where the event was left out. */
  message?: Words;
}

/** Steps that move rows about and decide nothing about an event. */
const SILENT: ReadonlySet<string> = new Set(['source', 'newest-first', 'hand-over']);

/**
 * Follows an event (its position in the input) through a traced run, step by step, up to the one that left it out. A
 * condition behind a grouping is asked about the event's first group.
 */
export function eventPath(result: RunResult, event: number): PathStep[] {
  const rows = followEvent(result, event);
  const path: PathStep[] = [];
  for (const [at, step] of result.steps.entries()) {
    const { node } = step;
    const before = at === 0 ? [event] : rows[at - 1]!;
    const row = before[0];
    if (row === undefined) break;
    const kept = rows[at]!.length > 0;
    if (kept && SILENT.has(node.kind)) continue;
    const clause = conditionOf(step, row, result);
    path.push({
      stage: node.stage,
      command: node.command,
      step: node.kind,
      range: result.typed(node.range),
      kept,
      ...(clause === undefined ? {} : { clause }),
      ...(kept ? {} : { message: leftOut(step, row, result).message }),
    });
  }
  return path;
}
