import { parentPort, workerData } from 'node:worker_threads';
import { type EnvironmentSpec, TaskRunner, type TestTask } from './task.ts';

const runner = new TaskRunner(workerData as EnvironmentSpec);

parentPort?.on('message', async (task: TestTask) => {
  parentPort?.postMessage(await runner.run(task));
});
