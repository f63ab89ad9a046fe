import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT, readSettings } from '../settings.ts';
import { BUILD_MARKER, refusesToReplace } from './out-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'sightline-out-'));
const content = join(folder, 'content');
mkdirSync(content);
const settings = (out: string) => ({ ...readSettings(['--content', content]), out });

test('never a folder that holds the content, the project or the working folder', () => {
  for (const out of ['/', folder, content, PROJECT, dirname(PROJECT)])
    expect(refusesToReplace(settings(out)), out).toMatch(/would delete/);
});

test('never a folder of somebody else’s files; an empty one, a new one or an earlier site', () => {
  const used = join(folder, 'used');
  mkdirSync(used);
  expect(refusesToReplace(settings(used))).toBeUndefined();
  writeFileSync(join(used, 'letter.txt'), 'dear');
  expect(refusesToReplace(settings(used))).toMatch(/no build of Sightline wrote/);
  writeFileSync(join(used, BUILD_MARKER), 'incomplete');
  expect(refusesToReplace(settings(used))).toBeUndefined();
  expect(refusesToReplace(settings(join(folder, 'new/deep')))).toBeUndefined();
  expect(refusesToReplace(settings(join(used, 'letter.txt')))).toMatch(/is a file/);
});
