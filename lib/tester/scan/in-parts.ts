import type { EventsDone, PartCall, ScanPart } from './part.ts';
import { PartsProgress } from './parts-progress.ts';
import type { ScanReport, ScanUpdate, Unasked } from './report.ts';
import type { SearchResults } from './scan.ts';
import { divided, fitting, jobsOf } from './share-jobs.ts';

export interface InPartsOptions {
  onUpdate?: (update: ScanUpdate) => void;
  signal?: AbortSignal | undefined;
  /**
   * Most events held at once for the searches, by all threads together, once all were seen; a search that needs more is
   * not asked. Default all.
   */
  mostKept?: (seen: number) => number;
}

/** How a scan ended; what it found is in its updates. */
export type ScanOutcome = Omit<ScanReport, 'hits'>;

/**
 * A scan over one or more threads: events are shared out among them by blocks, then searches. Looking at events is nearly
 * all of the work, and reading them nearly none, so every thread reads the files for itself. The result is the same for
 * any number. Rejects when a thread does, and ends the others.
 */
export async function scanInParts(
  parts: readonly ScanPart[],
  { onUpdate = () => undefined, signal, mostKept = () => Number.POSITIVE_INFINITY }: InPartsOptions = {},
): Promise<ScanOutcome> {
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted === true) cancel();
  const joint = new PartsProgress(parts.length);
  const call = (part: number): PartCall => ({
    onUpdate: ({ progress, hits }) => onUpdate({ progress: joint.at(part, progress), hits }),
    signal: stop.signal,
  });
  try {
    const of = parts.length;
    const first = await Promise.all(parts.map((part, index) => part.events({ index, of }, call(index))));
    const seen = total(first, 'seen');
    const outcome = {
      unasked: [...first[0]!.unasked],
      notes: first[0]!.notes,
      counts: { events: seen, found: total(first, 'found') },
      problems: first[0]!.problems,
    };
    if (first.some(({ complete }) => !complete)) return { ...outcome, complete: false };
    const { searches } = first[0]!;
    const most = mostKept(seen);
    const { jobs, left } = fitting(jobsOf(first), seen, most);
    const work = divided(jobs, searches, parts.length, seen, most);
    joint.begin(work.length);
    const newest = newestOf(first);
    const second: SearchResults[] = await Promise.all(
      work.map((own, part) => parts[part]!.searches({ jobs: own, newest }, call(part))),
    );
    const unasked = [
      ...outcome.unasked,
      ...left.map(({ search }) => tooManyEvents(searches[search]!.rule, most)),
      ...second.flatMap((one) => one.unasked),
    ];
    return {
      ...outcome,
      unasked: unasked.sort((a, b) => a.rule - b.rule),
      complete: second.every(({ complete }) => complete),
    };
  } catch (error) {
    cancel();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

const total = (first: readonly EventsDone[], what: 'seen' | 'found'): number =>
  first.reduce((sum, one) => sum + one[what], 0);

function newestOf(first: readonly EventsDone[]): number | null {
  return first.reduce<number | null>(
    (latest, { newest }) => (newest === null ? latest : Math.max(latest ?? newest, newest)),
    null,
  );
}

function tooManyEvents(rule: number, most: number): Unasked {
  const message = `The search needs more events at once than the ${most.toLocaleString('en')} that are held here; scan a smaller log, or use the command line`;
  return { rule, code: 'too-many-events', message };
}
