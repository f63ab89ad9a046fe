import type { Hit, HitUpdate, ScanProgress, ScanUpdate } from './report.ts';

/** Milliseconds between two updates: partial results come as fast as they can be read. */
const UPDATE_EVERY = 100;

/** Gathers what one thread finds between two updates, and tells each event once. */
export class Updates {
  private readonly fresh = new Set<Hit>();
  /** What was told of a hit. */
  private readonly told = new Map<Hit, { results: number; events: number; eventCount: number }>();
  private last = 0;
  private progress: ScanProgress;

  constructor(
    step: ScanProgress['step'],
    private readonly onUpdate: (update: ScanUpdate) => void,
  ) {
    this.progress = { step, done: 0, total: 0, events: 0 };
  }

  /** A hit that is new, or has more results or events than before. */
  hit(hit: Hit): void {
    this.fresh.add(hit);
  }

  at(progress: ScanProgress): void {
    this.progress = progress;
    const now = performance.now();
    if (now - this.last < UPDATE_EVERY) return;
    this.last = now;
    this.end();
  }

  /** Tells what was not told yet. */
  end(): void {
    this.onUpdate({ progress: this.progress, hits: this.rest() });
  }

  private rest(): HitUpdate[] {
    const hits = [...this.fresh].map((hit): HitUpdate => {
      const told = this.told.get(hit);
      const { results, eventCount } = hit;
      this.told.set(hit, { results, eventCount, events: hit.events.length });
      if (told === undefined) return { ...hit, events: [...hit.events] };
      return {
        rule: hit.rule,
        results: results - told.results,
        events: hit.events.slice(told.events),
        eventCount: eventCount - told.eventCount,
        messages: [],
        rows: [],
      };
    });
    this.fresh.clear();
    return hits;
  }
}
