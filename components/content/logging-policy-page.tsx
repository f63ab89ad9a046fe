import { capitalised } from '../../lib/content/labels.ts';
import type { DataSource, LoggingPolicy } from '../../lib/content/model.ts';
import { Section } from '../document/layout.tsx';
import { ObjectPage } from './object-page.tsx';
import { Ref, RefList } from './reference.tsx';
import { Steps } from './steps.tsx';
import { Table } from './table.tsx';

interface LoggingPolicyPageProps {
  policy: LoggingPolicy;
  /** By slug. */
  dataSources: ReadonlyMap<string, DataSource>;
}

export function LoggingPolicyPage({ policy, dataSources }: LoggingPolicyPageProps) {
  const { detections } = policy;
  return (
    <ObjectPage
      object={policy}
      noun="Logging policy"
      list="Logging policies"
      facts={[
        { label: 'Platform', value: policy.platforms.join(', ') },
        { label: 'Without it', value: capitalised(policy.initialState ?? '') },
        { label: 'Event volume', value: capitalised(policy.eventVolume ?? '') },
        {
          label: policy.eventIds.length === 1 ? 'Event id' : 'Event ids',
          value:
            policy.eventIds.length > 0 ? <span className="mono">{policy.eventIds.join(', ')}</span> : null,
        },
      ]}
    >
      <Section id="data-sources" title="Data sources that it feeds" note={String(policy.dataSources.length)}>
        {policy.dataSources.length > 0 ? (
          <Table
            rows={policy.dataSources}
            columns={[
              { title: 'Name', cell: (reference) => <Ref to={reference} /> },
              {
                title: 'Channel',
                className: 'mono',
                cell: ({ slug }) => dataSources.get(slug ?? '')?.channel,
              },
              {
                title: 'Event id',
                className: 'mono',
                cell: ({ slug }) => dataSources.get(slug ?? '')?.eventIds.join(', '),
              },
              {
                title: 'Detections',
                className: 'num',
                cell: ({ slug }) => dataSources.get(slug ?? '')?.usedBy.length,
              },
            ]}
          />
        ) : (
          <p className="nothing">It names none.</p>
        )}
      </Section>
      <Steps
        id="configuration"
        title="Configuration"
        steps={policy.configuration}
        empty="Its file has no steps."
      />
      <Section id="detections" title="Detections that depend on it" note={String(detections.length)}>
        {detections.length > 0 ? (
          <RefList to={detections} limit={40} />
        ) : (
          <p className="nothing">No detection in this catalog reads what it makes a system write.</p>
        )}
      </Section>
    </ObjectPage>
  );
}
