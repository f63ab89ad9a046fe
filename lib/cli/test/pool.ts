import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { TestEvidence } from '../../content/model.ts';
import { type EnvironmentSpec, TaskRunner, type TestTask } from './task.ts';

/** Fewer small tasks with events than this are done before a second thread has started; one without is done at once. */
const WORTH_A_THREAD = 150;

const BYTES_WORTH_A_THREAD = 10 * 2 ** 20;

/**
 * Runs tasks over as many threads as are worth it, at most `jobs`; the answers are in the order of the tasks. A thread
 * that dies (out of memory) fails the test it was at, and another takes its place.
 */
export async function runTasks(
  tasks: readonly TestTask[],
  spec: EnvironmentSpec,
  jobs: number = availableParallelism(),
  onDone: (done: number) => void = () => {},
): Promise<TestEvidence[]> {
  const results: TestEvidence[] = [];
  let next = 0;
  let done = 0;
  const threads = Math.min(jobs, tasks.length);
  const work = async (run: (task: TestTask) => Promise<TestEvidence>) => {
    while (next < tasks.length) {
      const at = next;
      next += 1;
      results[at] = await run(tasks[at]!);
      done += 1;
      onDone(done);
    }
  };
  if (threads < 2 || (withEvents(tasks) < WORTH_A_THREAD && totalBytes(tasks) < BYTES_WORTH_A_THREAD)) {
    if (tasks.length > 0) {
      const runner = new TaskRunner(spec);
      await work((task) => runner.run(task));
    }
    return results;
  }
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const thread = new Thread(spec);
      try {
        await work((task) => thread.run(task));
      } finally {
        await thread.end();
      }
    }),
  );
  return results;
}

function withEvents(tasks: readonly TestTask[]): number {
  return tasks.filter(
    ({ samples, madeEvents }) => madeEvents === true || samples.some((sample) => 'path' in sample),
  ).length;
}

function totalBytes(tasks: readonly TestTask[]): number {
  let bytes = 0;
  for (const { samples } of tasks) {
    for (const sample of samples) if ('path' in sample) bytes += statSync(sample.path).size;
  }
  return bytes;
}

class Thread {
  private worker: Worker | undefined;

  constructor(private readonly spec: EnvironmentSpec) {}

  run(task: TestTask): Promise<TestEvidence> {
    this.worker ??= new Worker(new URL('./worker.mjs', import.meta.url), { workerData: this.spec });
    const { worker } = this;
    return new Promise((resolve) => {
      const settle = (evidence: TestEvidence) => {
        worker.off('message', settle).off('error', failed).off('exit', exited);
        resolve(evidence);
      };
      const died = (reason: string) => {
        this.worker = undefined;
        const { name } = task.test;
        settle({ name, status: 'error', code: 'worker-ended', reason, datasets: [], messages: [] });
      };
      const failed = (error: Error) => died(`The test's thread ended: ${error.message}`);
      const exited = (code: number) => died(`The test's thread ended with code ${code}`);
      worker.on('message', settle).on('error', failed).on('exit', exited);
      worker.postMessage(task);
    });
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
  }
}
