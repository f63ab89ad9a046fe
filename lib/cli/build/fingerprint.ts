import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT, type Settings } from '../settings.ts';
import { BUILD_MARKER } from './out-folder.ts';

/** What the site is made of besides the content: a change in any of it makes every page stale. */
const SOURCES = ['app', 'components', 'lib', 'public', 'next.config.mjs', 'package-lock.json'];
const SKIPPED = new Set(['node_modules', '.git', '.next', '.sightline', 'out']);

/**
 * One hash over names, sizes and modification times of all inputs, and over the settings that pages show.
 * Reading contents would be safer by a hair and cost a second for a large repository.
 */
export function fingerprint(settings: Settings): string {
  const hash = createHash('sha256');
  const { out: _out, port: _port, warnings: _warnings, ...shown } = settings;
  hash.update(JSON.stringify([shown, process.versions.node]));
  for (const name of SOURCES) add(hash, join(PROJECT, name), true);
  for (const folder of settings.content) add(hash, folder, false);
  return hash.digest('hex');
}

function add(hash: ReturnType<typeof createHash>, path: string, skipTests: boolean): void {
  if (!existsSync(path)) return;
  const stats = statSync(path);
  if (!stats.isDirectory()) {
    if (!(skipTests && /\.test\.tsx?$/.test(path))) hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) if (!SKIPPED.has(name)) add(hash, join(path, name), skipTests);
}

/** Whether `out` holds the site that `print` stands for. */
export function isCurrent(out: string, print: string): boolean {
  const marker = join(out, BUILD_MARKER);
  return existsSync(marker) && readFileSync(marker, 'utf8').trim() === print;
}
