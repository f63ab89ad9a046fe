import type { Detection } from '../../lib/content/model.ts';
import { Section } from '../document/layout.tsx';
import { Tokens } from './risk.tsx';

export function Drilldowns({ detection }: { detection: Detection }) {
  const { drilldowns, throttling } = detection;
  if (drilldowns.length === 0 && !throttling) return null;
  return (
    <Section id="drilldowns" title={drilldowns.length > 0 ? 'Drilldowns' : 'Throttling'}>
      {drilldowns.map((drilldown) => (
        <details className="drill" key={drilldown.name}>
          <summary>
            <Tokens text={drilldown.name} />
            {drilldown.earliest || drilldown.latest ? (
              <small className="dim">
                {' '}
                from {drilldown.earliest ?? '?'} to {drilldown.latest ?? '?'}
              </small>
            ) : null}
          </summary>
          <figure className="code">
            <pre>{drilldown.search}</pre>
            <button type="button" data-copy hidden>
              Copy
            </button>
          </figure>
        </details>
      ))}
      {throttling ? (
        <p className="remark">
          Throttled by <span className="mono">{throttling.fields.join(', ')}</span> for {throttling.period}.
        </p>
      ) : null}
    </Section>
  );
}
