import type { RunSummary } from '../../lib/tester/session/session.ts';
import { FileNotes } from './file-notes.tsx';
import type { Choice, Tester } from './use-tester.ts';

/** Beyond this many events dots say nothing; the events are listed below. */
const MOST_DOTS = 80;

interface VerdictLineProps {
  tester: Tester;
  selected: number | undefined;
  onSelect(event: number): void;
  /** The editor is open and says what is wrong at which place. */
  editing: boolean;
}

/** One line: what the run found and whether that is what the test expects; a dot an event. */
export function VerdictLine({ tester, selected, onSelect, editing }: VerdictLineProps) {
  const { summary, reading, running, problem, loaded, choice } = tester;
  const empty = problem === undefined && loaded.length > 0 && tester.rule.search.trim() === '';
  return (
    <div className="verdict" aria-busy={running || reading !== undefined}>
      {reading ? (
        <p>
          <progress
            value={reading.bytes}
            max={reading.total || undefined}
            aria-label={`Reading ${reading.name}`}
          />{' '}
          Reading {reading.name}: {reading.events.toLocaleString('en')} events{' '}
          <button type="button" onClick={reading.cancel}>
            Stop
          </button>
        </p>
      ) : null}
      {summary && summary.events <= MOST_DOTS ? (
        <Dots summary={summary} selected={selected} onSelect={onSelect} />
      ) : null}
      <p role="status">
        {problem ? <span className="fail">✗ {problem}</span> : null}
        {empty ? 'Write a rule: it runs as you type.' : null}
        {!problem && !empty && summary ? <Said summary={summary} choice={choice} editing={editing} /> : null}
        {!problem && !empty && !summary && !reading && !running && loaded.length === 0
          ? 'No events yet: choose some above, drop a log, or paste one.'
          : null}
        {running ? (
          <>
            {' '}
            <span className="quiet">Running…</span>{' '}
            <button type="button" onClick={tester.stop}>
              Stop
            </button>
          </>
        ) : null}
      </p>
      {loaded.map((set) => (
        <FileNotes key={set.id} name={set.name} file={set} cut={set.cut && CUTS[set.cut]} />
      ))}
      {summary?.notes.length ? (
        <ul className="notes">
          {summary.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

const CUTS = {
  events: 'the rest left out (too many events)',
  bytes: 'the rest left out (too large)',
  cancelled: 'the rest left out (stopped)',
} as const;

interface SaidProps {
  summary: RunSummary;
  choice: Choice | undefined;
  editing: boolean;
}

function Said({ summary, choice, editing }: SaidProps) {
  const { error, verdict, events, matchedCount, rows } = summary;
  if (error?.range && editing) {
    return <span className="fail">✗ The rule does not run: the reason stands under it.</span>;
  }
  if (error) {
    return (
      <span className="fail">
        ✗ {error.message} <code>{error.code}</code>
      </span>
    );
  }
  const found = `Matches ${matchedCount.toLocaleString('en')} of ${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}`;
  const result =
    rows === matchedCount
      ? ''
      : `, ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} in the result`;
  if (verdict === undefined) {
    return (
      <>
        {found}
        {result}.
      </>
    );
  }
  return verdict.passed ? (
    <span>
      <b className="pass">✓</b> {found}
      {result}, as “{choice?.label}” expects.
    </span>
  ) : (
    <span>
      <b className="fail">✗</b> {found}
      {result}. “{choice?.label}” fails: {verdict.reason}.
    </span>
  );
}

function Dots({
  summary,
  selected,
  onSelect,
}: {
  summary: RunSummary;
  selected: number | undefined;
  onSelect(event: number): void;
}) {
  const matched = new Set(summary.matched);
  return (
    <div className="dots" role="group" aria-label="Events">
      {[...Array(summary.events).keys()].map((event) => (
        <button
          key={event}
          type="button"
          className={matched.has(event) ? 'dot hit' : 'dot'}
          aria-pressed={event === selected}
          aria-label={`Event ${event + 1}, ${matched.has(event) ? 'matches' : 'does not match'}`}
          title={`Event ${event + 1}: ${matched.has(event) ? 'why it matches' : 'why not'}`}
          onClick={() => onSelect(event)}
        />
      ))}
    </div>
  );
}
