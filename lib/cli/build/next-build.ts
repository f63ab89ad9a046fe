import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT, WORK } from '../settings.ts';

/** `next build` ended with an error; the message carries what it printed. */
export class NextBuildError extends Error {}

/** Where next.config.mjs has Next export to. */
const EXPORT = join(WORK, 'export');

/** Runs Next's static export over the prepared catalog and returns the folder it wrote. */
export async function nextBuild(onPage: (done: number, total: number) => void): Promise<string> {
  await rm(EXPORT, { recursive: true, force: true });
  const child = spawn(process.execPath, [join(PROJECT, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: PROJECT,
    env: { ...process.env, SIGHTLINE_WORK: WORK, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const read = (chunk: Buffer) => {
    const text = chunk.toString();
    printed += text;
    for (const [, done, total] of text.matchAll(/\((\d+)\/(\d+)\)/g)) onPage(Number(done), Number(total));
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new NextBuildError(printed.trim() || `next build ended with code ${code}`);
  return EXPORT;
}
