import { useState } from 'react';
import { download, toCsv } from './export.ts';
import { RowTable } from './row-table.tsx';
import type { ShownRun } from './use-tester.ts';

/** The result, with the ways to take it along, and from a row to the events behind it. */
export function RowsView({ tester, onEvent }: { tester: ShownRun; onEvent(event: number): void }) {
  const { summary, client, rule } = tester;
  const [behind, setBehind] = useState<{ row: number; events: number[] }>();
  const [said, setSaid] = useState('');
  if (summary === undefined) return <p className="nothing">The result appears here when the rule has run.</p>;
  if (summary.error)
    return <p className="nothing">The run ended before it had a result: {summary.error.message}</p>;
  if (summary.rows === 0) {
    return <p className="nothing">No row came out. Choose an event to see which clause left it out.</p>;
  }
  const text = async (format: 'csv' | 'json') => {
    const { fields, rows } = await client.call('resultRows', []);
    return format === 'csv' ? toCsv(fields, rows) : JSON.stringify(rows, undefined, 2);
  };
  const copy = async (format: 'csv' | 'json') => {
    await navigator.clipboard.writeText(await text(format));
    setSaid(`Copied as ${format.toUpperCase()}.`);
  };
  const save = async (format: 'csv' | 'json') =>
    download(
      `${rule.name}.${format}`,
      await text(format),
      format === 'csv' ? 'text/csv' : 'application/json',
    );
  return (
    <>
      <div className="acts">
        <button type="button" onClick={() => void copy('csv')}>
          Copy CSV
        </button>
        <button type="button" onClick={() => void copy('json')}>
          Copy JSON
        </button>
        <button type="button" onClick={() => void save('csv')}>
          Save CSV
        </button>
        <button type="button" onClick={() => void save('json')}>
          Save JSON
        </button>
        <output aria-live="polite">{said}</output>
      </div>
      <RowTable
        tester={tester}
        onRow={(row) => void client.call('eventsOf', [row]).then((events) => setBehind({ row, events }))}
      />
      {behind ? (
        <p>
          Row {behind.row + 1} comes from {behind.events.length === 0 ? 'no event of the input' : 'event '}
          {behind.events.slice(0, 40).map((event, index) => (
            <span key={event}>
              {index > 0 ? ', ' : ''}
              <button type="button" className="link" onClick={() => onEvent(event)}>
                {event + 1}
              </button>
            </span>
          ))}
          {behind.events.length > 40 ? ` and ${(behind.events.length - 40).toLocaleString('en')} more` : ''}.
        </p>
      ) : null}
    </>
  );
}
