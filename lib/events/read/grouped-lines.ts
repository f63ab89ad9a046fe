import { concat, encode } from './bytes.ts';
import type { Framer, Sink } from './format.ts';
import { LineFramer, tooLong } from './lines.ts';

const NEWLINE = encode('\n');

/** How lines join into records. */
export interface Grouping {
  /** True for a line that begins a record. */
  starts(line: Uint8Array): boolean;
  /** Why lines before the first start cannot be read. Absent: they are records of their own. */
  orphanReason?: string;
}

/** Records of several lines: each begins at a line that `starts`, and takes the lines up to the next one. */
export function groupedLines(sink: Sink, base: number, grouping: Grouping): Framer {
  let parts: Uint8Array[] = [];
  let length = 0;
  let start = 0;
  let open = false;
  const close = () => {
    if (parts.length === 0) return;
    let bytes = parts[0] as Uint8Array;
    if (parts.length > 1) {
      const joined = new Uint8Array(length);
      let at = 0;
      for (const part of parts) {
        joined.set(part, at);
        at += part.length;
        if (at < length) joined.set(NEWLINE, at++);
      }
      bytes = joined;
    }
    if (open || grouping.orphanReason === undefined) sink.record({ offset: start, bytes });
    else sink.orphan(start, bytes, grouping.orphanReason);
    parts = [];
    length = 0;
    open = false;
  };
  return new LineFramer(
    sink,
    base,
    (line, offset) => {
      const starts = grouping.starts(line);
      if (starts || (!open && grouping.orphanReason === undefined)) {
        close();
        open = starts;
        start = offset;
      } else if (length + line.length + 1 > sink.limits.recordBytes) {
        sink.skip(start, length, tooLong(sink));
        parts = [];
        length = 0;
      }
      if (parts.length === 0) start = offset;
      // A view would keep its whole chunk alive for as long as the record waits for its next line.
      parts.push(concat(new Uint8Array(0), line));
      length += line.length + (parts.length > 1 ? 1 : 0);
    },
    close,
  );
}
