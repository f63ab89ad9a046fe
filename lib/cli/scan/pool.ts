import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { prepareRule } from '../../tester/scan/prepare.ts';
import type { ScanProgress, ScanReport } from '../../tester/scan/report.ts';
import { joinHits } from '../../tester/scan/report.ts';
import type { SearchJob } from '../../tester/scan/scan.ts';
import { environmentFrom } from '../test/task.ts';
import {
  type EventsDone,
  type ScanAnswer,
  type ScanSpec,
  type ScanTask,
  ScanTaskRunner,
  type SearchesDone,
} from './task.ts';

/** Smaller inputs are done before a second thread has compiled the rules. */
const BYTES_WORTH_A_THREAD = 8 << 20;

type RunTask = (
  task: ScanTask,
  onProgress: (progress: ScanProgress) => void,
) => Promise<EventsDone | SearchesDone>;

/**
 * A scan over as many threads as are worth it, at most `jobs`: events are shared out among them by blocks, then searches.
 * Rejects when a thread ends (out of memory).
 */
export async function runScan(
  spec: ScanSpec,
  jobs: number = availableParallelism(),
  onProgress: (progress: ScanProgress) => void = () => {},
  bytesWorthAThread = BYTES_WORTH_A_THREAD,
): Promise<ScanReport> {
  const bytes = spec.files.reduce((sum, path) => sum + statSync(path).size, 0);
  const count = bytes < bytesWorthAThread ? 1 : Math.max(1, jobs);
  if (count === 1) {
    const runner = new ScanTaskRunner(spec);
    return merged([(task, say) => runner.run(task, say)], onProgress);
  }
  const environment = environmentFrom(spec.environment);
  // Once for all threads: what they are given is plain data.
  const rules = spec.rules.map((rule) => ({ ...rule, prepared: prepareRule(rule, environment) }));
  const threads = Array.from({ length: count }, () => new Thread({ ...spec, rules }));
  try {
    return await merged(
      threads.map(
        (thread): RunTask =>
          (task, say) =>
            thread.run(task, say),
      ),
      onProgress,
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

async function merged(
  runs: readonly RunTask[],
  onProgress: (progress: ScanProgress) => void,
): Promise<ScanReport> {
  const seen = runs.map(() => 0);
  const first = (await Promise.all(
    runs.map((run, index) =>
      run({ step: 'events', index, of: runs.length }, (progress) => {
        seen[index] = progress.events;
        onProgress({ ...progress, events: seen.reduce((sum, one) => sum + one, 0) });
      }),
    ),
  )) as EventsDone[];
  const jobs = jobsOf(first);
  const newest = first.reduce<number | null>(
    (latest, one) => (one.newest === null ? latest : Math.max(latest ?? one.newest, one.newest)),
    null,
  );
  const events = first.reduce((sum, one) => sum + one.seen, 0);
  const done = runs.map(() => 0);
  const second = (await Promise.all(
    runs.map((run, index) => {
      const own = jobs.filter((_, at) => at % runs.length === index);
      return run({ step: 'searches', jobs: own, newest, seen: events }, (progress) => {
        done[index] = progress.done;
        onProgress({ ...progress, done: done.reduce((sum, one) => sum + one, 0), total: jobs.length });
      });
    }),
  )) as SearchesDone[];
  const hits = joinHits([...first, ...second].flatMap((one) => one.hits));
  const unasked = [...(first[0]?.unasked ?? []), ...second.flatMap((one) => one.unasked)];
  return {
    hits,
    unasked: unasked.sort((a, b) => a.rule - b.rule),
    notes: first[0]?.notes ?? [],
    counts: { events, found: first.reduce((sum, one) => sum + one.found, 0) },
    problems: first[0]?.problems ?? [],
    complete: true,
  };
}

/** Every thread's picked events of each search, put together. */
function jobsOf(first: readonly EventsDone[]): SearchJob[] {
  const { whole, silent, always } = first[0]!;
  const jobs = whole.flatMap((all, search): SearchJob[] => {
    const files = first[0]!.events[search]!.map((_, file) =>
      first.flatMap(({ events }) => events[search]![file]!).sort((a, b) => a - b),
    );
    const any = files.some((numbers) => numbers.length > 0);
    if (!any && silent[search]) return [];
    return [{ search, events: all && any ? 'whole' : files }];
  });
  for (let at = 0; at < always; at += 1) jobs.push({ search: whole.length + at, events: 'whole' });
  return jobs;
}

class Thread {
  private readonly worker: Worker;

  constructor(spec: ScanSpec) {
    this.worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: spec });
  }

  run(task: ScanTask, onProgress: (progress: ScanProgress) => void): Promise<EventsDone | SearchesDone> {
    const { worker } = this;
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        worker.off('message', answered).off('error', failed).off('exit', exited);
        finish();
      };
      const answered = (answer: ScanAnswer): void => {
        if ('progress' in answer) onProgress(answer.progress);
        else if ('done' in answer) settle(() => resolve(answer.done));
        else settle(() => reject(new Error(answer.failed)));
      };
      const failed = (error: Error): void => settle(() => reject(error));
      const exited = (code: number): void =>
        settle(() => reject(new Error(`A thread of the scan ended with code ${code}.`)));
      worker.on('message', answered).on('error', failed).on('exit', exited);
      worker.postMessage(task);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
