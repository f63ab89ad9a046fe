/**
 * Which of some long literals a text has, found without looking at every letter (Wu and Manber, "A fast algorithm for
 * multi-pattern searching", 1994): four letters say how far on the next literal can end at the soonest.
 */
import type { IdList } from './id-list.ts';
import { type Letters, TextLetters } from './letters.ts';

/** Letters looked at together. */
const BLOCK = 4;
const SPREAD = 0x9e3779b1;
const MOST_BITS = 16;
const FARTHEST = 255;

/** The shortest literal for which skipping is worth it. */
export const SHORTEST_SKIPPED = 8;

export class SkipSearch<Literal extends { text: string; id: number }> {
  /** Letters of each literal that decide: as many as the shortest has. */
  private readonly window: number;
  private readonly shift: number;
  /** By hash of a block: how many letters a literal's window ends behind it at the soonest. */
  private readonly jumps: Uint8Array;
  /** By hash of a block: the literals whose window ends in it. */
  private readonly ending = new Map<number, number[]>();

  /** @param stands whether a literal, by its position, stands at a place of the text */
  constructor(
    private readonly literals: readonly Literal[],
    private readonly stands: (literal: number, letters: Letters, start: number) => boolean,
  ) {
    this.window = Math.min(FARTHEST, ...literals.map(({ text }) => text.length));
    const blocks = literals.length * (this.window - BLOCK + 1);
    const bits = Math.min(MOST_BITS, Math.max(10, Math.ceil(Math.log2(blocks * 8))));
    this.shift = 32 - bits;
    this.jumps = new Uint8Array(1 << bits).fill(this.window - BLOCK + 1);
    const letters = new TextLetters();
    for (const [at, { text }] of literals.entries()) {
      letters.take(text);
      for (let end = BLOCK - 1; end < this.window; end += 1) {
        const hash = this.hashOf(letters, end);
        this.jumps[hash] = Math.min(this.jumps[hash]!, this.window - 1 - end);
      }
      const last = this.hashOf(letters, this.window - 1);
      this.ending.set(last, [...(this.ending.get(last) ?? []), at]);
    }
  }

  find(letters: Letters, hits: IdList): void {
    const { jumps, window } = this;
    const { length } = letters;
    let end = window - 1;
    while (end < length) {
      const hash = this.hashOf(letters, end);
      const jump = jumps[hash]!;
      if (jump > 0) {
        end += jump;
        continue;
      }
      const start = end - window + 1;
      for (const literal of this.ending.get(hash)!)
        if (this.stands(literal, letters, start)) hits.add(this.literals[literal]!.id);
      end += 1;
    }
  }

  /** Of the block that ends there. */
  private hashOf(letters: Letters, end: number): number {
    return Math.imul(blockAt(letters, end), SPREAD) >>> this.shift;
  }
}

/** The letters that end there. Other letters than ASCII's may make one block. */
const blockAt = (letters: Letters, end: number): number =>
  (letters.codeAt(end - 3) << 24) ^
  (letters.codeAt(end - 2) << 16) ^
  (letters.codeAt(end - 1) << 8) ^
  letters.codeAt(end);
