import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../text/message-of.ts';
import { partOf, runTask, type ScanAnswer, type ScanSpec, type ScanTask } from './task.ts';

const part = partOf(workerData as ScanSpec);
const say = (answer: ScanAnswer): void => parentPort?.postMessage(answer);

parentPort?.on('message', async (task: ScanTask) => {
  try {
    say({ done: await runTask(part, task, { onUpdate: (update) => say({ update }) }) });
  } catch (error) {
    say({ failed: messageOf(error) });
  }
});
