import { useState } from 'react';
import type { TesterCase } from '../../lib/tester/session/payload.ts';
import type { Tester } from './use-tester.ts';

/** Ways out: a link with the search, settings and small samples, and the case as a test for the detection's YAML. */
export function ShareView({ tester, testerCase }: { tester: Tester; testerCase: TesterCase | undefined }) {
  const [said, setSaid] = useState('');
  const { summary } = tester;
  const take = async (way: 'shareLink' | 'exportTest') => {
    try {
      setSaid(await (await import('./take-away.ts'))[way](tester, testerCase));
    } catch (error) {
      setSaid(`It did not work: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <div className="acts share">
      <button type="button" onClick={() => void take('shareLink')}>
        Copy a link to this
      </button>
      <button
        type="button"
        disabled={summary === undefined || summary.error !== undefined}
        onClick={() => void take('exportTest')}
      >
        Export as a test
      </button>
      <output aria-live="polite">{said}</output>
    </div>
  );
}
