/** Which searches run over which events, and in which thread. */
import type { EventsDone, SearchFacts } from './part.ts';
import type { SearchJob } from './scan.ts';

/** Searches with the events that all threads picked for them. */
export function jobsOf(first: readonly EventsDone[]): SearchJob[] {
  const { picked, searches } = first[0]!;
  return searches.flatMap(({ whole, silent }, search): SearchJob[] => {
    const own = picked[search];
    if (own === undefined) return [{ search, events: 'whole' }];
    const files = own.map((_, file) => together(first.map((one) => one.picked[search]![file]!)));
    const any = files.some((numbers) => numbers.length > 0);
    if (!any && silent) return [];
    return [{ search, events: whole && any ? 'whole' : files }];
  });
}

function together(lists: readonly Uint32Array[]): Uint32Array {
  if (lists.length === 1) return lists[0]!;
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
}

/** Events that a search runs over. */
function sizeOf({ events }: SearchJob, seen: number): number {
  return events === 'whole' ? seen : events.reduce((sum, { length }) => sum + length, 0);
}

/** Events of several jobs, each counted once. */
class Union {
  private readonly places = new Set<number>();

  get size(): number {
    return this.places.size;
  }

  /** Adds the events of a job if there are no more than `most` then; whether it did. */
  add({ events }: SearchJob, most: number): boolean {
    if (events === 'whole') return false;
    const fresh: number[] = [];
    for (const [file, numbers] of events.entries()) {
      for (const number of numbers) {
        const place = file * 2 ** 32 + number;
        if (!this.places.has(place)) fresh.push(place);
      }
      if (this.size + fresh.length > most) return false;
    }
    for (const place of fresh) this.places.add(place);
    return true;
  }
}

/** Searches whose events, together with those of the searches before, are at most `most`; those that need fewest come first. */
export function fitting(
  all: readonly SearchJob[],
  seen: number,
  most: number,
): { jobs: SearchJob[]; left: SearchJob[] } {
  if (seen <= most) return { jobs: [...all], left: [] };
  const held = new Union();
  const bySize = all.map((job) => ({ job, size: sizeOf(job, seen) })).sort((a, b) => a.size - b.size);
  const fits = new Set(
    bySize.filter(({ job, size }) => size <= most && held.add(job, most)).map(({ job }) => job),
  );
  return { jobs: all.filter((job) => fits.has(job)), left: all.filter((job) => !fits.has(job)) };
}

/**
 * Jobs by thread, in their order, evenly by events. All of a rule's go to one thread, which tells them in their order.
 * Fewer threads get some where all of them together would hold more than `most` events.
 */
export function divided(
  jobs: readonly SearchJob[],
  searches: readonly SearchFacts[],
  threads: number,
  seen: number,
  most: number,
): SearchJob[][] {
  for (let count = threads; count > 1; count -= 1) {
    const shares = evenly(jobs, searches, count, seen);
    if (seen * count <= most || heldBy(shares, seen, most) <= most) return shares;
  }
  return [[...jobs]];
}

/** Events that threads hold together: an event counts for each that holds it. */
function heldBy(shares: readonly SearchJob[][], seen: number, most: number): number {
  let held = 0;
  for (const share of shares) {
    const union = new Union();
    held += share.every((job) => union.add(job, most)) ? union.size : seen;
    if (held > most) break;
  }
  return held;
}

/** What a search costs beside its events, in events. */
const COST_OF_A_SEARCH = 500;

function evenly(
  jobs: readonly SearchJob[],
  searches: readonly SearchFacts[],
  count: number,
  seen: number,
): SearchJob[][] {
  const byRule = new Map<number, { jobs: SearchJob[]; cost: number }>();
  for (const job of jobs) {
    const { rule } = searches[job.search]!;
    const group = byRule.get(rule) ?? { jobs: [], cost: 0 };
    byRule.set(rule, group);
    group.jobs.push(job);
    group.cost += sizeOf(job, seen) + COST_OF_A_SEARCH;
  }
  const shares = Array.from({ length: count }, () => ({ jobs: new Set<SearchJob>(), cost: 0 }));
  for (const group of [...byRule.values()].sort((a, b) => b.cost - a.cost)) {
    const least = shares.reduce((best, share) => (share.cost < best.cost ? share : best));
    for (const job of group.jobs) least.jobs.add(job);
    least.cost += group.cost;
  }
  return shares.map((share) => jobs.filter((job) => share.jobs.has(job)));
}
