/** What a run may use. A run that meets a limit says so; it never goes on with a part of the truth unmarked. */
export interface Limits {
  /** Wall time of the whole run, subsearches included, in milliseconds. */
  milliseconds: number;
  /** Rows that one stage may put out. */
  rows: number;
  /** Estimated bytes of the columns that the run has made. */
  bytes: number;
  /** Rows that a subsearch hands on to `search`. */
  subsearchRows: number;
  /** Rows that a subsearch hands on to `join` and `append`. */
  joinRows: number;
  /** Searches inside searches. */
  depth: number;
}

/** `subsearchRows` and `joinRows` are Splunk's `[subsearch] maxout` and `[join] subsearch_maxout`. */
export const DEFAULT_LIMITS: Limits = {
  milliseconds: 60_000,
  rows: 5_000_000,
  bytes: 4 * 2 ** 30,
  subsearchRows: 10_000,
  joinRows: 50_000,
  depth: 8,
};

/** Ends a run. Thrown inside the engine and turned into the run's `error` at its edge; no caller ever sees it thrown. */
export class RunStop extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly range?: { start: number; end: number },
  ) {
    super(message);
  }
}

/** Counts down what is left of the limits. */
export class Budget {
  private readonly started: number;
  private bytes = 0;

  constructor(
    readonly limits: Limits,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.started = clock();
  }

  get elapsed(): number {
    return this.clock() - this.started;
  }

  /** Milliseconds left; never negative. */
  get left(): number {
    return Math.max(0, this.limits.milliseconds - this.elapsed);
  }

  /** To be called between stages and inside long loops (every few thousand rows). */
  checkTime(): void {
    if (this.elapsed > this.limits.milliseconds) {
      throw new RunStop(
        'budget-time',
        `The search was stopped after ${this.limits.milliseconds} ms; give it fewer events or a longer limit`,
      );
    }
  }

  /** Counts new columns: `cells` with a guess for small values, and the characters of texts, which most are a byte each. */
  spend(cells: number, characters = 0): void {
    this.bytes += cells * 8 + characters;
    if (this.bytes > this.limits.bytes) {
      throw new RunStop(
        'budget-memory',
        `The search was stopped because its rows need more than ${Math.round(this.limits.bytes / 2 ** 20)} MiB`,
      );
    }
  }

  checkRows(rows: number, what: string): void {
    if (rows > this.limits.rows) {
      throw new RunStop(
        'budget-rows',
        `${what} would give more than ${this.limits.rows} rows; narrow the search before it`,
      );
    }
  }
}
