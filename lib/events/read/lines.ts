import { CR, concat, LF } from './bytes.ts';
import type { Framer, Sink } from './format.ts';

const NONE = new Uint8Array(0);

/**
 * Cuts bytes into lines, without their line ends, and hands each to `line`. A line longer than the record limit is
 * skipped and said, without ever being held whole.
 */
export class LineFramer implements Framer {
  private carry: Uint8Array = NONE;
  private dropped = 0;

  constructor(
    private readonly sink: Sink,
    private offset: number,
    private readonly line: (bytes: Uint8Array, offset: number, torn: boolean) => void,
    private readonly finish: () => void = () => undefined,
    /** Whether `line` wants empty lines too. */
    private readonly empty = false,
  ) {}

  push(chunk: Uint8Array): void {
    let from = 0;
    if (this.dropped > 0 || this.carry.length > 0) {
      const end = chunk.indexOf(LF);
      if (end < 0) {
        this.hold(chunk);
        return;
      }
      this.hold(chunk.subarray(0, end));
      this.release(1, false);
      from = end + 1;
    }
    for (;;) {
      const end = chunk.indexOf(LF, from);
      if (end < 0) break;
      this.emit(chunk.subarray(from, end), this.offset, false);
      this.offset += end + 1 - from;
      from = end + 1;
    }
    if (from < chunk.length) this.hold(chunk.subarray(from));
  }

  end(): void {
    if (this.carry.length > 0 || this.dropped > 0) this.release(0, true);
    this.finish();
  }

  private hold(bytes: Uint8Array): void {
    if (this.dropped > 0) this.dropped += bytes.length;
    else if (this.carry.length + bytes.length > this.sink.limits.recordBytes) {
      this.dropped = this.carry.length + bytes.length;
      this.carry = NONE;
    } else this.carry = concat(this.carry, bytes);
  }

  private release(lineEnd: number, torn: boolean): void {
    const length = this.dropped > 0 ? this.dropped : this.carry.length;
    if (this.dropped > 0) this.sink.skip(this.offset, length, tooLong(this.sink));
    else this.emit(this.carry, this.offset, torn);
    this.offset += length + lineEnd;
    this.carry = NONE;
    this.dropped = 0;
  }

  private emit(bytes: Uint8Array, offset: number, torn: boolean): void {
    const end = bytes.length > 0 && bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length;
    if (end > 0 || this.empty) this.line(end === bytes.length ? bytes : bytes.subarray(0, end), offset, torn);
  }
}

export function tooLong(sink: Sink): string {
  return `Longer than the record limit of ${sink.limits.recordBytes} bytes.`;
}

/** Lines as one text again, with line ends between them. `length` is that of the result. */
export function joinLines(lines: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length).fill(LF);
  let at = 0;
  for (const line of lines) {
    joined.set(line, at);
    at += line.length + 1;
  }
  return joined;
}
