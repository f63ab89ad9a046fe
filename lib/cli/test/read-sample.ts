import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { readEvents } from '../../events/read/read.ts';
import type { EventRecord } from '../../events/record.ts';
import type { Sample } from '../../tester/index.ts';
import type { Located } from './locate.ts';

/** Reads a test's data as its declaration says: source, sourcetype, index and host are those of the test. */
export async function readSample(located: Located): Promise<Sample> {
  if ('missing' in located) return located;
  const { data, path } = located;
  const { source, sourcetype, index, host } = data;
  const hash = createHash('sha256');
  const stream = readEvents(hashing(createReadStream(path), hash), {
    name: basename(data.data),
    source,
    sourcetype,
    index,
    host,
  });
  const records: EventRecord[] = [];
  for await (const batch of stream) for (const record of batch) records.push(record);
  return { data, records, sha256: hash.digest('hex'), skipped: stream.summary.counts.skipped };
}

async function* hashing(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
