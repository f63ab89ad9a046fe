import { sourcesOf } from '../../spl/run/output.ts';
import type { RunResult } from '../../spl/run/run.ts';

/** Events that went into any row of a result, as positions in the input, ascending. */
export function eventsOf(result: RunResult): number[] {
  let rows = new Set<number>(Array.from({ length: result.table.size }, (_, row) => row));
  for (const { origin } of [...result.steps].reverse()) {
    if (origin.kind === 'same') continue;
    const before = new Set<number>();
    if (origin.kind === 'merge') {
      const { inputs, outputs } = origin.pairs();
      for (let at = 0; at < outputs.length; at += 1) if (rows.has(outputs[at]!)) before.add(inputs[at]!);
    } else for (const row of rows) for (const source of sourcesOf(origin, row)) before.add(source);
    rows = before;
  }
  return [...rows].sort((a, b) => a - b);
}
