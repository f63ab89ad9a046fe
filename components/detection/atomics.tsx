import type { AtomicTest } from '../../lib/attack/atomic.ts';
import type { DetectionAtomics } from '../../lib/content/link/detection-atomics.ts';
import { AtomicTests } from '../attack/atomic-tests.tsx';
import { Joined } from '../content/reference.tsx';
import { Section } from '../document/layout.tsx';
import { techniqueUrl } from '../url.ts';

export const hasAtomics = ({ named, techniques }: DetectionAtomics): boolean =>
  named.length + techniques.length > 0;

/** What sets the detection off on purpose: the tests that its file names, then those of its techniques. */
export function AtomicsSection({ atomics }: { atomics: DetectionAtomics }) {
  if (!hasAtomics(atomics)) return null;
  const named = atomics.named.filter((test): test is AtomicTest => 'name' in test);
  const unknown = atomics.named.filter((test) => !('name' in test));
  const tests = atomics.techniques.flatMap((technique) => technique.tests);
  return (
    <Section id="atomics" title="Atomic Red Team tests">
      {named.length > 0 ? (
        <>
          <p className="remark">Its author names {named.length === 1 ? 'this test' : 'these tests'}:</p>
          <AtomicTests tests={named} withTechnique />
        </>
      ) : null}
      {unknown.length > 0 ? (
        <p className="remark">
          Named, but not in the version of Atomic Red Team used here:{' '}
          <span className="mono">{unknown.map(({ guid }) => guid).join(', ')}</span>
        </p>
      ) : null}
      {tests.length > 0 ? (
        <>
          {named.length > 0 ? <p className="remark">Others of its techniques:</p> : null}
          <AtomicTests tests={tests} withTechnique />
        </>
      ) : null}
      <p className="remark">
        All tests, of every platform:{' '}
        <Joined
          items={atomics.techniques.map(({ technique, all }) => (
            <a key={technique} href={`${techniqueUrl(technique)}#atomics`}>
              {technique} ({all})
            </a>
          ))}
        />
      </p>
    </Section>
  );
}
