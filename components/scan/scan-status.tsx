import type { RuleNote, ScanProgress } from '../../lib/tester/scan/report.ts';
import { FileNotes } from '../tester/file-notes.tsx';
import { url } from '../url.ts';
import type { Scan, ScanRun } from './use-scan.ts';

const STEPS: Readonly<Record<ScanProgress['step'], string>> = {
  preparing: 'Preparing rules',
  events: 'Looking at every event',
  picking: 'Reading what searches have a use for',
  searches: 'Running searches',
};

/** How far a scan has come, and what came of it. */
export function ScanStatus({ scan, run }: { scan: Scan; run: ScanRun }) {
  const { rules, hits, end, problem } = run;
  return (
    <div className="verdict" aria-busy={scan.running}>
      {scan.running ? <Running scan={scan} run={run} /> : null}
      <p role="status">
        {problem ? (
          <span className="fail">
            ✗ The scan ended early: {problem} What it had found by then stands below; the rest of the log was
            not looked at.
          </span>
        ) : null}
        {end ? <Ended run={run} /> : null}
        {scan.running && rules.length > 0
          ? `${hits.length.toLocaleString('en')} of ${ruleCount(rules.length)} fired so far.`
          : null}
      </p>
      {end?.files.map((file, at) => (
        <FileNotes key={at} name={run.sources[at]?.name ?? ''} file={file} />
      ))}
      {end?.problems.map(({ file, message }) => (
        <p key={`${file} ${message}`} className="fail">
          ✗ {run.sources[file]?.name}: {message}
        </p>
      ))}
      {end && end.unasked.length > 0 ? (
        <Told run={run} notes={end.unasked} what="could not be run, with the reason" />
      ) : null}
      {end && end.notes.length > 0 ? (
        <Told run={run} notes={end.notes} what="are joined with a filter of another file" />
      ) : null}
    </div>
  );
}

function Running({ scan, run }: { scan: Scan; run: ScanRun }) {
  const { progress, workers } = run;
  const step = progress ? STEPS[progress.step] : 'Loading the rules';
  return (
    <div className="acts">
      <progress
        value={progress?.total ? progress.done : undefined}
        max={progress?.total || undefined}
        aria-label={step}
      />
      <span>
        {step}
        {progress ? `: ${doneOf(progress)}` : '…'}
        {workers > 1 ? `, in ${workers} workers` : ''}
      </span>
      <button type="button" onClick={scan.cancel}>
        Cancel
      </button>
    </div>
  );
}

function doneOf({ step, done, total, events }: ScanProgress): string {
  if (step === 'searches' || step === 'preparing')
    return `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  const bytes = total > 0 ? `${megabytes(done)} of ${megabytes(total)} MB, ` : '';
  return `${bytes}${events.toLocaleString('en')} events`;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });

const ruleCount = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'rule' : 'rules'}`;

function Ended({ run }: { run: ScanRun }) {
  const { hits, rules, end } = run;
  const { events } = end!.counts;
  const found = `${hits.length.toLocaleString('en')} of ${ruleCount(rules.length)} fired on ${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}`;
  if (!end!.complete)
    return (
      <span>
        <b className="high">Cancelled.</b> {found}. This is a part of the log, or of the rules.
      </span>
    );
  if (events === 0) return <span className="fail">✗ No event could be read from {run.name}.</span>;
  if (hits.length === 0)
    return (
      <span>
        None of {ruleCount(rules.length)} fired on {events.toLocaleString('en')} events. They look for what is
        known; silence is no proof.
      </span>
    );
  return <span>{found}.</span>;
}

function Told({ run, notes, what }: { run: ScanRun; notes: readonly RuleNote[]; what: string }) {
  const { rules } = run;
  return (
    <details className="more">
      <summary>
        {ruleCount(new Set(notes.map(({ rule }) => rule)).size)} {what}
      </summary>
      <ul className="unasked">
        {notes.map(({ rule, code, message }) => (
          <li key={`${rule} ${message}`}>
            <a href={url(`/detections/${rules[rule]!.slug}/`)}>{rules[rule]!.name}</a>: {message}{' '}
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
