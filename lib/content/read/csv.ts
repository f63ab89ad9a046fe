/** The CSV of a lookup as a table. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { LookupTable } from '../model.ts';
import type { FoundFile } from './files.ts';

/** Rows that a page shows. */
export const shownRows = 200;

/** Largest CSV that is read, in bytes; one public repository ships lists of 2 MB. */
const maximumCsvBytes = 64 * 1024 * 1024;

export type ReadTable = { table: LookupTable } | { failure: string };

export function readTable(found: FoundFile): ReadTable {
  if (found.size > maximumCsvBytes) return { failure: `it has ${found.size} bytes, more than are read` };
  try {
    const rows: string[][] = parse(readFileSync(found.absolute), {
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
    const [header = [], ...rest] = rows;
    return {
      table: { header, rows: rest.slice(0, shownRows), totalRows: rest.length, bytes: found.size },
    };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
