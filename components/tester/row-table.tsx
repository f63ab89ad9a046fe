import { useCallback, useState } from 'react';
import type { RowPage } from '../../lib/tester/session/inspect.ts';
import { useAnswer } from './use-answer.ts';
import type { ShownRun } from './use-tester.ts';

const PAGE = 50;
/** Events have a hundred fields; these many columns are shown until the reader chooses. */
const MOST_COLUMNS = 12;

interface RowTableProps {
  tester: ShownRun;
  /** Rows behind this stage; absent: the result. */
  stage?: number;
  /** Offers a way from a row to its events. */
  onRow?: (row: number) => void;
}

/** Rows as a table: sorted by any field, with the columns that the reader chooses. */
export function RowTable({ tester, stage, onRow }: RowTableProps) {
  const { client, summary } = tester;
  const [count, setCount] = useState(PAGE);
  const [sort, setSort] = useState<{ field: string; descending: boolean }>();
  const [hidden, setHidden] = useState<ReadonlySet<string>>();
  const ask = useCallback(async (): Promise<RowPage | undefined> => {
    if (summary === undefined) return undefined;
    const order = sort === undefined ? {} : { sort: sort.field, descending: sort.descending };
    return client.call('rows', [{ from: 0, count, stage, ...order }]);
  }, [client, summary, count, stage, sort]);
  const page = useAnswer(ask);

  if (page === undefined) return null;
  if (page.total === 0) return <p className="nothing">No rows.</p>;
  const left = hidden ?? new Set(page.fields.slice(MOST_COLUMNS));
  const columns = page.fields.filter((field) => !left.has(field));
  const toggle = (field: string) => {
    const next = new Set(left);
    if (!next.delete(field)) next.add(field);
    setHidden(next);
  };
  return (
    <>
      <details className="more columns-menu">
        <summary>
          {columns.length} of {page.fields.length} columns
        </summary>
        <fieldset>
          <legend className="sr">Columns</legend>
          {page.fields.map((field) => (
            <label key={field}>
              <input type="checkbox" checked={!left.has(field)} onChange={() => toggle(field)} /> {field}
            </label>
          ))}
        </fieldset>
      </details>
      <div className="scroll tall" tabIndex={0}>
        <table className="rows" aria-label="Rows">
          <thead>
            <tr>
              {onRow ? <th>Row</th> : null}
              {columns.map((field) => {
                const sorted =
                  sort?.field === field ? (sort.descending ? 'descending' : 'ascending') : 'none';
                return (
                  <th key={field} aria-sort={sorted}>
                    <button
                      type="button"
                      className="link"
                      onClick={() => setSort({ field, descending: sorted === 'ascending' })}
                    >
                      {field}
                      {sorted === 'none' ? '' : sorted === 'ascending' ? ' ↑' : ' ↓'}
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row, index) => (
              <tr key={page.positions[index]}>
                {onRow ? (
                  <td className="tight">
                    <button type="button" className="link" onClick={() => onRow(page.positions[index]!)}>
                      Row {page.positions[index]! + 1}
                    </button>
                  </td>
                ) : null}
                {columns.map((field) => (
                  <td key={field} className="mono value">
                    {cell(Object.hasOwn(row, field) ? row[field] : undefined)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {page.total > page.rows.length ? (
        <p>
          <button type="button" onClick={() => setCount(count + 4 * PAGE)}>
            Show more
          </button>{' '}
          <span className="quiet">
            {page.rows.length.toLocaleString('en')} of {page.total.toLocaleString('en')}
          </span>
        </p>
      ) : null}
    </>
  );
}

function cell(value: RowPage['rows'][number][string] | undefined): string {
  if (value === undefined) return '';
  return Array.isArray(value) ? value.join('\n') : String(value);
}
