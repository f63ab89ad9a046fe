import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  /** Class of the cells: `mono`, `num`, `tight`. */
  className?: string;
}

interface TableProps<Row> {
  columns: TableColumn<Row>[];
  rows: readonly Row[];
  /** As a wide table on a phone, though it has few columns: their cells are long. */
  stacked?: boolean;
}

/** From this many columns on, a phone shows each row as a block of labelled lines. */
const WIDE = 4;

/** A table that scrolls inside itself; columns with nothing in any row are not drawn. */
export function Table<Row>({ columns, rows, stacked }: TableProps<Row>) {
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  const shown = columns.map((_, index) => cells.some((row) => !isEmpty(row[index])));
  const wide = stacked || shown.filter(Boolean).length >= WIDE;
  return (
    // Focusable, so that a table wider than the screen can be scrolled with the keyboard.
    <div className="scroll" tabIndex={0}>
      <table className={wide ? 'stack' : undefined}>
        <thead>
          <tr>
            {columns.map((column, index) =>
              shown[index] ? (
                <th key={column.title} className={headClass(column.className)}>
                  {column.title}
                </th>
              ) : null,
            )}
          </tr>
        </thead>
        <tbody>
          {cells.map((row, rowIndex) => (
            <tr key={String(rowIndex)}>
              {row.map((cell, index) =>
                shown[index] ? (
                  <td
                    key={columns[index]!.title}
                    className={columns[index]!.className}
                    data-label={wide && index > 0 ? columns[index]!.title : undefined}
                  >
                    {cell}
                  </td>
                ) : null,
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isEmpty(cell: ReactNode): boolean {
  return (
    cell === null ||
    cell === undefined ||
    cell === false ||
    cell === '' ||
    (Array.isArray(cell) && cell.length === 0)
  );
}

/** Headings follow their column's alignment, not its typeface. */
function headClass(className: string | undefined): string | undefined {
  return className?.includes('num') ? 'num' : undefined;
}
