import { Fragment, useState } from 'react';
import { stamp } from '../tester/events-view.tsx';
import { SeverityName } from './filters.tsx';
import { type Finding, type Grouping, grouped, hostsOf } from './findings.ts';
import { HitPanel } from './hit-panel.tsx';
import type { Scan, ScanRun } from './use-scan.ts';

interface HitListProps {
  scan: Scan;
  run: ScanRun;
  findings: readonly Finding[];
  grouping: Grouping;
}

/** Rules listed of a group before more are asked for. */
const PAGE = 100;

/** The rules that fired; each row opens what it found. */
export function HitList({ scan, run, findings, grouping }: HitListProps) {
  // One at a time: the worker holds the events of one rule.
  const [open, setOpen] = useState<string>();
  const [count, setCount] = useState(PAGE);
  let left = count;
  return (
    <>
      {grouped(findings, grouping).map((group) => {
        const shown = group.findings.slice(0, left);
        left -= shown.length;
        if (shown.length === 0) return null;
        return (
          <section key={group.name} className="group">
            {grouping === 'none' ? null : (
              <h3>
                <GroupName name={group.name} grouping={grouping} />{' '}
                <small>
                  {group.findings.length.toLocaleString('en')}{' '}
                  {group.findings.length === 1 ? 'rule' : 'rules'}
                </small>
              </h3>
            )}
            <div className="scroll hits" tabIndex={0}>
              <table aria-label={grouping === 'none' ? 'Rules that fired' : group.name || 'Without'}>
                <thead>
                  <tr>
                    <th>Severity</th>
                    <th>Rule</th>
                    <th>ATT&amp;CK</th>
                    <th className="num">Events</th>
                    <th>Hosts</th>
                    <th>First and last</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((finding) => {
                    const key = `${group.name} ${finding.hit.rule}`;
                    return (
                      <Fragment key={key}>
                        <HitRow
                          finding={finding}
                          open={open === key}
                          onToggle={() => setOpen(open === key ? undefined : key)}
                        />
                        {open === key ? (
                          <tr className="opened">
                            <td colSpan={6}>
                              <HitPanel
                                client={scan.client}
                                rule={run.positions[finding.hit.rule]!}
                                finding={finding}
                                sources={run.sources}
                              />
                            </td>
                          </tr>
                        ) : null}
                      </Fragment>
                    );
                  })}
                </tbody>
              </table>
            </div>
          </section>
        );
      })}
      {left <= 0 ? (
        <p>
          <button type="button" onClick={() => setCount(count + 4 * PAGE)}>
            Show more rules
          </button>
        </p>
      ) : null}
    </>
  );
}

function GroupName({ name, grouping }: { name: string; grouping: Grouping }) {
  if (grouping === 'severity') return <SeverityName severity={name} />;
  if (name !== '') return <>{name}</>;
  return <>{grouping === 'technique' ? 'No technique' : 'No host'}</>;
}

function HitRow({ finding, open, onToggle }: { finding: Finding; open: boolean; onToggle(): void }) {
  const { hit, facts, events } = finding;
  const hosts = hostsOf(events);
  const all = events === hit.events;
  const times = events.reduce<[number, number] | undefined>(
    (range, { time }) =>
      time === null ? range : [Math.min(range?.[0] ?? time, time), Math.max(range?.[1] ?? time, time)],
    undefined,
  );
  return (
    <tr className={open ? 'chosen' : undefined}>
      <td className="tight">
        <SeverityName severity={facts.severity ?? ''} />
      </td>
      <td className="name">
        <button type="button" className="link" aria-expanded={open} onClick={onToggle}>
          {facts.name}
        </button>
      </td>
      <td className="mono tight">
        {facts.techniques.slice(0, 2).join(', ')}
        {facts.techniques.length > 2 ? ` +${facts.techniques.length - 2}` : ''}
      </td>
      <td className="num">
        {all ? '' : `${events.length.toLocaleString('en')} of `}
        {hit.eventCount.toLocaleString('en')}
      </td>
      <td className="value">
        {hosts[0]}
        {hosts.length > 1 ? ` +${(hosts.length - 1).toLocaleString('en')}` : ''}
      </td>
      <td className="mono tight">
        {times === undefined ? '' : stamp(times[0])}
        {times !== undefined && times[1] !== times[0] ? (
          <>
            <br />
            {stamp(times[1])}
          </>
        ) : null}
      </td>
    </tr>
  );
}
