/** A link with the search, settings and small samples; the case as a test for the detection's YAML. */
import { NO_EDITS } from '../../lib/tester/session/edits.ts';
import type { TesterCase } from '../../lib/tester/session/payload.ts';
import { download, testFiles } from './export.ts';
import { encodeShared, LONGEST_FRAGMENT, type Shared } from './share.ts';
import type { Tester } from './use-tester.ts';

/** Events that a link may carry. */
const MOST_SHARED = 50;
/** Events that a sample for a test may have. */
const MOST_SAMPLE = 10_000;

/** Puts the link in the address bar and the clipboard; what there is to say about it. */
export async function shareLink(tester: Tester, testerCase: TesterCase | undefined): Promise<string> {
  const { summary, rule, client, choice, edits, settings } = tester;
  const shared: Shared = {
    v: 1,
    language: rule.language,
    ...(rule.search === testerCase?.search ? {} : { search: rule.search }),
    ...(settings.now === undefined ? {} : { now: settings.now }),
    ...(settings.tz === undefined ? {} : { tz: settings.tz }),
  };
  if (choice?.key.startsWith('test-') === true && edits === NO_EDITS) {
    shared.test = Number(choice.key.slice('test-'.length));
  } else if (summary !== undefined) {
    const { total, events } = await client.call('plainEvents', [MOST_SHARED]);
    if (total > MOST_SHARED) {
      return `A link carries up to ${MOST_SHARED} events; this log has ${total.toLocaleString('en')}. Take some out, or export a test.`;
    }
    shared.events = events;
  }
  const fragment = `try=${await encodeShared(shared)}`;
  if (fragment.length > LONGEST_FRAGMENT) {
    return 'These events are too long for a link; take some out, or export a test.';
  }
  history.replaceState(null, '', `#${fragment}`);
  try {
    await navigator.clipboard.writeText(location.href);
    return 'Link copied. It carries the search, the settings and the events in its fragment, which stays in browsers.';
  } catch {
    return 'The link is in the address bar.';
  }
}

/** Saves the sample and the lines for the YAML; what there is to say about it. */
export async function exportTest(tester: Tester, testerCase: TesterCase | undefined): Promise<string> {
  const { summary, client } = tester;
  if (summary === undefined) return 'There is nothing to export before the rule has run.';
  const { total, events } = await client.call('plainEvents', [MOST_SAMPLE]);
  if (total > MOST_SAMPLE) {
    return `A sample has up to ${MOST_SAMPLE.toLocaleString('en')} events; this log has ${total.toLocaleString('en')}.`;
  }
  const slug = testerCase?.slug ?? 'untitled';
  const files = testFiles({ slug, shape: testerCase?.shape ?? 'g3', expected: summary.rows, events });
  const { zipSync, strToU8 } = await import('fflate');
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
  download(`${slug}-test.zip`, zip as BlobPart, 'application/zip');
  return 'Saved: the sample and the lines for the YAML.';
}
