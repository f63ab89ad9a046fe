import { parentPort, workerData } from 'node:worker_threads';
import { type ScanAnswer, type ScanSpec, type ScanTask, ScanTaskRunner } from './task.ts';

const runner = new ScanTaskRunner(workerData as ScanSpec);
const say = (answer: ScanAnswer): void => parentPort?.postMessage(answer);

parentPort?.on('message', async (task: ScanTask) => {
  try {
    say({ done: await runner.run(task, (progress) => say({ progress })) });
  } catch (error) {
    say({ failed: error instanceof Error ? error.message : String(error) });
  }
});
