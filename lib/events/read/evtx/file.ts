import { concat, starts } from '../bytes.ts';
import type { Framer, Sink } from '../format.ts';
import { ChunkXml } from './binxml.ts';

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
  private headerRead = false;

  constructor(
    private readonly sink: Sink,
    private base: number,
  ) {}

  push(bytes: Uint8Array): void {
    this.held = concat(this.held, bytes);
    let at = 0;
    if (!this.headerRead && this.held.length >= FILE_HEADER) {
      this.headerRead = true;
      at = FILE_HEADER;
    }
    if (this.headerRead) {
      for (; at + CHUNK <= this.held.length; at += CHUNK)
        this.chunk(this.held.subarray(at, at + CHUNK), this.base + at);
    }
    this.base += at;
    this.held = this.held.subarray(at);
  }

  end(): void {
    if (this.held.length === 0) return;
    if (this.headerRead && this.held.length > CHUNK_HEADER) this.chunk(this.held, this.base);
    else this.sink.skip(this.base, this.held.length, 'The file is cut short.');
  }

  private chunk(bytes: Uint8Array, base: number): void {
    if (!starts(bytes, 0, 'ElfChnk\0')) {
      if (bytes.some((byte) => byte !== 0))
        this.sink.skip(base, bytes.length, 'A chunk without its signature.');
      return;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const xml = new ChunkXml(view);
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
    let text: string;
    try {
      text = xml.render(at + RECORD_HEADER, at + size - 4);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.sink.skip(base + at, size, `The record's binary XML is damaged (${why}).`);
      return;
    }
    // The dumpers that rules for .evtx files are written against trim values, so their fields are comparable.
    this.sink.record({ offset: base + at, text, trimmed: true });
  }
}
