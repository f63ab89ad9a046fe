import type { RunResult, Stage, TracedStep } from '../spl/index.ts';
import { NONE } from '../spl/run/output.ts';
import { fieldFlow } from '../spl/syntax/analyse-fields.ts';

/**
 * Events (positions in the input, ascending) that met the search's conditions: those that reached the first stage which
 * makes new rows out of old ones (`stats`, the counting of `tstats`, `transaction` ...), or the result where there is no
 * such stage. A filter right behind the grouping that reads nothing but its keys (`tstats ... by process | regex
 * process=...`) is such a condition too, only written later; one that reads a count is none. Needs a run with a trace.
 */
export function matchedEvents(result: RunResult): number[] {
  /** Event behind each row; `NONE` where there is none. */
  let events: Uint32Array = new Uint32Array();
  for (const [at, step] of result.steps.entries()) {
    const { node, origin, output } = step;
    if (node.kind === 'source') events = Uint32Array.from({ length: output.size }, (_, row) => row);
    else if (origin.kind === 'merge' || origin.kind === 'made') {
      const kept = keptByKeys(step, result.steps.slice(at + 1));
      return ascending(events.filter((_, row) => kept(row)));
    } else if (origin.kind === 'pick' && node.kind === 'scan') events = origin.rows;
    else if (origin.kind === 'pick') {
      const before = events;
      events = origin.rows.map((row) => before[row] ?? NONE);
    }
  }
  return ascending(events);
}

function ascending(events: Uint32Array): number[] {
  return [...new Set(events)].filter((event) => event !== NONE).sort((a, b) => a - b);
}

/** Whether the group of a row before the grouping outlived the filters on the grouping's keys. */
function keptByKeys(grouping: TracedStep, later: readonly TracedStep[]): (row: number) => boolean {
  let keys = new Set(keysOf(grouping));
  /** Rows of the grouping that each present row comes from. */
  let groups = Array.from({ length: grouping.output.size }, (_, row) => row);
  const dropped = new Set<number>();
  for (const { node, origin } of later) {
    if (origin.kind === 'merge' || origin.kind === 'made') break;
    const stage = stageOf(node);
    if (stage === undefined) break;
    const flow = fieldFlow(stage);
    if (origin.kind === 'pick') {
      const before = groups;
      groups = [...origin.rows].map((row) => before[row] ?? -1);
      const kept = new Set(groups);
      const onKeys =
        FILTERS.has(node.command) && flow.reads.length > 0 && flow.reads.every((name) => keys.has(name));
      for (const group of before) if (onKeys && !kept.has(group)) dropped.add(group);
    }
    keys = new Set([...keys].map((name) => renamed(name, flow.renames)));
    for (const name of flow.writes) keys.delete(name);
  }
  if (dropped.size === 0) return () => true;
  // The rows of all groups in one pass: asked group by group, a log of 20,000 events took half a minute.
  const gone = new Set<number>();
  const { origin } = grouping;
  if (origin.kind === 'merge') {
    const { inputs, outputs } = origin.pairs();
    for (const [at, group] of outputs.entries()) if (dropped.has(group)) gone.add(inputs[at]!);
  }
  return (row) => !gone.has(row);
}

const FILTERS: ReadonlySet<string> = new Set(['search', 'where', 'regex']);

function stageOf(node: TracedStep['node']): Stage | undefined {
  if (node.kind === 'filter') return node.conditions.length === 1 ? node.conditions[0]?.syntax : undefined;
  return 'syntax' in node ? node.syntax : undefined;
}

function keysOf({ node }: TracedStep): string[] {
  const syntax = node.kind === 'aggregate' || node.kind === 'command' ? node.syntax : undefined;
  return syntax !== undefined && 'by' in syntax ? syntax.by.map(({ name }) => name) : [];
}

/** `Processes.*` to `*`, or one name to another. */
function renamed(name: string, renames: readonly [string, string][]): string {
  for (const [from, to] of renames) {
    if (from === name) return to;
    if (!from.endsWith('*') || !name.startsWith(from.slice(0, -1))) continue;
    return to.replace('*', () => name.slice(from.length - 1));
  }
  return name;
}
