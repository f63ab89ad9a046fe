import type { Detection, DetectionEvidence } from '../../lib/content/model.ts';
import { site } from '../document/site.ts';
import { objectUrl, url } from '../url.ts';

/**
 * The bar under the rule: what this build's tests came to, and the way to run it here. Without JavaScript the sentence
 * stands alone; the tester's code loads when a button is pressed.
 */
export function TryIt({ detection, evidence }: { detection: Detection; evidence?: DetectionEvidence }) {
  const worker = site.assets.islands['tester-worker'];
  return (
    <div className="try" id="try">
      <p className="try-bar" data-tester>
        <button type="button" className="primary" data-try="samples" hidden>
          Try it
        </button>
        <span data-said aria-live="polite">
          {said(evidence)}
        </span>
        <button type="button" className="link" data-try="own" hidden>
          Use my own log
        </button>
      </p>
      <div
        data-tester-place
        data-worker={worker ? url(worker) : undefined}
        data-case={`${objectUrl('detection', detection.slug)}tester.json`}
      />
    </div>
  );
}

function said(evidence: DetectionEvidence | undefined): string {
  const run = evidence?.tests.filter(({ results }) => results !== undefined) ?? [];
  if (run.length === 0) return 'Runs in your browser, over your log; no sample of its own is at hand.';
  const first = run[0]!;
  const events = first.datasets.reduce((sum, { events: count }) => sum + (count ?? 0), 0);
  const rows = `${first.results!.toLocaleString('en')} ${first.results === 1 ? 'row' : 'rows'}`;
  const expects = first.status === 'passing' ? 'as its test expects' : 'which its test does not expect';
  return `${events.toLocaleString('en')} sample ${events === 1 ? 'event gives' : 'events give'} ${rows}, ${expects}.`;
}
