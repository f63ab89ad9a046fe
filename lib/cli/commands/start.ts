import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildSite } from '../build/build.ts';
import { PortError, serveSite } from '../build/serve.ts';
import type { Io } from '../io.ts';
import { settingsOrComplaint } from './build.ts';

/** Builds what has changed, then serves until it is interrupted. */
export async function main(args: string[], io: Io): Promise<number> {
  const settings = settingsOrComplaint(args, io);
  if (!settings) return 2;
  const built = await buildSite(settings, io);
  if (built !== 0 && !(settings.keepGoing && existsSync(join(settings.out, '404.html')))) return built;
  try {
    const { server, port } = await serveSite(settings.out, settings.basePath, settings.port);
    io.out(`Sightline is at http://localhost:${port}${settings.basePath}/  (Ctrl-C stops it)\n`);
    await new Promise<void>((resolve) => {
      const stop = () => {
        server.closeAllConnections();
        server.close(() => resolve());
      };
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
    });
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    io.err(`${error.message}\n`);
    return 1;
  }
  return built;
}
