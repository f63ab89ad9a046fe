import { type AtomicTest, atomicTest } from '../../lib/attack/atomic.ts';
import type { AtomicUse, Trigger } from '../../lib/content/model.ts';
import { AtomicTests } from '../attack/atomic-tests.tsx';
import { TechniqueUses } from '../attack/technique-uses.tsx';
import { CodeBlock } from '../code/code-block.tsx';
import { Section } from '../document/layout.tsx';
import { ObjectPage } from './object-page.tsx';
import { RefList } from './reference.tsx';
import { Steps } from './steps.tsx';

export function TriggerPage({ trigger }: { trigger: Trigger }) {
  const { atomics, detections } = trigger;
  return (
    <ObjectPage
      object={trigger}
      noun="Trigger"
      list="Triggers"
      facts={[
        { label: 'Platform', value: trigger.platforms.join(', ') },
        {
          label: 'ATT&CK',
          value: trigger.techniques.length > 0 ? <TechniqueUses techniques={trigger.techniques} /> : null,
        },
      ]}
    >
      <Section id="detections" title="Detections that it makes fire" note={String(detections.length)}>
        {detections.length > 0 ? (
          <RefList to={detections} limit={40} />
        ) : (
          <p className="nothing">It names no detection, and none names a test that it names.</p>
        )}
      </Section>
      {trigger.requirements.length > 0 ? (
        <Section id="requirements" title="What it takes">
          <ul className="refs">
            {trigger.requirements.map((requirement) => (
              <li key={requirement}>{requirement}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Steps id="steps" title="Carry it out" steps={trigger.steps} />
      {atomics.length > 0 ? (
        <Section id="atomic-tests" title="Tests of Atomic Red Team" note={String(atomics.length)}>
          <Tests atomics={atomics} />
        </Section>
      ) : null}
      <Steps id="cleanup" title="Undo it" steps={trigger.cleanup} />
    </ObjectPage>
  );
}

function Tests({ atomics }: { atomics: AtomicUse[] }) {
  const tests = atomics.map(({ guid }) => atomicTest(guid) ?? { guid });
  const known = tests.filter((test): test is AtomicTest => 'name' in test);
  const unknown = tests.filter((test) => !('name' in test));
  return (
    <>
      {known.length > 0 ? (
        <>
          <AtomicTests tests={known} withTechnique />
          <CodeBlock
            code={known
              .map((test) => `Invoke-AtomicTest ${test.technique} -TestGuids ${test.guid}`)
              .join('\n')}
            language="text"
            label="Run the tests"
          />
        </>
      ) : null}
      {unknown.length > 0 ? (
        <p className="remark">
          Not in the version of Atomic Red Team used here:{' '}
          <span className="mono">{unknown.map(({ guid }) => guid).join(', ')}</span>
        </p>
      ) : null}
    </>
  );
}
