/**
 * Searches that join the events of two datasets on equal fields: where one dataset has no event that its side asks for,
 * nothing is joined, however many events the other side would have to group first.
 */
import { run } from '../../spl/core.ts';
import { type PlanNode, plainPlan } from '../../spl/plan/plan.ts';
import type { Table } from '../../spl/run/columns/table.ts';
import type { Prepared, RunOptions } from '../../spl/run/run.ts';
import type { Query, Stage } from '../../spl/syntax/ast.ts';
import { subsearchesOf } from '../../spl/syntax/walk.ts';
import { NOTHING_FROM_NOTHING } from './nothing-from-nothing.ts';

/**
 * The sides of a search's joins that have to have rows, each a search for the events that it reads: both of an inner
 * join, the left one of an outer join. Where one of them finds none, the whole search gives over its events what it gives
 * over none. Empty where that cannot be said.
 */
export function joinSides(prepared: Prepared): Prepared[] {
  const { query } = prepared;
  if (query.definitions !== undefined) return [];
  // Without a join the search itself finds out as soon.
  const joins = query.stages.some((stage) => joinOf(stage) !== undefined);
  return (joins ? (sidesOf(query) ?? []) : []).map(({ side, nodes }) => {
    const plan = { query: side, nodes };
    return { ...prepared, query: side, plan, plain: plan };
  });
}

/** The search finds no event. An error is none of its business: the whole search has it too. */
export function readsNothing(side: Prepared, events: Table, options: RunOptions): boolean {
  const { table, error } = run(side, { events }, options);
  return error === undefined && table.size === 0;
}

interface Side {
  side: Query;
  nodes: PlanNode[];
}

/** Of the query itself and of all that it joins; undefined where a side may be empty and rows come out all the same. */
function sidesOf(query: Query): Side[] | undefined {
  const own = readOf(query);
  if (own === undefined) return undefined;
  const sides = [own];
  let last = 0;
  for (const [at, stage] of query.stages.entries()) {
    const subsearches = subsearchesOf(stage);
    if (subsearches.length === 0) {
      // A later `tstats` reads events of its own.
      if (at > 0 && stage.kind === 'command' && stage.shape === 'tstats') return undefined;
      continue;
    }
    const join = joinOf(stage);
    if (join === undefined) return undefined;
    last = at;
    if (join === 'outer') continue;
    const joined = sidesOf(subsearches[0]!.query);
    if (joined === undefined || !quiet(subsearches[0]!.query, Number.POSITIVE_INFINITY)) return undefined;
    sides.push(...joined);
  }
  return quiet(query, last) ? sides : undefined;
}

/** Until this stage nothing but joins comes of nothing. */
function quiet({ stages }: Query, until: number): boolean {
  return stages
    .slice(1, Math.min(until, stages.length))
    .every((stage) => joinOf(stage) !== undefined || isQuiet(stage));
}

function isQuiet(stage: Stage): boolean {
  if (stage.kind !== 'command') return false;
  if (stage.shape === 'stats') return stage.by.length > 0;
  // A lookup that is not there fails over none as well: the search is run all the same, and says so.
  return stage.name === 'lookup' || NOTHING_FROM_NOTHING.has(stage.name);
}

/** What `tstats` reads before it groups. Without fields to group by it gives a row of nothing. */
function readOf(query: Query): Side | undefined {
  const first = query.stages[0];
  if (first?.kind !== 'command' || first.shape !== 'tstats' || first.name !== 'tstats') return undefined;
  if (first.by.length === 0) return undefined;
  const nodes = plainPlan(query).nodes;
  const end = nodes.findIndex(({ kind }) => kind !== 'scan' && kind !== 'scan-filter');
  return nodes[0]?.kind === 'scan' ? { side: query, nodes: nodes.slice(0, end) } : undefined;
}

/** Undefined for another command, and for a join that ends the run. */
function joinOf(stage: Stage): 'inner' | 'outer' | undefined {
  if (stage.kind !== 'command' || stage.shape !== 'join' || stage.subsearch === undefined) return undefined;
  if (stage.where !== undefined) return undefined;
  const type = stage.options.find(({ name }) => name === 'type')?.value.value ?? 'inner';
  return /^inner$/i.test(type) ? 'inner' : /^(?:outer|left)$/i.test(type) ? 'outer' : undefined;
}
