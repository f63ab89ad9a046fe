import type { IdList } from './id-list.ts';

/** Longer values seldom come again and would take much memory. */
const LONGEST = 4096;
const FEWEST_ENTRIES = 256;
const MOST_ENTRIES = 16_384;
/** Entries that a value may have: few values have to give way to others then until all are taken. */
const WAYS = 4;
const FEWEST_BYTES = 1 << 14;
/** All values kept of one field. */
const MOST_BYTES = 4 << 20;

/**
 * What was found for values that come again, told by their bytes: a value that is known is never made into a text. It is
 * kept when it comes for the second time: of values that never come again a number is noted, and nothing else.
 */
export class KeptBytes {
  private hashes = new Int32Array(0);
  private starts = new Int32Array(0);
  private lengths = new Int32Array(0);
  private found: (IdList | undefined)[] = [];
  private noted = 0;
  private bytes = new Uint8Array(0);
  private view = new DataView(this.bytes.buffer);
  private used = 0;
  private entry = 0;
  private turn = 0;
  /** The value that was looked for last and not found came before. */
  metBefore = false;

  /** @param manner how the bytes are read: see `Shape` */
  find(given: DataView, start: number, end: number, manner: number): IdList | undefined {
    const length = end - start;
    if (length > LONGEST) {
      this.metBefore = false;
      return undefined;
    }
    const hash = hashOf(given, start, end, manner);
    const { hashes, lengths, starts } = this;
    let first = hash & (hashes.length - 1) & -WAYS;
    for (let entry = first; entry < first + WAYS; entry += 1) {
      if (hashes[entry] !== hash) continue;
      const found = this.found[entry];
      if (
        found !== undefined &&
        lengths[entry] === length &&
        this.isAt(starts[entry]!, given, start, length, manner)
      )
        return found;
      this.entry = entry;
      this.metBefore = true;
      return undefined;
    }
    this.metBefore = false;
    if (this.noted >= hashes.length && hashes.length < MOST_ENTRIES) {
      this.enlarge();
      first = hash & (this.hashes.length - 1) & -WAYS;
    }
    const own = this.entryToGive(first);
    this.hashes[own] = hash;
    this.found[own] = undefined;
    this.noted += 1;
    return undefined;
  }

  /** One that is free, or else one whose value came but once, or else any. */
  private entryToGive(first: number): number {
    for (let entry = first; entry < first + WAYS; entry += 1) if (this.hashes[entry] === 0) return entry;
    this.turn += 1;
    for (let i = 0; i < WAYS; i += 1) {
      const entry = first + ((this.turn + i) % WAYS);
      if (this.found[entry] === undefined) return entry;
    }
    return first + (this.turn % WAYS);
  }

  /** Of the value that was looked for last. */
  keep(given: DataView, start: number, end: number, manner: number, found: IdList): IdList {
    const length = end - start;
    const copy = found.copy();
    if (this.used + length + 8 > this.bytes.length && !this.grow(length)) return copy;
    const { bytes, view, used, entry } = this;
    bytes[used] = manner;
    let at = 0;
    for (; at + 4 <= length; at += 4) view.setInt32(used + 1 + at, given.getInt32(start + at, true), true);
    for (; at < length; at += 1) bytes[used + 1 + at] = given.getUint8(start + at);
    this.starts[entry] = used;
    this.lengths[entry] = length;
    this.found[entry] = copy;
    this.used += length + 1;
    return copy;
  }

  private isAt(own: number, given: DataView, start: number, length: number, manner: number): boolean {
    const { view, bytes } = this;
    if (bytes[own] !== manner) return false;
    let at = 0;
    for (; at + 4 <= length; at += 4)
      if (view.getInt32(own + 1 + at, true) !== given.getInt32(start + at, true)) return false;
    for (; at < length; at += 1) if (bytes[own + 1 + at] !== given.getUint8(start + at)) return false;
    return true;
  }

  /** More entries; the values kept stay so. */
  private enlarge(): void {
    const { hashes, starts, lengths, found } = this;
    const size = Math.max(FEWEST_ENTRIES, hashes.length * 4);
    this.hashes = new Int32Array(size);
    this.starts = new Int32Array(size);
    this.lengths = new Int32Array(size);
    this.found = new Array<IdList | undefined>(size).fill(undefined);
    this.noted = 0;
    for (const [entry, hash] of hashes.entries()) {
      if (hash === 0) continue;
      const own = this.entryToGive(hash & (size - 1) & -WAYS);
      this.hashes[own] = hash;
      this.starts[own] = starts[entry]!;
      this.lengths[own] = lengths[entry]!;
      this.found[own] = found[entry];
      this.noted += 1;
    }
  }

  /** Room for a value of this length. False: there is none, so that all is given up. */
  private grow(length: number): boolean {
    const size = Math.max(FEWEST_BYTES, this.bytes.length * 2, length + 8);
    if (size > MOST_BYTES) {
      this.found.fill(undefined);
      this.used = 0;
      return false;
    }
    const bytes = new Uint8Array(size);
    bytes.set(this.bytes);
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
    return true;
  }
}

/** Of every byte: values of a log often differ in a few digits. Never 0, which stands for an empty entry. */
function hashOf(view: DataView, start: number, end: number, manner: number): number {
  let hash = (end - start) ^ (manner << 24);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x2c1b3c6d);
    hash ^= hash >>> 15;
  }
  for (; at < end; at += 1) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) | (1 << 31);
}
