import type { Enrichment } from '../../lib/content/model.ts';
import { Section } from '../document/layout.tsx';
import { ObjectPage } from './object-page.tsx';
import { RefList, Refs } from './reference.tsx';
import { Steps } from './steps.tsx';

export function EnrichmentPage({ enrichment }: { enrichment: Enrichment }) {
  const { dataSources, enriches, newFields, requires, detections } = enrichment;
  return (
    <ObjectPage
      object={enrichment}
      noun="Enrichment"
      list="Enrichments"
      facts={[
        { label: 'Reads', value: dataSources.length > 0 ? <Refs to={dataSources} /> : null },
        { label: 'Needs first', value: requires.length > 0 ? <Refs to={requires} /> : null },
      ]}
    >
      <Section id="enriches" title="Adds to" note={String(enriches.length)}>
        {enriches.length > 0 ? (
          <RefList to={enriches} limit={40} />
        ) : (
          <p className="nothing">It keeps what it reads for others, and adds to no events itself.</p>
        )}
      </Section>
      {newFields.length > 0 ? (
        <Section id="fields" title="New fields" note={String(newFields.length)}>
          <ul className="fields">
            {newFields.map((field) => (
              <li key={field}>{field}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Steps id="configuration" title="Configuration" steps={enrichment.configuration} />
      <Section id="detections" title="Detections that it serves" note={String(detections.length)}>
        {detections.length > 0 ? (
          <RefList to={detections} limit={40} />
        ) : (
          <p className="nothing">No detection in this catalog asks for it.</p>
        )}
      </Section>
    </ObjectPage>
  );
}
