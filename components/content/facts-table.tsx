import type { ReactNode } from 'react';

export interface FactRow {
  label: string;
  /** Absent leaves the row out. */
  value?: ReactNode;
  mono?: boolean;
}

/** Two columns, a fact a row. */
export function FactsTable({ rows }: { rows: FactRow[] }) {
  return (
    <table className="facts">
      <tbody>
        {rows.map(({ label, value, mono }) =>
          value === undefined ? null : (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className={mono ? 'mono' : undefined}>{value}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
