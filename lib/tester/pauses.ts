/** Milliseconds of work between two pauses. */
const EVERY = 50;

/**
 * Lets messages come in during long work: where input is at hand faster than it is worked on, awaiting it alone does
 * not, and nobody could cancel.
 */
export class Pauses {
  private last = performance.now();

  /** Waits for what is queued, if the last pause is long enough ago; whether it was. */
  async take(): Promise<boolean> {
    if (performance.now() - this.last < EVERY) return false;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.last = performance.now();
    return true;
  }
}
