import { useCallback } from 'react';
import type { Risk } from '../../lib/content/model.ts';
import { useAnswer } from './use-answer.ts';
import type { Tester } from './use-tester.ts';

const ROWS = 20;

/** What Enterprise Security would write for each row: findings, risk events with scores, threat objects. */
export function RiskView({ tester, risk }: { tester: Tester; risk: Risk | undefined }) {
  const { client, summary } = tester;
  const ask = useCallback(async () => {
    if (summary === undefined || summary.error || risk === undefined) return undefined;
    return client.call('risk', [ROWS]);
  }, [client, summary, risk]);
  const previews = useAnswer(ask);
  if (risk === undefined) return <p className="nothing">The detection declares no risk and no finding.</p>;
  if (previews === undefined || previews.length === 0)
    return <p className="nothing">No row came out, so nothing would be written to the risk index.</p>;
  return (
    <>
      {previews.map(({ row, title, riskEvents, threatObjects, unfilled }) => (
        <section key={row} className="risk-row" aria-label={`Row ${row + 1}`}>
          <h3>
            Row {row + 1}
            {title ? `: ${title}` : ''}
          </h3>
          <table className="stack" aria-label={`Risk of row ${row + 1}`}>
            <thead>
              <tr>
                <th>Risk object</th>
                <th>Type</th>
                <th className="num">Score</th>
                <th>Message</th>
              </tr>
            </thead>
            <tbody>
              {riskEvents.map((event) => (
                <tr key={`${event.field}${event.object}`}>
                  <td className="mono" data-label="Risk object">
                    {event.object} <small>{event.field}</small>
                  </td>
                  <td data-label="Type">{event.type}</td>
                  <td className="num" data-label="Score">
                    {event.score}
                  </td>
                  <td data-label="Message">{event.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {threatObjects.length > 0 ? (
            <p>
              Threat objects:{' '}
              {threatObjects.map(({ field, value, type }, index) => (
                <span key={`${field}${value}`}>
                  {index > 0 ? ', ' : ''}
                  <code>{value}</code> <small>({type})</small>
                </span>
              ))}
            </p>
          ) : null}
          {unfilled.length > 0 ? (
            <p className="fail">
              ✗ The row has no value for {unfilled.map((field) => `$${field}$`).join(', ')}.
            </p>
          ) : null}
        </section>
      ))}
      {summary && summary.rows > ROWS ? <p className="quiet">The first {ROWS} rows.</p> : null}
    </>
  );
}
