import { loadSourceTypes } from '../extract/source-types.ts';
import { Held } from '../held.ts';
import { LogRecord, type Origin } from '../log-record.ts';
import type {
  EventInput,
  EventRecord,
  EventStream,
  ReadLimits,
  ReadOptions,
  ReadSummary,
} from '../record.ts';
import { chunksOf, concat } from './bytes.ts';
import { compressionOf } from './compression.ts';
import { loadEvtx, mayBeEvtx } from './evtx/format.ts';
import { FileReader } from './file.ts';
import type { Inflater, InflateSink } from './inflate.ts';

export const DEFAULT_LIMITS: ReadLimits = {
  recordBytes: 32 << 20,
  inflatedBytes: 4 * 2 ** 30,
  inflateRatio: 200,
  members: 10_000,
  skippedKept: 1_000,
};

/** Compressed input goes in by pieces of this size, so that one batch stays a few megabytes. */
const COMPRESSED_PIECE = 64 << 10;

function emptySummary(): ReadSummary {
  const counts = { bytes: 0, records: 0, skipped: 0, skippedBytes: 0 };
  return { format: '', alsoFormats: [], counts, warnings: [], skipped: [] };
}

/** Where decompressed bytes go: one reader per file. */
class Intake implements InflateSink {
  private reader: FileReader | undefined;
  private readonly warned = new Map<string, number>();
  private batch: EventRecord[] = [];
  private readonly origin: Origin;
  private name: string | undefined;

  constructor(
    private readonly summary: ReadSummary,
    private readonly options: ReadOptions,
    private readonly limits: ReadLimits,
  ) {
    this.name = options.name;
    const { host, source, sourcetype, index, eventtype, held } = options;
    this.origin = {
      host,
      source,
      sourcetype,
      index,
      eventtype,
      warn: (diagnostic) => this.warn(diagnostic),
      held: held === undefined ? undefined : new Held(held),
    };
  }

  begin(member: string | undefined): void {
    this.name = member ?? this.options.name?.replace(/\.gz$/i, '');
    const origin: Origin = { ...this.origin, name: this.name };
    this.reader = new FileReader(
      (piece) => this.batch.push(new LogRecord(this.summary.counts.records++, piece, origin)),
      this.summary,
      this.warned,
      this.limits,
      member,
    );
  }

  data(bytes: Uint8Array): void {
    this.reader?.push(bytes);
  }

  end(): void {
    this.reader?.end();
  }

  fail(code: string, message: string, member: string | undefined): void {
    const path = member ?? this.options.name;
    this.summary.warnings.push({ code, severity: 'error', message, ...(path === undefined ? {} : { path }) });
  }

  take(): EventRecord[] {
    const taken = this.batch;
    this.batch = [];
    return taken;
  }

  private warn(diagnostic: Parameters<FileReader['warn']>[0]): void {
    this.reader?.warn(diagnostic);
  }
}

/**
 * Reads events from bytes: any format in `FORMATS`, plain, gzipped or in a zip. Streams, with at most one record and
 * one chunk held at a time. Never throws for what the bytes hold (see `EventStream`).
 */
export function readEvents(input: EventInput, options: ReadOptions = {}): EventStream {
  const summary = emptySummary();
  return { summary, [Symbol.asyncIterator]: () => batches(input, options, summary) };
}

async function* batches(
  input: EventInput,
  options: ReadOptions,
  summary: ReadSummary,
): AsyncGenerator<readonly EventRecord[]> {
  const limits: ReadLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const intake = new Intake(summary, options, limits);
  const progress = { bytes: 0, records: 0 };
  let inflater: Inflater | undefined;
  let begun = false;
  let held: Uint8Array = new Uint8Array(0);

  const begin = async (head: Uint8Array) => {
    begun = true;
    const compression = compressionOf(head);
    if (compression === undefined) {
      if (mayBeEvtx(head)) await loadEvtx();
      intake.begin(undefined);
      return;
    }
    // What is packed may be anything.
    const [{ gunzip, unzip }] = await Promise.all([import('./inflate.ts'), loadEvtx()]);
    inflater = compression === 'gzip' ? gunzip(intake, limits) : unzip(intake, limits);
  };
  const report = () => {
    progress.records = summary.counts.records;
    options.onProgress?.({ ...progress });
  };

  await loadSourceTypes(options.sourceTypes === 'stated' ? options.sourcetype : undefined);
  try {
    for await (const chunk of chunksOf(input)) {
      const bytes: Uint8Array = begun ? chunk : concat(held, chunk);
      held = new Uint8Array(0);
      if (!begun) {
        // Four bytes decide whether the input is compressed.
        if (bytes.length < 4) {
          held = bytes;
          continue;
        }
        await begin(bytes);
      }
      const piece = inflater === undefined ? Math.max(1, bytes.length) : COMPRESSED_PIECE;
      for (let at = 0; at < bytes.length; at += piece) {
        if (options.signal?.aborted === true) {
          summary.warnings.push({
            code: 'read-aborted',
            severity: 'info',
            message: 'Reading was stopped before the end.',
          });
          return;
        }
        const part = bytes.subarray(at, at + piece);
        progress.bytes += part.length;
        if (inflater === undefined) intake.data(part);
        else inflater.push(part, false);
        report();
        const batch = intake.take();
        if (batch.length > 0) yield batch;
        if (inflater?.stopped === true) return;
      }
    }
  } catch (error) {
    const message = `The input could not be read to its end: ${error instanceof Error ? error.message : String(error)}`;
    summary.warnings.push({ code: 'input-error', severity: 'error', message });
  }
  if (!begun) {
    await begin(held);
    if (inflater === undefined) intake.data(held);
    else inflater.push(held, false);
  }
  if (inflater === undefined) intake.end();
  else inflater.push(new Uint8Array(0), true);
  report();
  const rest = intake.take();
  if (rest.length > 0) yield rest;
}

/** Everything at once, for small inputs and tests. */
export async function readAll(
  input: EventInput,
  options: ReadOptions = {},
): Promise<{ records: EventRecord[]; summary: ReadSummary }> {
  const stream = readEvents(input, options);
  const records: EventRecord[] = [];
  for await (const batch of stream) for (const record of batch) records.push(record);
  return { records, summary: stream.summary };
}
