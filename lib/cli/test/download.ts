import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Gets what an address holds into a file. Never throws. */
export type Download = (url: string) => Promise<{ path: string } | { failure: string }>;

const TIMEOUT_MS = 120_000;
const MOST_BYTES = 2 * 2 ** 30;

/** Downloads into `folder`, once per address: a data set that is published does not change. */
export function downloader(folder: string, get: typeof fetch = fetch): Download {
  const running = new Map<string, ReturnType<Download>>();
  return (url) => {
    const known = running.get(url) ?? download(url, folder, get);
    running.set(url, known);
    return known;
  };
}

async function download(url: string, folder: string, get: typeof fetch): ReturnType<Download> {
  const path = join(folder, createHash('sha256').update(url).digest('hex'));
  if (existsSync(path)) return { path };
  const draft = `${path}.${randomUUID()}.part`;
  try {
    mkdirSync(folder, { recursive: true });
    const response = await get(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok || response.body === null) {
      return { failure: `${url} answered ${response.status} ${response.statusText}`.trimEnd() };
    }
    await pipeline(Readable.from(response.body), atMost(MOST_BYTES), createWriteStream(draft));
    renameSync(draft, path);
    return { path };
  } catch (error) {
    rmSync(draft, { force: true });
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return {
      failure: `${url} could not be fetched (${error instanceof Error ? error.message : error}${cause})`,
    };
  }
}

function atMost(bytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > bytes) done(new Error(`it is larger than ${bytes} bytes`));
      else done(null, chunk);
    },
  });
}
