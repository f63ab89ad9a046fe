import type { ScanProgress } from './report.ts';

const ORDER: readonly ScanProgress['step'][] = ['preparing', 'events', 'picking', 'searches'];

/** How far a scan over several threads has come: the step of the one that is furthest behind. */
export class PartsProgress {
  private all: (ScanProgress | undefined)[];

  constructor(parts: number) {
    this.all = Array.from({ length: parts }, () => undefined);
  }

  /** A new step, in which only the first `parts` take part. */
  begin(parts: number): void {
    this.all = Array.from({ length: parts }, () => undefined);
  }

  /** The progress of all, now that one has come to this. */
  at(part: number, progress: ScanProgress): ScanProgress {
    this.all[part] = progress;
    const known = this.all.filter((one) => one !== undefined);
    const step = ORDER.find((each) => known.some((one) => one.step === each))!;
    const there = known.filter((one) => one.step === step);
    const events = there.reduce((sum, one) => sum + one.events, 0);
    // Each of them has searches of its own; the rest all of them do from its beginning to its end.
    if (step === 'searches') return { step, ...sums(there), events };
    const { total } = there[0]!;
    const beyond = (known.length - there.length) * total;
    const done = there.reduce((sum, one) => sum + one.done, beyond) / this.all.length;
    return { step, done: Math.floor(done), total, events };
  }
}

function sums(all: readonly ScanProgress[]): Pick<ScanProgress, 'done' | 'total'> {
  return {
    done: all.reduce((sum, one) => sum + one.done, 0),
    total: all.reduce((sum, one) => sum + one.total, 0),
  };
}
