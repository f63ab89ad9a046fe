import { starts } from '../bytes.ts';
import type { Framer, Layout, MadeText, Sink } from '../format.ts';
import { ChunkXml } from './binxml.ts';
import { Layouts } from './layout.ts';

const FILE_HEADER = 4096;
const CHUNK = 65_536;
const CHUNK_HEADER = 512;
const RECORD_HEADER = 24;
const RECORD_MAGIC = 0x00002a2a;

/**
 * Windows event log files: a header block and chunks of 64 KiB, each complete in itself, so that a damaged or missing
 * chunk costs nothing but its own records. The record's text is the XML that Windows would render.
 */
export class EvtxFile implements Framer {
  private held: Uint8Array = new Uint8Array(0);
  /** Bytes of `held` that came. */
  private filled = 0;
  private headerRead = false;
  private readonly layouts = new Layouts();

  constructor(
    private readonly sink: Sink,
    private base: number,
  ) {}

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const size = this.headerRead ? CHUNK : FILE_HEADER;
      if (this.filled === 0 && bytes.length - at >= size) {
        this.block(bytes.subarray(at, at + size));
        at += size;
        continue;
      }
      // A copy of its own: a chunk that its records hold on to holds no more than itself.
      if (this.filled === 0) this.held = new Uint8Array(size);
      const part = bytes.subarray(at, at + size - this.filled);
      this.held.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled < size) return;
      this.filled = 0;
      this.block(this.held);
    }
  }

  end(): void {
    const { filled, held, base } = this;
    if (filled === 0) return;
    if (this.headerRead && filled > CHUNK_HEADER) this.chunk(held.subarray(0, filled), base);
    else this.sink.skip(base, filled, 'The file is cut short.');
  }

  private block(bytes: Uint8Array): void {
    if (this.headerRead) this.chunk(bytes, this.base);
    this.headerRead = true;
    this.base += bytes.length;
  }

  private chunk(bytes: Uint8Array, base: number): void {
    if (!starts(bytes, 0, 'ElfChnk\0')) {
      if (bytes.some((byte) => byte !== 0))
        this.sink.skip(base, bytes.length, 'A chunk without its signature.');
      return;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const xml = new ChunkXml(view, this.layouts);
    const stated = view.getUint32(48, true);
    const free = stated >= CHUNK_HEADER && stated <= CHUNK ? stated : CHUNK;
    let at = CHUNK_HEADER;
    while (at + RECORD_HEADER <= Math.min(free, bytes.length)) {
      if (view.getUint32(at, true) !== RECORD_MAGIC) {
        // After a chunk that was not closed properly there may be nothing but zeros.
        const rest = bytes.subarray(at, free);
        if (rest.some((byte) => byte !== 0))
          this.sink.skip(base + at, rest.length, 'No record where one should begin.');
        return;
      }
      const size = view.getUint32(at + 4, true);
      if (size < RECORD_HEADER + 4 || at + size > bytes.length) {
        this.sink.skip(base + at, Math.min(free, bytes.length) - at, 'A record is cut short.');
        return;
      }
      this.record(xml, base, at, size);
      at += size;
    }
    if (at < free && at < bytes.length)
      this.sink.skip(base + at, Math.min(free, bytes.length) - at, 'A record is cut short.');
    else if (bytes.length < free) this.sink.skip(base + bytes.length, 0, 'The last chunk is cut short.');
  }

  private record(xml: ChunkXml, base: number, at: number, size: number): void {
    const start = at + RECORD_HEADER;
    const end = at + size - 4;
    // The dumpers that rules for .evtx files are written against trim values, so their fields are comparable.
    const piece = { offset: base + at, trimmed: true };
    if (this.layouts.take(xml, start, end)) {
      this.sink.record({ ...piece, made: new RecordText(this.layouts, xml, start, end) });
      return;
    }
    let text: string;
    try {
      text = xml.render(start, end);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.sink.skip(base + at, size, `The record's binary XML is damaged (${why}).`);
      return;
    }
    this.sink.record({ ...piece, text });
  }
}

/** A record that is rendered when its text is asked for. */
class RecordText implements MadeText {
  constructor(
    private readonly layouts: Layouts,
    private readonly xml: ChunkXml,
    private readonly start: number,
    private readonly end: number,
  ) {}

  text(): string {
    return this.xml.render(this.start, this.end);
  }

  layout(): Layout | undefined {
    return this.layouts.take(this.xml, this.start, this.end) ? this.layouts.layout() : undefined;
  }

  value(slot: number): string {
    return this.layouts.value(slot);
  }
}
