import { capitalised } from '../../lib/content/labels.ts';
import type { Dashboard, Deployment, Playbook } from '../../lib/content/model.ts';
import { TechniqueUses } from '../attack/technique-uses.tsx';
import { ConfigurationTable } from '../detection/configuration.tsx';
import { Section } from '../document/layout.tsx';
import { Markdown } from '../text/markdown.tsx';
import { ObjectPage } from './object-page.tsx';
import { Joined, RefList, Refs } from './reference.tsx';
import { Stages } from './response-pages.tsx';

export function PlaybookPage({ playbook }: { playbook: Playbook }) {
  return (
    <ObjectPage
      object={playbook}
      noun={[
        playbook.stages.length > 0 ? 'Response playbook' : 'Playbook',
        playbook.type,
        playbook.playbookType,
      ]
        .filter(Boolean)
        .join(', ')}
      list="Playbooks"
      facts={[
        {
          label: 'Playbook name',
          value: playbook.playbook ? <span className="mono">{playbook.playbook}</span> : null,
        },
        { label: 'Apps', value: playbook.apps.join(', ') },
        { label: 'Editor', value: playbook.vpeType },
        { label: 'Use cases', value: playbook.useCases.join(', ') },
        {
          label: 'D3FEND',
          value:
            playbook.defend.length > 0 ? (
              <Joined
                items={playbook.defend.map((id) => (
                  <a
                    key={id}
                    className="mono"
                    href={`https://d3fend.mitre.org/technique/${encodeURIComponent(id)}`}
                    rel="noopener noreferrer"
                  >
                    {id}
                  </a>
                ))}
              />
            ) : null,
        },
        {
          label: 'ATT&CK',
          value: playbook.techniques.length > 0 ? <TechniqueUses techniques={playbook.techniques} /> : null,
        },
        { label: 'Severity', value: capitalised(playbook.severity ?? '') },
        { label: 'TLP', value: playbook.tlp },
        { label: 'PAP', value: playbook.pap },
        { label: 'Tags', value: playbook.tags.join(', ') },
        { label: 'Platform tags', value: playbook.platformTags.join(', ') },
        { label: 'Product', value: playbook.products.join(', ') },
        { label: 'Stories', value: playbook.stories.length > 0 ? <Refs to={playbook.stories} /> : null },
      ]}
    >
      <Stages stages={playbook.stages} />
      {playbook.detections.length > 0 ? (
        <Section id="detections" title="Answers these detections" note={String(playbook.detections.length)}>
          <RefList to={playbook.detections} />
        </Section>
      ) : null}
      {playbook.fields.length > 0 ? (
        <Section id="fields" title="Fields it takes">
          <ul className="fields">
            {playbook.fields.map((field) => (
              <li key={field}>{field}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      {playbook.implementation.trim() ? (
        <Section id="implementation" title={playbook.stages.length > 0 ? 'Workflow' : 'How to implement'}>
          <Markdown text={playbook.implementation} />
        </Section>
      ) : null}
    </ObjectPage>
  );
}

export function DeploymentPage({ deployment }: { deployment: Deployment }) {
  return (
    <ObjectPage
      object={deployment}
      noun="Deployment"
      list="Deployments"
      facts={[
        { label: 'Applies to', value: deployment.appliesTo.join(', ') },
        { label: 'Detections', value: deployment.usedBy.toLocaleString('en') },
      ]}
    >
      <Section id="configuration" title="Configuration">
        <ConfigurationTable configuration={deployment.configuration} />
      </Section>
    </ObjectPage>
  );
}

export function DashboardPage({ dashboard }: { dashboard: Dashboard }) {
  return (
    <ObjectPage
      object={dashboard}
      noun="Dashboard"
      list="Dashboards"
      facts={[
        {
          label: 'File',
          value: dashboard.filename ? <span className="mono">{dashboard.filename}</span> : null,
        },
      ]}
    >
      {null}
    </ObjectPage>
  );
}
