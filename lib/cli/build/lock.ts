import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WORK } from '../settings.ts';

const LOCK = join(WORK, 'build.lock');
const LOOK_AGAIN_MS = 250;

/**
 * Lets one build at a time use the scratch folder: two at once would each publish half of the other's pages. Waits
 * for a running one; a lock whose process is gone is taken over. The answer releases it.
 */
export async function lockBuild(onWait: (pid: number) => void): Promise<() => void> {
  mkdirSync(WORK, { recursive: true });
  for (let waited = false; ; ) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return () => rmSync(LOCK, { force: true });
    } catch {
      const pid = owner();
      if (pid === undefined || !isRunning(pid)) {
        rmSync(LOCK, { force: true });
        continue;
      }
      if (!waited) onWait(pid);
      waited = true;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

function owner(): number | undefined {
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
