import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Io } from '../io.ts';
import { PROJECT } from '../settings.ts';
import { settingsOrComplaint } from './build.ts';

/** Runs the development server, restarted by Node whenever one of its own source files changes. */
export async function main(args: string[], io: Io): Promise<number> {
  const settings = settingsOrComplaint(args, io);
  if (!settings) return 2;
  const server = spawn(
    process.execPath,
    ['--watch', '--watch-preserve-output', '--import', 'tsx', join(PROJECT, 'app/_site/dev-server.tsx')],
    {
      cwd: PROJECT,
      env: { ...process.env, SIGHTLINE_SETTINGS: JSON.stringify(settings), NODE_NO_WARNINGS: '1' },
      stdio: 'inherit',
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.kill(signal));
  return new Promise((resolve) => server.on('close', (code) => resolve(code ?? 0)));
}
