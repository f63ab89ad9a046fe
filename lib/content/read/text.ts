/** Bytes of a content file → text. */
import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { FoundFile } from './files.ts';
import { fileProblem, SourceFile } from './source-file.ts';

/** Largest YAML file that is read, in bytes. The largest in a public detection repository has 90 KB. */
export const maximumYamlBytes = 10 * 1024 * 1024;

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

export interface ReadText {
  /** Absent when the file could not be read. */
  file?: SourceFile;
  diagnostics: Diagnostic[];
}

/** Reads a file as UTF-8. A byte-order mark is dropped; wrong bytes are replaced, and the first is pointed at. */
export function readText(found: FoundFile, maximumBytes: number = maximumYamlBytes): ReadText {
  const { root, path } = found;
  if (found.size > maximumBytes) {
    const message = `This file has ${megabytes(found.size)}; at most ${megabytes(maximumBytes)} are read. Split it, or move data out of it.`;
    return { diagnostics: [fileProblem(root, path, 'file-too-large', message)] };
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(found.absolute);
  } catch (error) {
    const message = `Cannot read this file: ${error instanceof Error ? error.message : String(error)}.`;
    return { diagnostics: [fileProblem(root, path, 'file-unreadable', message)] };
  }
  try {
    return { file: new SourceFile(root, path, strict.decode(bytes)), diagnostics: [] };
  } catch {
    const file = new SourceFile(root, path, lenient.decode(bytes));
    const at = firstReplaced(bytes, file.text);
    const message = `Byte ${at.byte} (0x${bytes[at.byte]?.toString(16).padStart(2, '0')}) is not UTF-8. Save the file as UTF-8; until then such bytes show as \u{fffd}.`;
    return {
      file,
      diagnostics: [file.problem('not-utf8', message, { start: at.offset, end: at.offset + 1 })],
    };
  }
}

/** The first replacement character that the file does not hold itself, as text offset and byte offset. */
function firstReplaced(bytes: Buffer, text: string): { offset: number; byte: number } {
  const markLength = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let byte = markLength;
  let from = 0;
  for (let at = text.indexOf('\u{fffd}'); at !== -1; at = text.indexOf('\u{fffd}', at + 1)) {
    byte += Buffer.byteLength(text.slice(from, at));
    from = at;
    const written = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (!written) return { offset: at, byte };
  }
  return { offset: 0, byte: 0 };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
