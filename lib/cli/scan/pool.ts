import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { HitsFound } from '../../tester/scan/hits-found.ts';
import { scanInParts } from '../../tester/scan/in-parts.ts';
import type { EventsDone, PartCall, ScanPart } from '../../tester/scan/part.ts';
import { prepareRule } from '../../tester/scan/prepare.ts';
import type { ScanProgress, ScanReport } from '../../tester/scan/report.ts';
import type { SearchResults, SearchWork, Share } from '../../tester/scan/scan.ts';
import { BYTES_WORTH_A_WORKER, workersWorth } from '../../tester/scan/workers.ts';
import { environmentFrom } from '../test/task.ts';
import { partOf, type ScanAnswer, type ScanSpec, type ScanTask } from './task.ts';

/**
 * A scan over as many threads as are worth it, at most `jobs`. Rejects when a thread ends (out of memory).
 */
export async function runScan(
  spec: ScanSpec,
  jobs: number = availableParallelism(),
  onProgress: (progress: ScanProgress) => void = () => {},
  bytesWorthAThread = BYTES_WORTH_A_WORKER,
): Promise<ScanReport> {
  const bytes = spec.files.reduce((sum, path) => sum + statSync(path).size, 0);
  const count = workersWorth(bytes, jobs, bytesWorthAThread);
  if (count === 1) return reported([partOf(spec)], onProgress);
  const environment = environmentFrom(spec.environment);
  // Once for all threads: what they are given is plain data.
  const rules = spec.rules.map((rule) => ({ ...rule, prepared: prepareRule(rule, environment) }));
  const threads = Array.from({ length: count }, () => new Thread({ ...spec, rules }));
  try {
    return await reported(threads, onProgress);
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

async function reported(
  parts: readonly ScanPart[],
  onProgress: (progress: ScanProgress) => void,
): Promise<ScanReport> {
  const found = new HitsFound();
  const outcome = await scanInParts(parts, {
    onUpdate: ({ progress, hits }) => {
      found.take(hits);
      onProgress(progress);
    },
  });
  return { ...outcome, hits: found.settled() };
}

/** A part of a scan in a thread of its own. */
class Thread implements ScanPart {
  private readonly worker: Worker;

  constructor(spec: ScanSpec) {
    this.worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: spec });
  }

  events(share: Share, call: PartCall): Promise<EventsDone> {
    return this.run({ share }, call) as Promise<EventsDone>;
  }

  searches(work: SearchWork, call: PartCall): Promise<SearchResults> {
    return this.run({ work }, call) as Promise<SearchResults>;
  }

  private run(task: ScanTask, { onUpdate }: PartCall): Promise<EventsDone | SearchResults> {
    const { worker } = this;
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        worker.off('message', answered).off('error', failed).off('exit', exited);
        finish();
      };
      const answered = (answer: ScanAnswer): void => {
        if ('update' in answer) onUpdate(answer.update);
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
