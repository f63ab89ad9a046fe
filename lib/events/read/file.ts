/** One file out of an input: its encoding and format found from its first bytes, its pieces handed on in order. */

import type { Diagnostic } from '../../text/diagnostic.ts';
import type { ReadLimits, ReadSummary } from '../record.ts';
import { concat, decode } from './bytes.ts';
import { encodingOf, toUtf8 } from './encoding.ts';
import type { Format, Framer, Head, Piece, Sink } from './format.ts';
import { FORMATS, recognise } from './formats.ts';

const HEAD = 64 << 10;
/** Bytes of another format are looked at in runs of at most this length. */
const RUN = 4 << 20;
/** Most warnings of one code that are kept; beyond, a last one counts the rest. */
const WARNINGS_KEPT = 20;

export function headOf(bytes: Uint8Array, whole: boolean): Head {
  const text = decode(bytes.subarray(0, HEAD)).replace(/^[\ufeff\s]+/, '');
  return { bytes, text, whole };
}

interface Orphan {
  offset: number;
  bytes: Uint8Array;
  reason: string;
}

export class FileReader {
  private head: Uint8Array = new Uint8Array(0);
  private framer: Framer | undefined;
  private format: Format | undefined;
  private convert = toUtf8('utf-8');
  private orphans: Orphan[] = [];
  private orphanBytes = 0;
  private offset = 0;

  constructor(
    private readonly emit: (piece: Piece) => void,
    private readonly summary: ReadSummary,
    private readonly warned: Map<string, number>,
    private readonly limits: ReadLimits,
    private readonly member: string | undefined,
  ) {}

  push(bytes: Uint8Array): void {
    if (this.framer !== undefined) {
      this.feed(this.convert.push(bytes));
      return;
    }
    this.head = concat(this.head, bytes);
    if (this.head.length >= HEAD) this.start(false);
  }

  end(): void {
    if (this.framer === undefined) this.start(true);
    this.feed(this.convert.end());
    this.framer?.end();
    this.settle();
  }

  warn(diagnostic: Diagnostic): void {
    const code = diagnostic.code;
    const times = (this.warned.get(code) ?? 0) + 1;
    this.warned.set(code, times);
    if (times > WARNINGS_KEPT + 1) return;
    const path = this.member === undefined ? {} : { path: this.member };
    const message =
      times > WARNINGS_KEPT ? `More of these follow (${code}); they are not listed.` : diagnostic.message;
    this.summary.warnings.push({ ...path, ...diagnostic, message });
  }

  private feed(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.summary.counts.bytes += bytes.length;
    this.offset += bytes.length;
    this.framer?.push(bytes);
  }

  private start(whole: boolean): void {
    const encoding = encodingOf(this.head);
    this.convert = toUtf8(encoding);
    if (encoding !== 'utf-8') {
      this.warn({
        code: 'text-transcoded',
        severity: 'info',
        message: `The file is ${encoding.toUpperCase()} text; offsets count bytes of the same text in UTF-8.`,
      });
    }
    const bytes = this.convert.push(this.head);
    this.head = new Uint8Array(0);
    const format = recognise(headOf(bytes, whole));
    if (format === undefined) {
      this.framer = unreadable(
        this.sink(),
        bytes.length === 0 ? '' : 'The content is in no format that is known.',
      );
    } else {
      this.format = format;
      this.name(format);
      this.framer = format.open(this.sink(), 0);
    }
    this.feed(bytes);
  }

  private name(format: Format): void {
    if (this.summary.format === '') this.summary.format = format.name;
    else if (this.summary.format !== format.name && !this.summary.alsoFormats.includes(format.name)) {
      this.summary.alsoFormats.push(format.name);
    }
  }

  private sink(): Sink {
    return {
      limits: this.limits,
      record: (piece) => {
        if (this.orphans.length > 0) this.settle();
        this.emit(piece);
      },
      orphan: (offset, bytes, reason) => {
        this.orphans.push({ offset, bytes, reason });
        this.orphanBytes += bytes.length;
        if (this.orphanBytes > RUN) this.settle();
      },
      skip: (offset, length, reason) => this.skip(offset, length, reason),
      warn: (diagnostic) => this.warn(diagnostic),
    };
  }

  private skip(offset: number, length: number, reason: string): void {
    this.summary.counts.skipped++;
    this.summary.counts.skippedBytes += length;
    if (this.summary.skipped.length >= this.limits.skippedKept) return;
    this.summary.skipped.push({
      ...(this.member === undefined ? {} : { member: this.member }),
      offset,
      length,
      reason,
    });
  }

  /** Bytes that the file's format refused: another format may read them, such as XML events among JSON lines. */
  private settle(): void {
    const run = this.orphans;
    this.orphans = [];
    this.orphanBytes = 0;
    if (run.length === 0) return;
    const joined = join(run);
    const others = FORMATS.filter((format) => format !== this.format);
    const format = recognise(headOf(joined.bytes, true), others, 50);
    if (format === undefined) {
      for (const { offset, bytes, reason } of run) this.skip(offset, bytes.length, reason);
      return;
    }
    this.name(format);
    const sink: Sink = {
      ...this.sink(),
      record: (piece) => this.emit(piece),
      orphan: (offset, bytes, reason) => this.skip(offset, bytes.length, reason),
    };
    const framer = format.open(sink, joined.offset);
    framer.push(joined.bytes);
    framer.end();
  }
}

/** Joins a run with line ends in its gaps, so that offsets inside stay what they were. */
function join(run: Orphan[]): { offset: number; bytes: Uint8Array } {
  const first = run[0] as Orphan;
  if (run.length === 1) return first;
  let length = 0;
  const places: number[] = [];
  for (const [at, { offset, bytes }] of run.entries()) {
    const exact = offset - first.offset;
    const place = at === 0 ? 0 : exact > length && exact - length < 4096 ? exact : length + 1;
    places.push(place);
    length = place + bytes.length;
  }
  const joined = new Uint8Array(length).fill(0x0a);
  for (const [at, { bytes }] of run.entries()) joined.set(bytes, places[at]);
  return { offset: first.offset, bytes: joined };
}

/** Takes everything and says once that it could not be read. */
function unreadable(sink: Sink, reason: string): Framer {
  let length = 0;
  return {
    push(bytes) {
      length += bytes.length;
    },
    end() {
      if (length > 0) sink.skip(0, length, reason);
    },
  };
}
