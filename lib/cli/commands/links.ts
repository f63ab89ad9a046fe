import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkLinks } from '../build/links.ts';
import type { Io } from '../io.ts';
import { shown } from '../settings.ts';
import { settingsOrComplaint } from './build.ts';

const MOST_SHOWN = 50;

/** Checks a finished site's own links; fails when one leads nowhere. */
export async function main(args: string[], io: Io): Promise<number> {
  const settings = settingsOrComplaint(args, io);
  if (!settings) return 2;
  if (!existsSync(join(settings.out, '404.html'))) {
    io.err(`${shown(settings.out)} holds no site yet; run \`sightline build\` first.\n`);
    return 2;
  }
  const { pages, links, problems, duplicates } = checkLinks(settings.out, settings.basePath);
  for (const { page, link, problem } of problems.slice(0, MOST_SHOWN))
    io.err(`${page} → ${link}: ${problem}\n`);
  if (problems.length > MOST_SHOWN) io.err(`… and ${problems.length - MOST_SHOWN} more\n`);
  for (const address of duplicates) io.err(`${address}: another file differs from it only in letter case\n`);
  io.out(
    `${pages} pages, ${links} links: ${problems.length} broken, ${duplicates.length} duplicate addresses\n`,
  );
  return problems.length + duplicates.length > 0 ? 1 : 0;
}
