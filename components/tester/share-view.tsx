import { useState } from 'react';
import { NO_EDITS } from '../../lib/tester/session/edits.ts';
import type { TesterCase } from '../../lib/tester/session/payload.ts';
import { download, testFiles } from './export.ts';
import { encodeShared, LONGEST_FRAGMENT, type Shared } from './share.ts';
import type { Tester } from './use-tester.ts';

/** Events that a link may carry. */
const MOST_SHARED = 50;
/** Events that a sample for a test may have. */
const MOST_SAMPLE = 10_000;

/** Ways out: a link with the search, settings and small samples, and the case as a test for the detection's YAML. */
export function ShareView({ tester, testerCase }: { tester: Tester; testerCase: TesterCase | undefined }) {
  const [said, setSaid] = useState('');
  const { summary, rule, client, choice, edits, settings } = tester;
  const published = choice?.key.startsWith('test-') === true && edits === NO_EDITS;

  const share = async () => {
    const shared: Shared = {
      v: 1,
      language: rule.language,
      ...(rule.search === testerCase?.search ? {} : { search: rule.search }),
      ...(settings.now === undefined ? {} : { now: settings.now }),
      ...(settings.tz === undefined ? {} : { tz: settings.tz }),
    };
    if (published) shared.test = Number(choice.key.slice('test-'.length));
    else if (summary !== undefined) {
      const { total, events } = await client.call('plainEvents', [MOST_SHARED]);
      if (total > MOST_SHARED) {
        setSaid(
          `A link carries up to ${MOST_SHARED} events; this log has ${total.toLocaleString('en')}. Take some out, or export a test.`,
        );
        return;
      }
      shared.events = events;
    }
    const fragment = `try=${await encodeShared(shared)}`;
    if (fragment.length > LONGEST_FRAGMENT) {
      setSaid('These events are too long for a link; take some out, or export a test.');
      return;
    }
    history.replaceState(null, '', `#${fragment}`);
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid(
        'Link copied. It carries the search, the settings and the events in its fragment, which stays in browsers.',
      );
    } catch {
      setSaid('The link is in the address bar.');
    }
  };

  const exportTest = async () => {
    if (summary === undefined) return;
    const { total, events } = await client.call('plainEvents', [MOST_SAMPLE]);
    if (total > MOST_SAMPLE) {
      setSaid(
        `A sample has up to ${MOST_SAMPLE.toLocaleString('en')} events; this log has ${total.toLocaleString('en')}.`,
      );
      return;
    }
    const slug = testerCase?.slug ?? 'untitled';
    const files = testFiles({ slug, shape: testerCase?.shape ?? 'g3', expected: summary.rows, events });
    const { zipSync, strToU8 } = await import('fflate');
    const zip = zipSync(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])),
    );
    download(`${slug}-test.zip`, zip as BlobPart, 'application/zip');
    setSaid('Saved: the sample and the lines for the YAML.');
  };

  return (
    <div className="acts share">
      <button type="button" onClick={() => void share()}>
        Copy a link to this
      </button>
      <button
        type="button"
        disabled={summary === undefined || summary.error !== undefined}
        onClick={() => void exportTest()}
      >
        Export as a test
      </button>
      <output aria-live="polite">{said}</output>
    </div>
  );
}
