import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contentFolder } from '../../content/test-folder.ts';
import { downloader } from './download.ts';

it('keeps what it got, and asks once', async () => {
  const folder = join(contentFolder({}), 'kept');
  let asked = 0;
  const get = async () => {
    asked += 1;
    return new Response('events');
  };
  const [first, second] = await Promise.all(
    [0, 1].map(() => downloader(folder, get)('https://example.test/a')),
  );
  expect(first).toEqual(second);
  const one = downloader(folder, get);
  const again = await one('https://example.test/a');
  await one('https://example.test/a');
  expect('path' in again && readFileSync(again.path, 'utf8')).toBe('events');
  expect(asked).toBeLessThanOrEqual(2);
});

it('says what an address answered and leaves no half of a file', async () => {
  const folder = join(contentFolder({}), 'kept');
  const gone = downloader(folder, async () => new Response('', { status: 404, statusText: 'Not Found' }));
  expect(await gone('https://example.test/a')).toEqual({
    failure: 'https://example.test/a answered 404 Not Found',
  });
  const broken = downloader(folder, async () => {
    throw new Error('no route');
  });
  expect(await broken('https://example.test/b')).toEqual({
    failure: 'https://example.test/b could not be fetched (no route)',
  });
  const torn = downloader(
    folder,
    async () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('half'));
            controller.error(new Error('cut'));
          },
        }),
      ),
  );
  expect(await torn('https://example.test/c')).toMatchObject({ failure: expect.stringContaining('cut') });
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
});
