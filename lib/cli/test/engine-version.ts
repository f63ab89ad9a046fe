import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../settings.ts';

/** Folders of `lib/` that decide a test's result. */
const ENGINE = ['events', 'spl', 'sigma', 'tester'];

let known: string | undefined;

/** The project's version and the first digits of a hash over the engine's sources: equal sources, equal version. */
export function engineVersion(): string {
  known ??= work();
  return known;
}

function work(): string {
  const hash = createHash('sha256');
  for (const folder of ENGINE) {
    for (const file of sources(join(PROJECT, 'lib', folder))) {
      hash.update(`${folder}/${file}\0`);
      hash.update(readFileSync(join(PROJECT, 'lib', folder, file)));
    }
  }
  const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };
  return `${version}+${hash.digest('hex').slice(0, 10)}`;
}

function sources(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .sort();
  } catch {
    return [];
  }
}
