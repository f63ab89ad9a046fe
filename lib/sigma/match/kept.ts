import type { IdList } from './id-list.ts';

/** Shorter values are searched as fast as they are found again. */
const SHORTEST = 12;
/** Longer values seldom come again and would take much memory. */
const LONGEST = 4096;
const FEWEST_SLOTS = 256;
const MOST_SLOTS = 16_384;
/** Letters of a text that its hash is made of. */
const SAMPLES = 12;

/**
 * What was found for values that come again. A value takes one slot, by a hash of some of its letters, and is kept when
 * it comes for the second time: of values that never come again a number is noted, and nothing else.
 */
export class Kept {
  private hashes = new Int32Array(0);
  private texts: (string | undefined)[] = [];
  private found: (IdList | undefined)[] = [];
  private noted = 0;
  private hash = 0;
  /** Of the text that was looked for last and not found: it came before. */
  metBefore = false;

  takes({ length }: string): boolean {
    return length >= SHORTEST && length <= LONGEST;
  }

  find(text: string): IdList | undefined {
    const hash = hashOf(text);
    const slot = hash & (this.hashes.length - 1);
    if (this.texts[slot] === text) return this.found[slot];
    this.hash = hash;
    this.metBefore = this.hashes[slot] === hash;
    if (this.metBefore) return undefined;
    if (this.noted >= this.hashes.length * 2 && this.hashes.length < MOST_SLOTS) this.grow();
    this.hashes[hash & (this.hashes.length - 1)] = hash;
    this.noted += 1;
    return undefined;
  }

  /** Of the text that was looked for last. */
  keep(text: string, found: IdList): IdList {
    const slot = this.hash & (this.hashes.length - 1);
    const copy = found.copy();
    this.texts[slot] = text;
    this.found[slot] = copy;
    return copy;
  }

  private grow(): void {
    const size = Math.max(FEWEST_SLOTS, this.hashes.length * 4);
    this.hashes = new Int32Array(size);
    this.texts = new Array<string | undefined>(size).fill(undefined);
    this.found = new Array<IdList | undefined>(size).fill(undefined);
    this.noted = 0;
  }
}

/** Never 0, which stands for an empty slot. */
function hashOf(text: string): number {
  const { length } = text;
  const step = Math.max(1, Math.floor(length / SAMPLES));
  let hash = length;
  for (let at = length - 1; at >= 0; at -= step) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) | (1 << 31);
}
