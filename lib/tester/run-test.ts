import type {
  DatasetEvidence,
  DeclaredTest,
  Detection,
  MatchedEvent,
  TestData,
  TestEvidence,
  TestStatus,
} from '../content/model.ts';
import type { EventRecord } from '../events/record.ts';
import type { RuleEnvironment } from './environment.ts';
import { messagesOf, previewRisk, type RowPreview } from './risk-preview.ts';
import { RUNNERS, type RuleRun } from './rule-run.ts';
import { judge } from './verdict.ts';

/** Events of one entry of a test's data, or why there are none. */
export type Sample =
  | {
      data: TestData;
      records: readonly EventRecord[];
      /** Of the file's bytes, lower-case hexadecimal. */
      sha256: string;
      /** Pieces of the file that could not be read as events. */
      skipped: number;
    }
  | { data: TestData; missing: { code: string; reason: string } };

export interface TestOutcome {
  evidence: TestEvidence;
  /** Absent when the rule did not run. */
  run?: RuleRun;
  preview: RowPreview[];
}

type Tested = Pick<Detection, 'name' | 'language' | 'search' | 'risk'>;

/** Ends of a run that no other events and no mended engine would change. */
const IMPOSSIBLE: ReadonlySet<string> = new Set([
  'model-missing',
  'command-unsupported',
  'data-model-unknown',
  'unknown-macro',
  'saved-search',
  'sigma-counting',
  'sigma-filter',
  'sigma-near',
  'sigma-placeholder',
  'sigma-condition-unsupported',
]);

const NO_SAMPLE = { code: 'no-sample', reason: 'The test names no events' };
const MOST_MESSAGES = 5;
const LONGEST_RAW = 2_000;

/** Runs one declared test. Never throws for what rules and events hold. */
export function runTest(
  detection: Tested,
  test: DeclaredTest,
  samples: readonly Sample[],
  environment: RuleEnvironment,
  clock: () => number = () => performance.now(),
): TestOutcome {
  const started = clock();
  const { expectedResults: expected } = test;
  const base = {
    name: test.name,
    ...(expected === undefined ? {} : { expected }),
    datasets: samples.map(datasetOf),
    messages: [],
  };
  const without = (status: TestStatus, code: string, reason: string): TestOutcome => ({
    evidence: { ...base, status, code, reason },
    preview: [],
  });
  if (test.kind !== 'unit') {
    const kind = test.kind === 'manual' ? 'Tested by hand' : 'Experimental, not tested';
    return without('declared', test.kind, test.reason ?? kind);
  }
  const records: EventRecord[] = [];
  let absent = samples.length === 0 ? NO_SAMPLE : undefined;
  for (const sample of samples) {
    if ('missing' in sample) absent ??= sample.missing;
    else {
      if (sample.records.length === 0) {
        return without('error', 'sample-empty', `No event could be read from ${sample.data.data}`);
      }
      for (const record of sample.records) records.push(record);
    }
  }
  const runner = RUNNERS[detection.language];
  if (absent !== undefined) {
    const { status, code, reason } = possibility(detection, environment) ?? {
      status: 'untested' as const,
      ...absent,
    };
    return without(status, code, reason);
  }
  const run = runner.run(detection, records, environment);
  if (run.error !== undefined) {
    const status = IMPOSSIBLE.has(run.error.code) ? 'impossible' : 'error';
    const { evidence } = without(status, run.error.code, run.error.message);
    return { evidence: { ...evidence, milliseconds: clock() - started }, run, preview: [] };
  }
  const verdict = judge(run.rows, detection.risk, expected);
  const preview = previewRisk(detection.risk, run.rows);
  const firstMatch = firstMatchOf(run, samples);
  return {
    evidence: {
      ...base,
      status: verdict.passed ? 'passing' : 'failing',
      ...(verdict.passed ? {} : { code: verdict.code, reason: verdict.reason }),
      results: run.rows.length,
      ...(firstMatch === undefined ? {} : { firstMatch }),
      messages: messagesOf(preview).slice(0, MOST_MESSAGES),
      milliseconds: clock() - started,
    },
    run,
    preview,
  };
}

/**
 * Why a rule cannot be run at all, found without events: over none, every command is still read, planned and set up.
 * Undefined when nothing stands against it.
 */
export function possibility(
  detection: Tested,
  environment: RuleEnvironment,
): { status: 'impossible' | 'error'; code: string; reason: string } | undefined {
  const { error } = RUNNERS[detection.language].run(detection, [], environment);
  if (error === undefined) return undefined;
  const status = IMPOSSIBLE.has(error.code) ? 'impossible' : 'error';
  return { status, code: error.code, reason: error.message };
}

function datasetOf(sample: Sample): DatasetEvidence {
  const { data } = sample.data;
  if ('missing' in sample) return { data };
  const { records, sha256, skipped } = sample;
  return { data, sha256, events: records.length, ...(skipped > 0 ? { skipped } : {}) };
}

function firstMatchOf(run: RuleRun, samples: readonly Sample[]): MatchedEvent | undefined {
  if (run.rows.length === 0) return undefined;
  let [at] = run.eventsOf(0);
  if (at === undefined) return undefined;
  for (const sample of samples) {
    const records = 'records' in sample ? sample.records : [];
    const record = records[at];
    if (record !== undefined) {
      const raw = record.raw.length > LONGEST_RAW ? `${record.raw.slice(0, LONGEST_RAW)}…` : record.raw;
      return { data: sample.data.data, number: record.number, raw };
    }
    at -= records.length;
  }
  return undefined;
}
