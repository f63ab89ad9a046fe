import { settleSourceTypes } from '../../events/extract/source-types.ts';
import { keepRecord } from '../../events/kept-record.ts';
import { readEvents } from '../../events/read/read.ts';
import type { EventRecord } from '../../events/record.ts';
import { Pauses } from '../pauses.ts';
import { type FileSummary, fileSummary } from './file-summary.ts';
import type { KeptEvents } from './payload.ts';
import type { SetSummary } from './session.ts';
import { DEFAULT_READ_LIMIT, type EventSource, type ReadLimit } from './source.ts';

/** Records of one source that keep text and fields at hand: of more, a worker would run out of memory. */
const HELD_RECORDS = 100_000;
/** Bytes of a source whose events are all asked what they are. */
const SMALL = 1 << 20;

export interface ReadSourceOptions {
  limit?: ReadLimit;
  onProgress?: (progress: { bytes: number; total: number; events: number }) => void;
  signal?: AbortSignal | undefined;
}

export interface ReadSource {
  records: EventRecord[];
  summary: FileSummary;
  cut: SetSummary['cut'];
}

/** Reads the events of a source, whose content is `blob`. Ends early at the limit or when `signal` says so. */
export async function readSource(
  { name, content: _, events: __, ...metadata }: EventSource,
  blob: Blob,
  { limit = DEFAULT_READ_LIMIT, onProgress = () => undefined, signal }: ReadSourceOptions = {},
): Promise<ReadSource> {
  const records: EventRecord[] = [];
  const stop = new AbortController();
  signal?.addEventListener('abort', () => stop.abort());
  let cut: SetSummary['cut'];
  const stream = readEvents(blob.stream() as ReadableStream<Uint8Array>, {
    name,
    ...metadata,
    signal: stop.signal,
    held: HELD_RECORDS,
    sourceTypes: blob.size <= SMALL ? 'stated' : 'all',
    onProgress: ({ bytes, records: events }) => onProgress({ bytes, total: blob.size, events }),
  });
  const pauses = new Pauses();
  for await (const batch of stream) {
    for (const record of batch) {
      if (records.length >= limit.events) break;
      records.push(record);
    }
    await pauses.take();
    if (signal?.aborted === true) cut = 'cancelled';
    else if (records.length >= limit.events) cut = 'events';
    else if (stream.summary.counts.bytes >= limit.bytes) cut = 'bytes';
    if (cut !== undefined) {
      stop.abort();
      break;
    }
  }
  const summary = fileSummary(stream.summary, records.length);
  if (blob.size <= SMALL) await settleSourceTypes(records);
  return { records, summary, cut };
}

/** The events of a source as a page may take them instead of reading it; undefined for one too long for that. */
export async function keptEvents(source: EventSource, blob: Blob): Promise<KeptEvents | undefined> {
  if (blob.size > SMALL) return undefined;
  const { records, summary } = await readSource(source, blob);
  return { summary, records: records.map(keepRecord) };
}
