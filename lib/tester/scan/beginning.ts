/**
 * The beginning of a search that decides event by event which of them the rest sees: whatever it drops, the search gives
 * the same without. Searches whose conditions are worked out from fields of their own making are gated by running it.
 */
import { plainPlan } from '../../spl/plan/plan.ts';
import type { Prepared } from '../../spl/run/run.ts';
import type { Stage } from '../../spl/syntax/ast.ts';
import { subsearchesOf, walk } from '../../spl/syntax/walk.ts';
import { handsOverEvents } from './search-needs.ts';

/** Commands that make one row of each row, whatever the others are. */
const ROW_BY_ROW: ReadonlySet<string> = new Set(['eval', 'fields', 'rename', 'rex']);

const FILTERS: ReadonlySet<string> = new Set(['search', 'where']);

/** Functions that give something else over some events than over all. */
const NOT_OF_THE_ROW: ReadonlySet<string> = new Set(['now', 'random', 'time']);

/** The search up to its last filter of single events; undefined where nothing is dropped before they are put together. */
export function beginningOf(prepared: Prepared): Prepared | undefined {
  const { query } = prepared;
  const [first, ...rest] = query.stages;
  if (query.definitions !== undefined || first === undefined || !readsEveryEvent(first)) return undefined;
  let end = 0;
  for (const [at, stage] of rest.entries()) {
    if (isFilter(stage)) end = at + 1;
    else if (!isRowByRow(stage)) break;
    if (!isOfTheRow(stage)) break;
  }
  if (end === 0) return undefined;
  const beginning = { ...query, stages: query.stages.slice(0, end + 1) };
  const plan = plainPlan(beginning);
  return { ...prepared, query: beginning, plain: plan, plan };
}

const readsEveryEvent = (stage: Stage): boolean => handsOverEvents(stage) && stage.where === undefined;

const isFilter = (stage: Stage): boolean => stage.kind === 'command' && FILTERS.has(stage.name);

const isRowByRow = (stage: Stage): boolean => stage.kind === 'command' && ROW_BY_ROW.has(stage.name);

function isOfTheRow(stage: Stage): boolean {
  let own = subsearchesOf(stage).length === 0;
  walk(stage, (node) => {
    const { kind, name } = node as { kind: string; name?: unknown };
    if (kind === 'call' && typeof name === 'string' && NOT_OF_THE_ROW.has(name)) own = false;
  });
  return own;
}
