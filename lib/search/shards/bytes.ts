/** Numbers and strings as bytes, and back. Columns of like things stand together: what packs them finds repetition. */

/** The bytes are not a shard that this version of the site can read; they have to be loaded again, or built again. */
export class ShardError extends Error {
  readonly code = 'search-shard-invalid';
}

/** Numbers below this take one byte, those below `TWO` two, any other four. */
const ONE = 192;
const TWO = ONE + 63 * 256;
const LONGEST_SHARED = 255;

export class ByteWriter {
  private bytes = new Uint8Array(1 << 10);
  private length = 0;

  byte(value: number): void {
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = value;
  }

  /** Below 2^24. */
  number(value: number): void {
    if (value < ONE) this.byte(value);
    else if (value < TWO) {
      this.byte(ONE + ((value - ONE) >> 8));
      this.byte((value - ONE) & 255);
    } else {
      if (value >= 1 << 24) throw new RangeError(`${value} is more than a shard can hold.`);
      this.byte(255);
      for (const shift of [16, 8, 0]) this.byte((value >> shift) & 255);
    }
  }

  raw(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.bytes.length) this.grow(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Lengths first, then all texts as one. */
  strings(list: readonly string[]): void {
    this.number(list.length);
    for (const { length } of list) this.number(length);
    const text = new TextEncoder().encode(list.join(''));
    this.number(text.length);
    this.raw(text);
  }

  /** For strings that mostly are in order: how many characters each shares with the one before it, then the rest of each. */
  sortedStrings(list: readonly string[]): void {
    let before = '';
    const rests = list.map((text) => {
      const shared = sharedStart(before, text);
      before = text;
      this.byte(shared);
      return text.slice(shared);
    });
    this.strings(rests);
  }

  finished(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }

  private grow(by: number): void {
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.length + by));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

function sharedStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length, LONGEST_SHARED);
  let shared = 0;
  while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
  // Half of a character cannot be written.
  if (shared > 0 && (a.charCodeAt(shared - 1) & 0xfc00) === 0xd800) shared--;
  return shared;
}

export class ByteReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  byte(): number {
    if (this.at >= this.bytes.length) throw new ShardError('The search shard ends too early.');
    return this.bytes[this.at++]!;
  }

  number(): number {
    const first = this.byte();
    if (first < ONE) return first;
    if (first < 255) return ONE + ((first - ONE) << 8) + this.byte();
    return (this.byte() << 16) | (this.byte() << 8) | this.byte();
  }

  raw(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new ShardError('The search shard ends too early.');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  strings(): string[] {
    const lengths = Array.from({ length: this.number() }, () => this.number());
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.raw(this.number()));
    let at = 0;
    return lengths.map((length) => {
      at += length;
      return text.slice(at - length, at);
    });
  }

  sortedStrings(count: number): string[] {
    const shared = this.raw(count);
    let before = '';
    return this.strings().map((rest, at) => {
      before = before.slice(0, shared[at]) + rest;
      return before;
    });
  }
}
