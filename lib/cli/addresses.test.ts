import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../content/compile.ts';
import { main } from './commands/addresses.ts';
import { PROJECT } from './settings.ts';
import { called } from './test-io.ts';

test('the bundled catalog’s addresses are pinned', async () => {
  const { code, out, err } = await called(main);
  expect(code, out + err).toBe(0);
});

test('a renamed detection keeps its address; a new one is named until it is pinned', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-addresses-'));
  const file = join(folder, 'detections/endpoint/windows_regasm_child_process.yml');
  cpSync(join(PROJECT, 'content/detections/endpoint/windows_regasm_child_process.yml'), file);
  const args = ['--content', folder];
  expect((await called(main, ...args)).code).toBe(1);
  expect((await called(main, ...args, '--write')).code).toBe(0);
  expect((await called(main, ...args)).code).toBe(0);
  const pinned = readFileSync(join(folder, 'addresses.yml'), 'utf8');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^name: .*$/m, 'name: Something Else Entirely'));
  const { detections } = await compile([folder]);
  expect(detections.map(({ name, slug }) => [name, slug])).toEqual([
    ['Something Else Entirely', 'windows-regasm-child-process'],
  ]);
  expect((await called(main, ...args, '--write')).code).toBe(0);
  expect(readFileSync(join(folder, 'addresses.yml'), 'utf8')).toBe(pinned);
});
