import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contentFolder } from '../../content/test-folder.ts';
import { locate } from './locate.ts';

const root = contentFolder({
  'samples/a.log': 'x',
  'samples/pointer.log': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
});
const mirror = contentFolder({ 'datasets/T1/a b.log': 'x', 'T2/c.log': 'x' });
const host = 'https://media.githubusercontent.com/media/splunk/attack_data/master/datasets';

async function where(data: string, options: Partial<Parameters<typeof locate>[1]> = {}): Promise<string> {
  const found = await locate({ data }, { root, ...options });
  return 'path' in found ? found.path : found.missing.code;
}

it('finds files of the content folder and nothing outside it', async () => {
  expect(await where('samples/a.log')).toBe(join(root, 'samples/a.log'));
  expect(await where('samples/b.log')).toBe('not-found');
  expect(await where('samples')).toBe('not-found');
  expect(await where('../../etc/passwd')).toBe('outside');
  expect(await where('/etc/passwd')).toBe('outside');
  expect(await where('.')).toBe('outside');
});

it('maps addresses of attack_data to a copy, with and without datasets/', async () => {
  expect(await where(`${host}/T1/a%20b.log`, { mirror })).toBe(join(mirror, 'datasets/T1/a b.log'));
  expect(await where(`${host}/T2/c.log`, { mirror })).toBe(join(mirror, 'T2/c.log'));
  for (const address of [
    'https://raw.githubusercontent.com/splunk/attack_data/master/datasets/T2/c.log',
    'https://raw.githubusercontent.com/splunk/attack_data/refs/heads/main/datasets/T2/c.log',
    'https://github.com/splunk/attack_data/raw/master/datasets/T2/c.log',
    'https://media.githubusercontent.com/media/splunk/attack_data/some-branch/datasets/T2/c.log',
  ]) {
    expect(await where(address, { mirror }), address).toBe(join(mirror, 'T2/c.log'));
  }
  expect(await where('attack_data/datasets/T2/c.log', { mirror })).toBe(join(mirror, 'T2/c.log'));
  expect(await where('regression_data/T2/c.log', { mirror })).toBe(join(mirror, 'T2/c.log'));
  expect(await where(`${host}/../../../../etc/passwd`, { mirror })).toBe('not-fetched');
  expect(await where(`${host}/T9/z.log`, { mirror })).toBe('not-fetched');
});

it('fetches only when it may, and says what came of it', async () => {
  expect(await where('https://example.test/x.log')).toBe('not-fetched');
  const got = join(root, 'samples/a.log');
  expect(await where('https://example.test/x.log', { download: async () => ({ path: got }) })).toBe(got);
  expect(await where('https://example.test/x.log', { download: async () => ({ failure: 'no' }) })).toBe(
    'fetch-failed',
  );
});

it('does not take a Git LFS pointer for events', async () => {
  expect(await where('samples/pointer.log')).toBe('lfs-pointer');
});
