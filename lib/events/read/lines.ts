import { CR, LF } from './bytes.ts';
import type { Framer, Sink } from './format.ts';

/**
 * Cuts bytes into lines, without their line ends, and hands each to `line`. A line longer than the record limit is
 * skipped and said, without ever being held whole.
 */
export class LineFramer implements Framer {
  /** Pieces of a line whose end has not come yet, joined once: joining at each chunk would copy a long line many times. */
  private carried: Uint8Array[] = [];
  private length = 0;
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
    if (this.dropped > 0 || this.length > 0) {
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
    if (this.length > 0 || this.dropped > 0) this.release(0, true);
    this.finish();
  }

  private hold(bytes: Uint8Array): void {
    if (this.dropped > 0) this.dropped += bytes.length;
    else if (this.length + bytes.length > this.sink.limits.recordBytes) {
      this.dropped = this.length + bytes.length;
      this.forget();
    } else if (bytes.length > 0) {
      this.carried.push(bytes);
      this.length += bytes.length;
    }
  }

  private release(lineEnd: number, torn: boolean): void {
    const length = this.dropped > 0 ? this.dropped : this.length;
    if (this.dropped > 0) this.sink.skip(this.offset, length, tooLong(this.sink));
    else this.emit(joined(this.carried, length), this.offset, torn);
    this.offset += length + lineEnd;
    this.forget();
    this.dropped = 0;
  }

  private forget(): void {
    this.carried = [];
    this.length = 0;
  }

  private emit(bytes: Uint8Array, offset: number, torn: boolean): void {
    const end = bytes.length > 0 && bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length;
    if (end > 0 || this.empty) this.line(end === bytes.length ? bytes : bytes.subarray(0, end), offset, torn);
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
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
