import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PROJECT, type Settings, shown } from '../settings.ts';

/** File that every published folder carries: which build it is of, or that it is incomplete. */
export const BUILD_MARKER = '.sightline-build';

/**
 * A build replaces the whole output folder. Why it must not do so with the one that was named, or undefined: a
 * mistyped `--out` once meant somebody's documents.
 */
export function refusesToReplace({ out, content }: Settings): string | undefined {
  for (const kept of [PROJECT, process.cwd(), ...content]) {
    if (contains(out, kept))
      return `--out ${shown(out)} holds ${shown(kept)}, which a build would delete. Name a folder of its own.`;
  }
  if (!existsSync(out)) return undefined;
  if (!statSync(out).isDirectory()) return `--out ${shown(out)} is a file; name a folder.`;
  const foreign = !existsSync(join(out, BUILD_MARKER)) && readdirSync(out).length > 0;
  return foreign
    ? `--out ${shown(out)} holds files that no build of Sightline wrote. Empty it, or name another folder.`
    : undefined;
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way.startsWith('..') || way.startsWith('/'));
}
