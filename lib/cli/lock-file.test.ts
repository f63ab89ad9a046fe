import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from './settings.ts';

interface Entry {
  version?: string;
  optionalDependencies?: Record<string, string>;
}

/**
 * npm leaves a platform's package out of the lock file when the registry it talked to did not have it, and `npm ci`
 * then refuses the lock file everywhere. Whoever adds a dependency sees it here first.
 */
test('the lock file lists every platform’s optional packages', () => {
  const { packages } = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Entry>;
  };
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});
