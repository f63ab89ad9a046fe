/** What a browser worker loads: the engine without the commands and functions that few searches use. */
import { needsMore } from './run/parts.ts';
import type { Prepared } from './run/run.ts';

export { lineage } from './explain/lineage.ts';
export { firstFailure, whyNot } from './explain/why-not.ts';
export { tableFromRecords } from './run/columns/records.ts';
export { prepare, run } from './run/run.ts';

/** Fetches what a prepared search uses beyond the basic part, if anything. Rejects when it cannot be fetched. */
export async function loadFor(prepared: Prepared): Promise<void> {
  if (needsMore(prepared.query)) (await import('./run/more.ts')).addMore();
}
