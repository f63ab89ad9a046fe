import { useState } from 'react';
import type { StageSummary } from '../../lib/tester/session/inspect.ts';
import { RowTable } from './row-table.tsx';
import type { Tester } from './use-tester.ts';

/** The pipeline: rows in and out of each stage and how long it took; the rows behind the chosen one. */
export function StagesView({ tester }: { tester: Tester }) {
  const { summary, rule } = tester;
  const [stage, setStage] = useState<number>();
  if (summary === undefined) return <p className="nothing">Stages appear here when the rule has run.</p>;
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <table aria-label="Stages" className="stages">
          <thead>
            <tr>
              <th className="num">Stage</th>
              <th>Command</th>
              <th className="num">Rows in</th>
              <th className="num">Rows out</th>
              <th className="num">ms</th>
              <th>Notes</th>
            </tr>
          </thead>
          <tbody>
            {summary.stages.map((each) => (
              <tr key={each.stage} className={each.stage === stage ? 'chosen' : undefined}>
                <td className="num">
                  <button
                    type="button"
                    className="link"
                    aria-expanded={each.stage === stage}
                    aria-label={`Rows behind stage ${each.stage + 1}, ${each.command}`}
                    onClick={() => setStage(each.stage === stage ? undefined : each.stage)}
                  >
                    {each.stage + 1}
                  </button>
                </td>
                <td className="value">
                  <code>
                    {each.range ? rule.search.slice(each.range.start, each.range.end).trim() : each.command}
                  </code>
                </td>
                <td className="num">{rowsIn(each)}</td>
                <td className="num">{each.rowsOut.toLocaleString('en')}</td>
                <td className="num">{each.milliseconds.toFixed(1)}</td>
                <td>{each.notes.join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {stage === undefined ? null : (
        <>
          <h3>Rows behind stage {stage + 1}</h3>
          <RowTable tester={tester} stage={stage} />
        </>
      )}
    </>
  );
}

/** A command that begins the search fetches its events itself: no rows come into it. */
const rowsIn = ({ stage, rowsIn: rows }: StageSummary): string =>
  stage === 0 && rows === 0 ? '–' : rows.toLocaleString('en');
