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
    const text = readFileSync(found.absolute, 'utf8').replace(/^\u{feff}/u, '');
    const { shownEnd, total } = countRows(text, shownRows + 1);
    const rows: string[][] = parse(text.slice(0, shownEnd), {
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
    const [header = [], ...rest] = rows;
    return {
      table: { path: found.path, header, rows: rest, totalRows: Math.max(0, total - 1), bytes: found.size },
    };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

const newline = 10;
const quote = 34;
const blank = 32;

/**
 * Number of rows that are not empty, and where row `shown` ends. Lists of 2 MB are common and only their beginning is
 * shown, so the rest is counted (a line end inside quotes ends no row) and not split into cells.
 */
function countRows(text: string, shown: number): { shownEnd: number; total: number } {
  let total = 0;
  let shownEnd = text.length;
  let quoted = false;
  let filled = false;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : newline;
    if (code === quote) quoted = !quoted;
    if (code !== newline || (quoted && at < text.length)) {
      if (code > blank) filled = true;
      continue;
    }
    if (filled) total++;
    if (total === shown && shownEnd === text.length) shownEnd = at;
    filled = false;
  }
  return { shownEnd, total };
}
