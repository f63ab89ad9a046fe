import { csvLine } from '../../export/csv.ts';
import type { PlainRow, RunResult } from '../../spl/index.ts';

export const FORMATS = ['table', 'json', 'csv', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

const WIDEST_CELL = 60;

/** The rows of a result as text of a format, with a line end. */
export function printRows({ rows, fields }: Pick<RunResult, 'rows' | 'fields'>, format: Format): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(rows, null, 2)}\n`;
    case 'ndjson':
      return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    case 'csv':
      return [fields, ...rows.map((row) => fields.map((name) => cell(row, name, '\n')))]
        .map((cells) => `${csvLine(cells)}\n`)
        .join('');
    case 'table':
      return printTable(rows, fields);
  }
}

function cell(row: PlainRow, name: string, separator: string): string {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  return Array.isArray(value) ? value.join(separator) : String(value ?? '');
}

function printTable(rows: readonly PlainRow[], fields: readonly string[]): string {
  if (fields.length === 0) return 'No rows.\n';
  const lines = [fields, ...rows.map((row) => fields.map((name) => shorten(cell(row, name, ' | '))))];
  const widths = fields.map((_, at) => Math.max(...lines.map((cells) => cells[at]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, at) => text.padEnd(widths[at]!))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const [header, ...rest] = lines;
  return `${[line(header!), rule, ...rest.map(line)].join('\n')}\n${rows.length} ${rows.length === 1 ? 'row' : 'rows'}\n`;
}

function shorten(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > WIDEST_CELL ? `${flat.slice(0, WIDEST_CELL - 1)}…` : flat;
}

/** One line per step: rows in and out, time, fields that came and went. */
export function printTrace(result: RunResult): string {
  return result.trace
    .map((step) => {
      const added = step.fieldsAdded.length > 0 ? ` +${listed(step.fieldsAdded)}` : '';
      const removed = step.fieldsRemoved.length > 0 ? ` -${listed(step.fieldsRemoved)}` : '';
      const rests = step.restsOn.length > 0 ? ` rests on ${step.restsOn.join(', ')}` : '';
      const rows = `${String(step.rowsIn).padStart(8)} → ${String(step.rowsOut).padEnd(8)}`;
      return `${String(step.stage + 1).padStart(3)} ${step.command.padEnd(12)} ${step.step.padEnd(12)} ${rows} ${step.milliseconds.toFixed(1).padStart(7)} ms${added}${removed}${rests}\n`;
    })
    .join('');
}

function listed(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(',')},… (${names.length})` : names.join(',');
}
