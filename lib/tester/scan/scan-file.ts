import { readEvents } from '../../events/read/read.ts';
import type { EventInput, Metadata, ReadSummary } from '../../events/record.ts';
import type { ScanFile } from './report.ts';

export interface ScanFileOptions extends Metadata {
  /** Bytes, for progress. */
  size: number;
  /** Gives the bytes, from the first one, as often as it is called. */
  open(): EventInput;
  /** Told of every reading that came to its end, or was broken off. */
  onRead?(summary: ReadSummary): void;
}

/** Bytes in any format that events are read from, as a file of a scan. What breaks off the reading is thrown. */
export function scanFile(name: string, { size, open, onRead, ...metadata }: ScanFileOptions): ScanFile {
  return {
    name,
    size,
    async *read(onBytes, signal, held) {
      const stream = readEvents(open(), {
        name,
        ...metadata,
        signal,
        held,
        onProgress: ({ bytes }) => onBytes(bytes),
      });
      yield* stream;
      onRead?.(stream.summary);
      const broken = stream.summary.warnings.find(({ severity }) => severity === 'error');
      if (broken !== undefined) throw new Error(broken.message);
    },
  };
}
