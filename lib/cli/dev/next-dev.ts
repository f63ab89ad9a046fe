import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PROJECT, WORK } from '../settings.ts';

export interface NextDev {
  port: number;
  child: ChildProcess;
}

/** Next's development server on a free loopback port, ready to answer. Rejects with what it printed if it ends first. */
export async function startNextDev(): Promise<NextDev> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [join(PROJECT, 'node_modules/next/dist/bin/next'), 'dev', '-p', String(port), '-H', '127.0.0.1'],
    {
      cwd: PROJECT,
      env: { ...process.env, SIGHTLINE_WORK: WORK, NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      if (/Ready in/.test(printed)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('close', (code) => reject(new Error(`next dev ended with code ${code}:\n${printed}`)));
  });
  return { port, child };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
