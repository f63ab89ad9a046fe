import type { Framer, Sink } from './format.ts';
import { joinLines, LineFramer, tooLong } from './lines.ts';

/** How lines join into records. */
export interface Grouping {
  /** True for a line that begins a record. */
  starts(line: Uint8Array): boolean;
  /** Why lines before the first start cannot be read. Absent: they are records of their own. */
  orphanReason?: string;
}

/**
 * Records of several lines: each begins at a line that `starts`, and takes the lines up to the next one, empty lines
 * included where more follows them.
 */
export function groupedLines(sink: Sink, base: number, grouping: Grouping): Framer {
  let parts: Uint8Array[] = [];
  let length = 0;
  let start = 0;
  let open = false;
  const close = () => {
    while (parts.length > 0 && parts[parts.length - 1]?.length === 0) {
      parts.pop();
      length -= 1;
    }
    if (parts.length === 0) return;
    const bytes = parts.length === 1 ? (parts[0] as Uint8Array) : joinLines(parts, length);
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
      if (line.length === 0 && parts.length === 0) return;
      const starts = line.length > 0 && grouping.starts(line);
      if (starts || (line.length > 0 && !open && grouping.orphanReason === undefined)) {
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
      parts.push(line.slice());
      length += line.length + (parts.length > 1 ? 1 : 0);
    },
    close,
    true,
  );
}
