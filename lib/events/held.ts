/** What can be let go of and read again. */
interface Releasable {
  release(): void;
}

/** Lets only the last `most` of its members keep what they read: the longest held one lets go for each new one. */
export class Held {
  private readonly ring: Releasable[] = [];
  private at = 0;

  constructor(private readonly most: number) {}

  hold(member: Releasable): void {
    this.ring[this.at]?.release();
    this.ring[this.at] = member;
    this.at = (this.at + 1) % this.most;
  }
}
