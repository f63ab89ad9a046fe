import { concat, decode, find, isBlank, LF, needle, skipBlank, trimEnd } from './bytes.ts';
import type { Format, Framer, Head, Sink } from './format.ts';
import { tooLong } from './lines.ts';

const OPEN = needle('<Event');
const CLOSE = needle('</Event>');
const DOCTYPE = needle('<!DOCTYPE');
/** What may stand before an event on its line without being part of it, or around all events. */
const AROUND = /^(?:[\s",]|\\[nrt]|<\?xml[^>]*\?>|<\/?Events[^>]*>|<!--[\s\S]*?-->|\]|\[)*$/;
/**
 * What a relay puts before the event in its line, part of the record's text: a syslog header, as Sysmon for Linux has
 * one, a time in seconds, or a host's name alone.
 */
const SYSLOG =
  /^(?:(?:<\d{1,3}>)?(?:\d )?(?:[A-Z][a-z]{2} +\d{1,2} |\d{4}-\d\d-\d\dT|\d{10}(?:\.\d+)?[ \t])[^<>]*|[\w.-]+:? )$/;

/**
 * Windows events as XML: one per line, pretty-printed, in an `<Events>` element, or behind a syslog header. Found by
 * their tags alone; the inside is not judged here. Nothing is expanded, a DOCTYPE is stepped over and said.
 */
class XmlEvents implements Framer {
  private held: Uint8Array = new Uint8Array(0);
  private searched = 0;

  constructor(
    private readonly sink: Sink,
    private base: number,
  ) {}

  push(chunk: Uint8Array): void {
    this.held = concat(this.held, chunk);
    this.scan(false);
  }

  end(): void {
    this.scan(true);
  }

  private scan(last: boolean): void {
    const bytes = this.held;
    let at = 0;
    for (;;) {
      const open = openTag(bytes, at);
      if (open < 0) {
        at = this.outside(bytes, at, last);
        break;
      }
      const close = find(bytes, CLOSE, Math.max(open, this.searched));
      const next = openTag(bytes, open + 6, close < 0 ? bytes.length : close);
      if (next >= 0) {
        const start = this.before(bytes, at, open);
        this.torn(bytes, start, lineStart(bytes, start, next));
        at = lineStart(bytes, start, next);
        this.searched = 0;
        continue;
      }
      if (close < 0) {
        if (last) {
          const start = this.before(bytes, at, open);
          this.torn(bytes, start, bytes.length);
          at = bytes.length;
        } else if (bytes.length - open > this.sink.limits.recordBytes) {
          this.sink.skip(this.base + open, bytes.length - open, tooLong(this.sink));
          at = bytes.length;
        } else {
          this.searched = Math.max(open, bytes.length - 8) - at;
          break;
        }
        break;
      }
      const start = this.before(bytes, at, open);
      at = close + CLOSE.bytes.length;
      this.searched = 0;
      this.sink.record({ offset: this.base + start, bytes: bytes.subarray(start, at) });
    }
    this.base += at;
    this.held = bytes.subarray(at);
  }

  /** Deals with what stands before an event; gives where the event's text begins. */
  private before(bytes: Uint8Array, from: number, open: number): number {
    if (open === from || skipBlank(bytes, from, open) === open) return open;
    const line = Math.max(from, lineStart(bytes, from, open));
    const header = line < open && SYSLOG.test(decode(bytes.subarray(line, Math.min(open, line + 512))));
    this.between(bytes, from, header ? line : open);
    return header ? line : open;
  }

  /** Text between events. */
  private between(bytes: Uint8Array, from: number, to: number): void {
    const start = skipBlank(bytes, from, to);
    const end = trimEnd(bytes, start, to);
    if (start === end) return;
    const doctype = find(bytes, DOCTYPE, start, end);
    if (doctype >= 0) {
      this.sink.warn({
        code: 'xml-doctype-refused',
        severity: 'warning',
        message:
          'The file declares a DOCTYPE. Its entities are not expanded; references to them stay as they are written.',
      });
      this.sink.skip(this.base + start, end - start, 'A DOCTYPE declaration.');
      return;
    }
    const piece = bytes.subarray(start, end);
    if (piece.length < 65_536 && AROUND.test(decode(piece))) return;
    this.sink.orphan(this.base + start, piece, 'Text between events.');
  }

  /** No event begins in the rest: everything but a possible beginning is decided. Gives what is decided. */
  private outside(bytes: Uint8Array, from: number, last: boolean): number {
    if (last) {
      this.between(bytes, from, bytes.length);
      return bytes.length;
    }
    // A torn tag, a syslog header or an XML declaration may go on in the next chunk: keep the last line.
    const newline = bytes.lastIndexOf(LF);
    const keep = newline < from ? from : newline + 1;
    if (bytes.length - keep > this.sink.limits.recordBytes) {
      this.sink.skip(this.base + from, bytes.length - from, tooLong(this.sink));
      return bytes.length;
    }
    if (find(bytes, DOCTYPE, from) >= 0) return from;
    this.between(bytes, from, keep);
    return keep;
  }

  private torn(bytes: Uint8Array, start: number, to: number): void {
    const end = trimEnd(bytes, start, to);
    this.sink.warn({
      code: 'xml-event-truncated',
      severity: 'warning',
      message: `The event at offset ${this.base + start} is cut short; its fields are read as far as they go.`,
    });
    this.sink.record({ offset: this.base + start, bytes: bytes.subarray(start, end) });
  }
}

/** `<Event` that is the whole tag name: not `<EventID>`, `<EventData>` or `<Events>`. */
function openTag(bytes: Uint8Array, from: number, to = bytes.length): number {
  let at = from;
  for (;;) {
    at = find(bytes, OPEN, at, to);
    if (at < 0) return -1;
    const after = bytes[at + 6];
    if (after === 0x3e || isBlank(after)) return at;
    at += 6;
  }
}

function lineStart(bytes: Uint8Array, floor: number, at: number): number {
  const newline = bytes.lastIndexOf(LF, at);
  const start = newline < floor ? floor : newline + 1;
  // Only blanks or a header between the line's start and the tag: otherwise the tag is where the next event begins.
  const between = decode(bytes.subarray(start, Math.min(at, start + 512)));
  return between.trim() === '' || SYSLOG.test(between) ? start : at;
}

export const winXml: Format = {
  name: 'xml-winevent',
  recognise(head: Head): number {
    const at = head.text.search(/<Event[\s>]/);
    if (at < 0) return 0;
    const before = head.text.slice(0, at).replace(/<!DOCTYPE[\s\S]*?(?:\]\s*>|>)/, '');
    if (AROUND.test(before)) return 90;
    const line = before.slice(before.lastIndexOf('\n') + 1);
    if (SYSLOG.test(line) || line.trim() === '')
      return before.length < 4096 && !/^[[{]/.test(before) ? 75 : 0;
    return 0;
  },
  open: (sink, base) => new XmlEvents(sink, base),
};
