import type { Io } from '../io.ts';
import { settingsOrComplaint } from './build.ts';

export async function main(args: string[], io: Io): Promise<number> {
  const settings = settingsOrComplaint(args, io);
  if (!settings) return 2;
  return 0;
}
