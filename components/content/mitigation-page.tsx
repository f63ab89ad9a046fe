import type { Mitigation } from '../../lib/content/model.ts';
import { TechniqueUses } from '../attack/technique-uses.tsx';
import { Section } from '../document/layout.tsx';
import { External } from './external.tsx';
import { ObjectPage } from './object-page.tsx';
import { RefList } from './reference.tsx';
import { Steps } from './steps.tsx';

export function MitigationPage({ mitigation }: { mitigation: Mitigation }) {
  const { attack, techniques, prerequisites, detections } = mitigation;
  return (
    <ObjectPage
      object={mitigation}
      noun="Mitigation"
      list="Mitigations"
      facts={[
        { label: 'Platform', value: mitigation.platforms.join(', ') },
        {
          label: 'ATT&CK mitigation',
          value: attack?.name ? (
            <External href={`https://attack.mitre.org/mitigations/${attack.id}/`}>
              {`${attack.id} ${attack.name}`}
            </External>
          ) : attack ? (
            <span className="missing">{attack.id}</span>
          ) : null,
        },
        { label: 'Against', value: techniques.length > 0 ? <TechniqueUses techniques={techniques} /> : null },
        { label: 'Enforced by', value: mitigation.system },
        { label: 'Works from', value: mitigation.minimumVersions.join(', ') },
      ]}
    >
      {prerequisites.length > 0 ? (
        <Section id="prerequisites" title="Prerequisites">
          <ul className="refs">
            {prerequisites.map((prerequisite) => (
              <li key={prerequisite}>{prerequisite}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Steps
        id="configuration"
        title="Configuration"
        steps={mitigation.configuration}
        empty="Its file has no steps."
      />
      <Section id="detections" title="Detections of what it works against" note={String(detections.length)}>
        {detections.length > 0 ? (
          <RefList to={detections} limit={40} />
        ) : (
          <p className="nothing">No detection in this catalog names one of its techniques.</p>
        )}
      </Section>
    </ObjectPage>
  );
}
