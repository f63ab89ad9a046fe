import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../settings.ts';
import { fingerprint, isCurrent } from './fingerprint.ts';

test('changes with the content and with what pages show, not with where the site is written', () => {
  const content = mkdtempSync(join(tmpdir(), 'sightline-print-'));
  const file = join(content, 'a.yml');
  writeFileSync(file, 'name: A\n');
  const settings = readSettings(['--content', content]);
  const first = fingerprint(settings);
  expect(fingerprint(settings)).toBe(first);
  expect(fingerprint({ ...settings, out: '/elsewhere', port: 1, warnings: true })).toBe(first);
  expect(fingerprint({ ...settings, title: 'Other' })).not.toBe(first);
  utimesSync(file, new Date(), new Date(Date.now() + 5_000));
  const touched = fingerprint(settings);
  expect(touched).not.toBe(first);
  writeFileSync(join(content, 'b.yml'), 'name: B\n');
  expect(fingerprint(settings)).not.toBe(touched);
});

test('a folder is current only for the build that wrote it', () => {
  const out = mkdtempSync(join(tmpdir(), 'sightline-out-'));
  expect(isCurrent(out, 'abc')).toBe(false);
  writeFileSync(join(out, '.sightline-build'), 'abc\n');
  expect(isCurrent(out, 'abc')).toBe(true);
  expect(isCurrent(out, 'abd')).toBe(false);
});
