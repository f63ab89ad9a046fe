import { sourcesOf, targetsOf } from '../run/output.ts';
import type { RunResult } from '../run/run.ts';

/** Events that a result row comes from, as positions in the input, ascending. Needs a run with `trace`. */
export function lineage(result: RunResult, row: number): number[] {
  let rows = new Set([row]);
  for (const { origin } of [...result.steps].reverse()) {
    const before = new Set<number>();
    for (const each of rows) for (const source of sourcesOf(origin, each)) before.add(source);
    rows = before;
  }
  return [...rows].sort((a, b) => a - b);
}

/** Rows that one event has become part of after each step; the first empty entry is where it was dropped. */
export function followEvent(result: RunResult, event: number): number[][] {
  let rows = [event];
  return result.steps.map(({ origin }) => {
    const after = new Set<number>();
    for (const each of rows) for (const target of targetsOf(origin, each)) after.add(target);
    rows = [...after].sort((a, b) => a - b);
    return rows;
  });
}
