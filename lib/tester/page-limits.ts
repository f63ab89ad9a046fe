import type { Limits } from '../spl/run/budget/budget.ts';

/**
 * Bytes that a run in a page may make. A worker whose heap is full takes the whole page with it, without a word: Chromium
 * ends the process that both are in. Heaps end at 4 GB there, and the events lie in it too.
 */
const BYTES = 2 ** 30;

/** What a run in a page may use, with `milliseconds` to do it in. */
export const pageLimits = (milliseconds: number): Partial<Limits> => ({ milliseconds, bytes: BYTES });
