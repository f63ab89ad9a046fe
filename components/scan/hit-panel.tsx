import { useCallback, useState } from 'react';
import type { HitEvent, RuleFacts } from '../../lib/tester/scan/report.ts';
import type { EventSource } from '../../lib/tester/session/source.ts';
import type { TesterAsker, WorkerClient } from '../../lib/tester/worker/client.ts';
import type { ScanCalls } from '../../lib/tester/worker/protocol.ts';
import { EventsView } from '../tester/events-view.tsx';
import { RowTable } from '../tester/row-table.tsx';
import { encodeShared, LONGEST_FRAGMENT } from '../tester/share.ts';
import { useAnswer } from '../tester/use-answer.ts';
import { objectUrl, url } from '../url.ts';
import { type Finding, hostsOf } from './findings.ts';
import { useHit } from './use-hit.ts';

interface HitPanelProps {
  client: WorkerClient<ScanCalls>;
  /** Position among all rules of the site. */
  rule: number;
  finding: Finding;
  sources: EventSource[];
}

/** Messages shown before the rest is counted. */
const MOST_MESSAGES = 5;
/** Records named of each file. */
const MOST_RECORDS = 12;
/** Events that a link to the tester carries; fewer where they are long. */
const MOST_LINKED = 50;

/** A rule that fired: what it says, what else could explain it, the events it found and why. */
export function HitPanel({ client, rule, finding, sources }: HitPanelProps) {
  const { hit, facts } = finding;
  const { shown, look, reading, problem } = useHit(client, rule, facts.name, sources);
  const [selected, setSelected] = useState<number>();
  const { summary } = shown;
  const counting = facts.language !== 'sigma' && summary !== undefined && summary.rows > 0;
  return (
    <div className="hit-panel">
      <dl className="facts-line">
        <dt>ATT&amp;CK</dt>
        <dd className="mono">{facts.techniques.join(', ') || '–'}</dd>
        <dt>Hosts</dt>
        <dd>{hostLine(finding.events)}</dd>
        <dt>Records</dt>
        <dd>{placesOf(finding.events, sources) || '–'}</dd>
      </dl>
      {hit.messages.length > 0 ? (
        <ul className="messages">
          {hit.messages.slice(0, MOST_MESSAGES).map((message) => (
            <li key={message}>{message}</li>
          ))}
          {hit.messages.length > MOST_MESSAGES ? (
            <li className="quiet">and {hit.messages.length - MOST_MESSAGES} more</li>
          ) : null}
        </ul>
      ) : null}
      <aside className="fp">
        <h3>What else could explain it</h3>
        <p>{facts.falsePositives.trim() || 'The rule says nothing about false positives.'}</p>
      </aside>
      <p className="acts">
        <a href={objectUrl('detection', facts.slug)}>The rule’s page</a>
        <TesterLink client={client} facts={facts} ready={summary !== undefined} />
      </p>
      {problem ? (
        <p className="fail" role="alert">
          ✗ {problem}
        </p>
      ) : null}
      {reading && look === undefined ? (
        <p>
          <progress
            value={reading.bytes}
            max={reading.total || undefined}
            aria-label="Reading the events again"
          />{' '}
          Reading the events again: {reading.events.toLocaleString('en')} of use to this rule
        </p>
      ) : null}
      {summary === undefined && problem === undefined && reading === undefined ? (
        <p className="quiet">Running the rule over its events…</p>
      ) : null}
      {look?.cut ? (
        <p className="notes">
          Only the first {look.events.toLocaleString('en')} events of use to this rule are shown; the
          explanation rests on them alone.
        </p>
      ) : null}
      {summary ? (
        <EventsView tester={shown} selected={selected} onSelect={setSelected} fields={[]} first="matched" />
      ) : null}
      {counting ? (
        <details className="more">
          <summary>
            {summary.rows.toLocaleString('en')} {summary.rows === 1 ? 'result row' : 'result rows'}
          </summary>
          <RowTable tester={shown} />
        </details>
      ) : null}
    </div>
  );
}

/** The way to the tester, with the events found in the link's fragment where they fit. */
function TesterLink({ client, facts, ready }: { client: TesterAsker; facts: RuleFacts; ready: boolean }) {
  const { slug, language } = facts;
  const ask = useCallback(
    async () => (ready ? fragmentOf(client, language) : undefined),
    [client, language, ready],
  );
  const fragment = useAnswer(ask) ?? '';
  return (
    <a href={`${url('/tester/')}?rule=${encodeURIComponent(slug)}${fragment}`}>
      Open in the tester{fragment === '' ? '' : ', with these events'}
    </a>
  );
}

async function fragmentOf(client: TesterAsker, language: RuleFacts['language']): Promise<string> {
  const { events } = await client.call('plainEvents', [MOST_LINKED, 'matched']);
  for (let count = events.length; count > 0; count = Math.floor(count / 2)) {
    const fragment = `#try=${await encodeShared({ v: 1, language, events: events.slice(0, count) })}`;
    if (fragment.length <= LONGEST_FRAGMENT) return fragment;
  }
  return '';
}

/** Hosts shown before the rest is counted. */
const MOST_HOSTS = 8;

function hostLine(events: readonly HitEvent[]): string {
  const hosts = hostsOf(events);
  const more =
    hosts.length > MOST_HOSTS ? ` and ${(hosts.length - MOST_HOSTS).toLocaleString('en')} more` : '';
  return hosts.length === 0 ? '–' : `${hosts.slice(0, MOST_HOSTS).join(', ')}${more}`;
}

/** `sysmon.xml: records 3, 8`. Records are numbered from 0, as in a terminal. */
function placesOf(events: readonly HitEvent[], sources: readonly EventSource[]): string {
  const byFile = new Map<number, number[]>();
  for (const { file, record } of events) {
    const records = byFile.get(file);
    if (records === undefined) byFile.set(file, [record]);
    else records.push(record);
  }
  return [...byFile]
    .map(([file, records]) => {
      const more =
        records.length > MOST_RECORDS
          ? ` and ${(records.length - MOST_RECORDS).toLocaleString('en')} more`
          : '';
      const word = records.length === 1 ? 'record' : 'records';
      return `${sources[file]?.name ?? ''}: ${word} ${records.slice(0, MOST_RECORDS).join(', ')}${more}`;
    })
    .join('; ');
}
