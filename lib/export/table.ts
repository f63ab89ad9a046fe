import { csvLine, withoutFormula } from './csv.ts';

/** A table as a CSV file that people open: a heading, a row a line, lines ended by a line feed. */
export function csvTable(heading: readonly string[], rows: Iterable<readonly string[]>): string {
  const lines = [csvLine(heading)];
  for (const row of rows) lines.push(csvLine(row.map(withoutFormula)));
  return `${lines.join('\n')}\n`;
}
