import { buildSite } from '../build/build.ts';
import type { Io } from '../io.ts';
import { readSettings, type Settings, SettingsError } from '../settings.ts';

export async function main(args: string[], io: Io): Promise<number> {
  const settings = settingsOrComplaint(args, io);
  return settings ? buildSite(settings, io) : 2;
}

/** Undefined when the arguments or the configuration file cannot be used; the reason was printed. */
export function settingsOrComplaint(args: string[], io: Io): Settings | undefined {
  try {
    return readSettings(args);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    io.err(`${error.message}\n`);
    return undefined;
  }
}
