import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT, readSettings, SettingsError } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'sightline-settings-'));
mkdirSync(join(folder, 'ours'));
mkdirSync(join(folder, 'theirs'));
const config = (text: string) => {
  const path = join(folder, 'sightline.config.yml');
  writeFileSync(path, text);
  return path;
};

describe('settings', () => {
  test('without any: the bundled content, in out/, on port 3000', () => {
    const settings = readSettings([]);
    expect(settings).toMatchObject({
      content: [join(PROJECT, 'content')],
      out: join(PROJECT, 'out'),
      port: 3000,
      basePath: '',
      title: 'Sightline',
    });
  });

  test('a configuration file names folders from where it stands', () => {
    const path = config(
      'content: [ours, theirs]\ntitle: Ours\nbase_path: /x/\nsplunk_base_url: https://splunk.example.com\n',
    );
    expect(readSettings(['--config', path])).toMatchObject({
      content: [join(folder, 'ours'), join(folder, 'theirs')],
      title: 'Ours',
      basePath: '/x',
      splunkBaseUrl: 'https://splunk.example.com',
    });
  });

  test('arguments go before the file', () => {
    const path = config('content: ours\nbase_path: /x\n');
    const settings = readSettings([
      '--config',
      path,
      '--content',
      join(folder, 'theirs'),
      '--base-path',
      '/y/z',
    ]);
    expect(settings).toMatchObject({ content: [join(folder, 'theirs')], basePath: '/y/z' });
  });

  test.each([
    [['--content', '/no/such/folder'], /does not exist/],
    [['--base-path', 'x y'], /must look like/],
    [['--base-path', '/a/../b<'], /must look like/],
    [['--port', 'many'], /is not a port/],
    [['--no-such-option'], /no-such-option/],
    [['--config', '/no/such/file.yml'], /does not exist/],
    [['--content', join(PROJECT, 'package.json')], /is a file/],
  ])('%j is refused with a sentence', (args, message) => {
    expect(() => readSettings(args)).toThrow(SettingsError);
    expect(() => readSettings(args)).toThrow(message);
  });

  test.each([
    ['tilte: Ours\n', /tilte/],
    ['title: [\n', /is not YAML/],
    ['repository: not-a-url\n', /repository/],
  ])('a file with %j is refused with its path', (text, message) => {
    const path = config(text);
    expect(() => readSettings(['--config', path])).toThrow(message);
    expect(() => readSettings(['--config', path])).toThrow(path);
  });
});
