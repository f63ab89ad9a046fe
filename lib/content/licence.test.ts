import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licenceOf } from './normalise/licence.ts';
import { licenceOfFolder } from './read/licence-file.ts';

describe('licenceOf', () => {
  it.each([
    ['DRL 1.1', 'Detection Rule License 1.1'],
    [
      'the rules are released under the [Detection Rule License (DRL)](https://…)',
      'Detection Rule License 1.1',
    ],
    ['     Apache License\n   Version 2.0, January 2004', 'Apache License 2.0'],
    ['MIT License\n\nCopyright (c) 2024', 'MIT License'],
    ['MIT', 'MIT License'],
  ])('knows %j', (text, name) => expect(licenceOf(text)?.name).toBe(name));

  it('does not guess', () => expect(licenceOf('All rights reserved; see the MITRE terms')).toBeUndefined());
});

describe('licenceOfFolder', () => {
  let top: string;
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'licence-'));
    mkdirSync(join(top, 'content'));
    writeFileSync(join(top, 'LICENSE'), 'MIT License\n');
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('looks above the folder only inside its repository', () => {
    expect(licenceOfFolder(join(top, 'content'))).toBeUndefined();
    mkdirSync(join(top, '.git'));
    expect(licenceOfFolder(join(top, 'content'))?.name).toBe('MIT License');
    writeFileSync(join(top, 'content', 'LICENSE.md'), 'DRL 1.1');
    expect(licenceOfFolder(join(top, 'content'))?.name).toBe('Detection Rule License 1.1');
  });

  it('is absent for a folder that is not there', () => {
    expect(licenceOfFolder(join(top, 'nothing'))).toBeUndefined();
  });
});
