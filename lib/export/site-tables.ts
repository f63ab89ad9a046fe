/** The tables that a site offers as files: their root-relative addresses, without base path, and what is in them. */
import type { Catalog } from '../content/model.ts';
import { analyticsCsv } from './analytics.ts';
import { pivotingCsv } from './pivoting.ts';

export const PIVOTING = '/fields/pivoting.csv';
export const ANALYTICS = '/fields/analytics.csv';

export const siteTables: ReadonlyMap<string, (catalog: Catalog) => string> = new Map([
  [PIVOTING, pivotingCsv],
  [ANALYTICS, analyticsCsv],
]);
