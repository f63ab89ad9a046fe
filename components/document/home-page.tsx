import type { Tactic } from '../../lib/attack/techniques.ts';
import type { Detection, SeverityLevel } from '../../lib/content/model.ts';
import { Glyph, SEVERITY_LABEL } from '../content/severity.tsx';
import { DetectionTable, summarise } from '../lists/detection-table.tsx';
import { tacticUrl, url } from '../url.ts';
import { Column, Section } from './layout.tsx';
import { Page } from './page.tsx';
import { site } from './site.ts';

export interface HomePageProps {
  counts: { label: string; path: string; count: number }[];
  severities: { level: SeverityLevel; count: number }[];
  tactics: { tactic: Tactic; detections: number }[];
  recent: Detection[];
}

export function HomePage({ counts, severities, tactics, recent }: HomePageProps) {
  const most = Math.max(1, ...tactics.map((entry) => entry.detections));
  const detections = counts[0]?.count ?? 0;
  return (
    <Page
      title={site.title}
      description={`${detections} detections: what each finds, what else could explain it, how to run it.`}
      address="/"
    >
      <Column wide>
        <h1 className="hero">
          {detections.toLocaleString('en')} {detections === 1 ? 'detection' : 'detections'}, each with a page
        </h1>
        <p className="intro">
          What it finds, what else could explain it, the search itself, the data it needs and how it was
          tested.
        </p>
        {detections > 0 ? (
          <a className="find-box" href={url('/detections/')} data-search-open>
            Find a technique, CVE, event code, file name, field, half a word…
          </a>
        ) : null}
        <ul className="counts">
          {counts.map((entry) => (
            <li key={entry.path}>
              <a href={url(entry.path)}>
                <b>{entry.count.toLocaleString('en')}</b> {entry.label}
              </a>
            </li>
          ))}
        </ul>
        {detections > 0 ? (
          <>
            <Section id="tactics" title="By tactic">
              <table className="bars">
                <tbody>
                  {tactics.map(({ tactic, detections: count }) => (
                    <tr key={tactic.shortName}>
                      <th scope="row">
                        <a href={tacticUrl(tactic.shortName)}>{tactic.name}</a>
                      </th>
                      <td className="num">{count}</td>
                      <td className="bar">
                        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                          <rect width={Math.round((100 * count) / most)} height="8" />
                        </svg>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Section>
            <Section id="severity" title="By severity">
              <ul className="counts small">
                {severities.map(({ level, count }) => (
                  <li key={level}>
                    <a className={`sev ${level}`} href={url(`/detections/?severity=${level}`)}>
                      <Glyph level={level} /> {SEVERITY_LABEL[level]} <b>{count.toLocaleString('en')}</b>
                    </a>
                  </li>
                ))}
              </ul>
            </Section>
            <Section id="recent" title="Last updated">
              <DetectionTable detections={recent.map(summarise)} />
            </Section>
          </>
        ) : (
          <p className="nothing">
            This catalog has no detections yet. Put YAML files into a folder and run{' '}
            <code>npm start -- --content FOLDER</code>;{' '}
            <a href={url('/guides/writing-a-detection/')}>writing a detection</a> shows the shape of one.
          </p>
        )}
      </Column>
    </Page>
  );
}
