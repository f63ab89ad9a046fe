import { groupBy } from '../../lib/collections.ts';
import { TEST_STATUS_LABELS } from '../../lib/content/labels.ts';
import type { Detection, DetectionEvidence, Evidence, TestStatus } from '../../lib/content/model.ts';
import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import { Column, Section } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';
import { objectUrl, url } from '../url.ts';

interface CoveragePageProps {
  detections: Pick<Detection, 'name' | 'slug'>[];
  /** Absent where nothing was run. */
  evidence?: Evidence;
}

/** Every status in the order in which it wants attention, with what it means. */
const STATUSES: [status: TestStatus, title: string, meaning: string][] = [
  [
    'failing',
    TEST_STATUS_LABELS.failing,
    'The rule ran over its sample and did not find what the test asks for.',
  ],
  ['error', TEST_STATUS_LABELS.error, 'The sample or the rule could not be read, or the run ended early.'],
  [
    'impossible',
    TEST_STATUS_LABELS.impossible,
    'The rule needs something that no engine outside Splunk has.',
  ],
  ['untested', TEST_STATUS_LABELS.untested, 'No events were at hand, so nothing is known.'],
  [
    'declared',
    TEST_STATUS_LABELS.declared,
    'The file says that it is tested by hand, or is an experiment. Nobody measured it here.',
  ],
  [
    'passing',
    TEST_STATUS_LABELS.passing,
    'Every test was run by this build over its sample and gave what it asks for.',
  ],
];

/** Longer lists are folded: they are the rest, not the news. */
const SHOWN = 40;

export function CoveragePage({ detections, evidence }: CoveragePageProps) {
  const nameOf = new Map(detections.map(({ slug, name }) => [slug, name]));
  const byStatus = groupBy(evidence?.detections ?? [], ({ status }) => status);
  const count = (status: TestStatus) => byStatus.get(status)?.length ?? 0;
  const tested = count('passing') + count('failing') + count('error');
  const total = detections.length;
  return (
    <Page
      title={SITE_PAGES.coverage.title}
      description={`${count('passing')} of ${total} detections pass their tests, ${count('failing') + count('error')} fail, as measured by this build.`}
      address="/coverage/"
      section="coverage"
    >
      <Column wide>
        <h1>{SITE_PAGES.coverage.title}</h1>
        <p className="intro">
          {evidence
            ? `This build ran the tests of ${number(tested)} of ${number(total)} detections over sample events; ${number(count('passing'))} pass.`
            : 'This build ran no tests.'}{' '}
          Which ATT&amp;CK techniques the detections cover is on the{' '}
          <a href={url('/techniques/')}>ATT&amp;CK page</a>.
        </p>
        {evidence ? (
          <table className="bars">
            <tbody>
              {STATUSES.map(([status, title]) => (
                <tr key={status}>
                  <th scope="row">{count(status) > 0 ? <a href={`#${status}`}>{title}</a> : title}</th>
                  <td className="num">{number(count(status))}</td>
                  <td className="bar">
                    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                      <rect width={share(count(status), total)} height="8" />
                    </svg>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
        {STATUSES.filter(([status]) => count(status) > 0).map(([status, title, meaning]) => (
          <Section key={status} id={status} title={title} note={number(count(status))}>
            <p>{meaning}</p>
            {reasons(byStatus.get(status)!).map(([reason, list]) => (
              <Reason
                key={reason}
                reason={reason}
                list={list}
                nameOf={nameOf}
                folded={status === 'passing'}
              />
            ))}
          </Section>
        ))}
        {evidence ? (
          <p className="provenance">
            Engine {evidence.engine}. <code>npx sightline test</code> runs the same tests from a shell.
          </p>
        ) : null}
      </Column>
    </Page>
  );
}

interface ReasonProps {
  reason: string;
  list: DetectionEvidence[];
  nameOf: ReadonlyMap<string, string>;
  folded: boolean;
}

function Reason({ reason, list, nameOf, folded }: ReasonProps) {
  const links = (
    <ul className="refs many">
      {list.map(({ slug, tests }) => (
        <li key={slug}>
          <a href={objectUrl('detection', slug)}>{nameOf.get(slug) ?? slug}</a>
          {tests.length > 1 ? <small> {tests.length} tests</small> : null}
        </li>
      ))}
    </ul>
  );
  const label = reason === '' ? 'Detections' : reason;
  if (list.length > SHOWN || folded) {
    return (
      <details className="more">
        <summary>
          {label} ({number(list.length)})
        </summary>
        {links}
      </details>
    );
  }
  return (
    <>
      {reason === '' ? null : <h3>{reason}</h3>}
      {links}
    </>
  );
}

/** By reason, most first; a reason that names one detection's fields or files still groups what it can. */
function reasons(list: readonly DetectionEvidence[]): [string, DetectionEvidence[]][] {
  return [...groupBy(list, ({ reason = '' }) => reason)].sort(
    (a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1),
  );
}

/** Something that is there is never drawn as nothing. */
function share(count: number, total: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round((100 * count) / Math.max(1, total)));
}

function number(value: number): string {
  return value.toLocaleString('en');
}
