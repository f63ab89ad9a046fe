import { capitalised } from '../../lib/content/labels.ts';
import type { PlaybookStage, ResponseAction } from '../../lib/content/model.ts';
import { Section } from '../document/layout.tsx';
import { Markdown } from '../text/markdown.tsx';
import { ObjectPage } from './object-page.tsx';
import { Ref, RefList, Refs } from './reference.tsx';

export function ResponseActionPage({ action }: { action: ResponseAction }) {
  const { playbooks, requirements } = action;
  return (
    <ObjectPage
      object={action}
      noun={['Response action', action.stage].filter(Boolean).join(', ')}
      list="Response actions"
      facts={[
        { label: 'Stage', value: capitalised(action.stage ?? '') },
        { label: 'Acts on', value: capitalised(action.category ?? '') },
        { label: 'Automation', value: action.automation.join(', ') },
        { label: 'Reads', value: action.dataSources.length > 0 ? <Refs to={action.dataSources} /> : null },
      ]}
    >
      {requirements.length > 0 ? (
        <Section id="requirements" title="What must be in place">
          <ul className="refs">
            {requirements.map((requirement) => (
              <li key={requirement}>{requirement}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section id="workflow" title="Workflow">
        {action.workflow.trim() ? (
          <Markdown text={action.workflow} />
        ) : (
          <p className="nothing">Its file does not say how it is done.</p>
        )}
      </Section>
      <Section id="playbooks" title="Playbooks that use it" note={String(playbooks.length)}>
        {playbooks.length > 0 ? (
          <RefList to={playbooks} />
        ) : (
          <p className="nothing">No playbook in this catalog uses it.</p>
        )}
      </Section>
    </ObjectPage>
  );
}

/** The stages of a playbook, each with its actions in order. */
export function Stages({ stages }: { stages: PlaybookStage[] }) {
  if (stages.length === 0) return null;
  return (
    <Section id="stages" title="Stages" note={String(stages.length)}>
      <ol className="stages">
        {stages.map(({ stage, note, actions }, index) => (
          <li key={String(index)}>
            <h3>{capitalised(stage)}</h3>
            {note ? <Markdown text={note} /> : null}
            <ol>
              {actions.map((action) => (
                <li key={action.name}>
                  <Ref to={action} />
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </Section>
  );
}
