/** `.gz` and `.zip`, inflated as they come, within limits: a small file must not be able to fill the memory. */

import { Gunzip, Unzip, UnzipInflate } from 'fflate';
import type { ReadLimits } from '../record.ts';

/** One file out of the input. */
export interface InflateSink {
  /** A new file begins; `member` is its name in a `.zip`. */
  begin(member: string | undefined): void;
  data(bytes: Uint8Array): void;
  end(): void;
  /** Something could not be inflated. `code` is a diagnostic code. */
  fail(code: string, message: string, member: string | undefined): void;
}

export interface Inflater {
  push(bytes: Uint8Array, last: boolean): void;
  /** True once nothing more will come out (a limit was met, or the file is damaged). */
  readonly stopped: boolean;
}

/** Ratios are judged only beyond this much output: a short text of blanks is no bomb. */
const RATIO_FROM = 64 << 20;
/** Input is fed in small pieces, so that one piece of a bomb cannot inflate to hundreds of megabytes at once. */
const FEED = 16 << 10;

class Guard {
  stopped = false;
  input = 0;
  private output = 0;

  constructor(
    private readonly sink: InflateSink,
    private readonly limits: ReadLimits,
  ) {}

  /** Passes bytes on, unless a limit is met. */
  take(bytes: Uint8Array, member: string | undefined): void {
    if (this.stopped || bytes.length === 0) return;
    this.output += bytes.length;
    const ratio = this.output / Math.max(1, this.input);
    if (
      this.output > this.limits.inflatedBytes ||
      (this.output > RATIO_FROM && ratio > this.limits.inflateRatio)
    ) {
      this.fail(
        'inflate-limit',
        `Inflates to more than the limits allow (${this.limits.inflatedBytes} bytes, ratio ${this.limits.inflateRatio}); reading stopped there. Raise the limits if the file is trusted.`,
        member,
      );
      return;
    }
    this.sink.data(bytes);
  }

  fail(code: string, message: string, member: string | undefined): void {
    if (this.stopped) return;
    this.stopped = true;
    this.sink.fail(code, message, member);
  }
}

function feed(
  bytes: Uint8Array,
  last: boolean,
  guard: Guard,
  push: (bytes: Uint8Array, last: boolean) => void,
): void {
  for (let at = 0; !guard.stopped && (at < bytes.length || (last && at === 0)); at += FEED) {
    const piece = bytes.subarray(at, at + FEED);
    guard.input += piece.length;
    push(piece, last && at + FEED >= bytes.length);
  }
}

/**
 * One library for both, in Node and in a browser alike. `DecompressionStream` would be faster, but browsers refuse a
 * `.gz` of several members (what appending to a rotated log gives), and it has no answer for `.zip`.
 */
export function gunzip(sink: InflateSink, limits: ReadLimits): Inflater {
  const guard = new Guard(sink, limits);
  const engine = new Gunzip((bytes) => guard.take(bytes, undefined));
  let begun = false;
  return {
    get stopped() {
      return guard.stopped;
    },
    push(bytes, last) {
      if (!begun) sink.begin(undefined);
      begun = true;
      try {
        feed(bytes, last, guard, (piece, final) => engine.push(piece, final));
      } catch {
        guard.fail(
          'gzip-damaged',
          'The gzip data is damaged or cut short; what was inflated before is read.',
          undefined,
        );
      }
      if (last || guard.stopped) sink.end();
    },
  };
}

export function unzip(sink: InflateSink, limits: ReadLimits): Inflater {
  const guard = new Guard(sink, limits);
  let members = 0;
  let current: string | undefined;
  let open = false;
  const close = () => {
    if (open) sink.end();
    open = false;
  };
  const engine = new Unzip((file) => {
    if (file.name.endsWith('/') || guard.stopped) return;
    if (++members > limits.members) {
      guard.fail(
        'zip-members',
        `The archive has more than ${limits.members} files; the rest is not read.`,
        file.name,
      );
      return;
    }
    if (file.compression !== 0 && file.compression !== 8) {
      sink.fail(
        'zip-method',
        `Compression method ${file.compression} (or encryption) of this member is not supported; pack it with deflate.`,
        file.name,
      );
      return;
    }
    current = file.name;
    file.ondata = (error, bytes, final) => {
      if (guard.stopped) return;
      if (error !== null) {
        sink.fail(
          'zip-damaged',
          'This member is damaged or encrypted; what was inflated before is read.',
          file.name,
        );
        close();
        return;
      }
      if (!open) sink.begin(file.name);
      open = true;
      guard.take(bytes, file.name);
      if (final || guard.stopped) close();
    };
    file.start();
  });
  engine.register(UnzipInflate);
  return {
    get stopped() {
      return guard.stopped;
    },
    push(bytes, last) {
      try {
        feed(bytes, last, guard, (piece, final) => engine.push(piece, final));
      } catch {
        guard.fail(
          'zip-damaged',
          'The zip data is damaged or cut short; what was inflated before is read.',
          current,
        );
      }
      if (guard.stopped) close();
      if (!last) return;
      if (open && !guard.stopped)
        guard.fail('zip-damaged', 'The last member is cut short; what there was of it is read.', current);
      close();
    },
  };
}
