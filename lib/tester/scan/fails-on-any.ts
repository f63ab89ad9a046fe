/** Searches that end with the same error whatever they are run over: a scan need not keep a log for them. */
import { run } from '../../spl/core.ts';
import { Table } from '../../spl/run/columns/table.ts';
import type { Prepared, RunOptions } from '../../spl/run/run.ts';
import type { Unasked } from './report.ts';

/** Errors of the search's text and of what is at hand for it, not of rows. */
const OF_THE_SEARCH: ReadonlySet<string> = new Set([
  'command-unsupported',
  'lookup-unknown',
  'macro-not-expanded',
  'model-missing',
  'saved-search',
  'stage-not-understood',
]);

/** Found by running it over nothing. */
export function failsOnAny(
  prepared: Prepared,
  options: RunOptions,
): Pick<Unasked, 'code' | 'message'> | undefined {
  const { error } = run(prepared, { events: Table.empty }, options);
  if (error === undefined || !OF_THE_SEARCH.has(error.code)) return undefined;
  const { code, message } = error;
  return { code, message };
}
