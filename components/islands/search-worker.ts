/** The worker of the search: loads the index in parts and answers queries, away from the page. */
import type { FromSearchWorker, ToSearchWorker } from '../../lib/search/protocol.ts';
import { SearchSession } from '../../lib/search/session.ts';
import { messageOf } from '../../lib/text/message-of.ts';

const scope = self as unknown as {
  postMessage(message: FromSearchWorker): void;
  addEventListener(type: 'message', listen: (event: MessageEvent<ToSearchWorker>) => void): void;
  location: Location;
};

// The site may lie below a path; assets lie at its top.
const base = new URL(scope.location.href).pathname.replace(/\/assets\/[^/]*$/, '');

/** Milliseconds without a message: a letter follows another sooner, or waits for a few more of these. */
const PAUSE = 15;
const inAPause = (work: () => void): void => void setTimeout(work, PAUSE);

const session = new SearchSession(async (tier, { fresh }) => {
  // Names of shards stay; the host says whether what the browser has is still current.
  const response = await fetch(`${base}/search/${tier}.bin`, { cache: fresh ? 'reload' : 'no-cache' }).catch(
    () => {
      throw new Error('The search index could not be reached. Are you offline?');
    },
  );
  if (!response.ok) throw new Error(`A part of the search index could not be loaded (${response.status}).`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Shards are packed once, by the build: hosts differ in what they pack. One that says it is gzip is unpacked already.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}, inAPause);

// Before the first query comes, which tells what fails here.
session.prepare().catch(() => undefined);

const post = (message: FromSearchWorker) => scope.postMessage(message);

scope.addEventListener('message', async ({ data }) => {
  const { id } = data;
  try {
    if (data.kind === 'query')
      await session.query(data.text, data.limit, (answer) => post({ kind: 'answer', id, answer }));
    else if (data.kind === 'all') {
      const found = await session.all(data.text);
      if (found !== undefined) post({ kind: 'all', id, found });
    } else post({ kind: 'completions', id, completions: await session.complete(data.text, data.caret) });
  } catch (error) {
    post({ kind: 'failure', id, message: messageOf(error) });
  }
});
