import type { ReadSummary } from '../../events/record.ts';

/** How a file was read, as a page tells it. */
export interface FileSummary {
  /** Formats met, in order. */
  format: string;
  events: number;
  /** The first pieces that gave no event. */
  skipped: ReadSummary['skipped'];
  skippedCount: number;
  warnings: string[];
}

/** Skipped pieces of a file that are told one by one. */
const MOST_SKIPPED = 20;

/** Of `events` events that were kept. That a reader broke off is for whoever did so to say. */
export function fileSummary(
  { format, alsoFormats, counts, skipped, warnings }: ReadSummary,
  events: number,
): FileSummary {
  return {
    format: [format, ...alsoFormats].filter(Boolean).join(', '),
    events,
    skipped: skipped.slice(0, MOST_SKIPPED),
    skippedCount: counts.skipped,
    warnings: warnings.filter(({ code }) => code !== 'read-aborted').map(({ message }) => message),
  };
}
