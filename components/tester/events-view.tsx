import { useCallback, useState } from 'react';
import type { EventsQuery } from '../../lib/tester/session/session.ts';
import { OnDemand } from './on-demand.tsx';
import { useAnswer } from './use-answer.ts';
import type { ShownRun } from './use-tester.ts';

const EVENT_PANEL = { load: async () => (await import('./event-panel.tsx')).EventPanel };

const PAGE = 50;

interface EventsViewProps {
  tester: ShownRun;
  selected: number | undefined;
  onSelect(event: number | undefined): void;
  /** Fields that the rule reads. */
  fields: readonly string[];
  /** Which events are shown first; default all. */
  first?: EventsQuery['only'];
}

/** The events that the rule ran over, and what became of the chosen one. */
export function EventsView({ tester, selected, onSelect, fields, first }: EventsViewProps) {
  const { client, summary } = tester;
  const [only, setOnly] = useState<EventsQuery['only']>(first);
  const [text, setText] = useState('');
  const [count, setCount] = useState(PAGE);
  const ask = useCallback(
    async () => (summary === undefined ? undefined : client.call('events', [{ from: 0, count, only, text }])),
    [client, summary, count, only, text],
  );
  const page = useAnswer(ask);

  if (summary === undefined)
    return <p className="nothing">Events appear here when the rule has run over them.</p>;
  return (
    <div className="events">
      <div className="acts">
        <select
          aria-label="Which events"
          value={only ?? 'all'}
          onChange={({ target }) =>
            setOnly(target.value === 'matched' || target.value === 'unmatched' ? target.value : undefined)
          }
        >
          <option value="all">All events</option>
          <option value="matched">Matched</option>
          <option value="unmatched">Not matched</option>
        </select>
        <input
          type="search"
          aria-label="Events that contain"
          placeholder="Events that contain…"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <output aria-live="polite">{page ? `${page.total.toLocaleString('en')} events` : ''}</output>
        {tester.canUndo ? (
          <button type="button" onClick={tester.undo}>
            Undo the last change
          </button>
        ) : null}
        <button
          type="button"
          onClick={() => {
            tester.edit({
              ...tester.edits,
              added: [...tester.edits.added, { _time: '0', sourcetype: 'stash', _raw: '' }],
            });
          }}
        >
          Add an event
        </button>
      </div>
      <div className="scroll tall" tabIndex={0}>
        <table className="event-list" aria-label="Events">
          <thead>
            <tr>
              <th className="num">No.</th>
              <th>Match</th>
              <th>Time</th>
              <th>Event</th>
              <th>Text</th>
            </tr>
          </thead>
          <tbody>
            {page?.lines.map((line) => (
              // The button is for keyboards and screen readers; a mouse hits the row anywhere.
              <tr
                key={line.at}
                className={line.at === selected ? 'chosen' : undefined}
                onClick={({ target }) => {
                  const onText = getSelection()?.isCollapsed === false;
                  if (onText || (target as Element).closest('button')) return;
                  onSelect(line.at === selected ? undefined : line.at);
                }}
              >
                <td className="num">
                  <button
                    type="button"
                    className="link"
                    aria-expanded={line.at === selected}
                    aria-label={`Why event ${line.at + 1} ${line.matched ? 'matches' : 'does not match'}`}
                    onClick={() => onSelect(line.at === selected ? undefined : line.at)}
                  >
                    {line.at + 1}
                  </button>
                </td>
                <td className="tight">
                  {line.matched ? <span className="pass">✓ yes</span> : <span className="unknown">– no</span>}
                  {line.edited ? <small> edited</small> : null}
                </td>
                <td className="tight mono">{line.time === null ? '' : stamp(line.time)}</td>
                <td className="tight">{line.name}</td>
                <td className="mono value">{line.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {page && page.total > page.lines.length ? (
        <p>
          <button type="button" onClick={() => setCount(count + 4 * PAGE)}>
            Show more
          </button>
        </p>
      ) : null}
      {selected === undefined ? null : (
        <OnDemand
          key={selected}
          view={EVENT_PANEL}
          given={{ tester, at: selected, fields, onClose: () => onSelect(undefined) }}
        />
      )}
    </div>
  );
}

/** `2026-09-30 12:00:01` in UTC. */
export function stamp(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().slice(0, 19).replace('T', ' ');
}
