/** Text encodings that Windows tools write. Everything after this step is UTF-8. */

import { encode } from './bytes.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** By byte order mark, or by the zero bytes that ASCII text has in UTF-16. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const sample = Math.min(head.length & ~1, 512);
  if (sample < 8) return 'utf-8';
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  const pairs = sample / 2;
  if (odd > pairs * 0.9 && even === 0) return 'utf-16le';
  if (even > pairs * 0.9 && odd === 0) return 'utf-16be';
  return 'utf-8';
}

/** A step that turns chunks of the encoding into UTF-8, byte order mark removed. */
export function toUtf8(encoding: Encoding): { push(bytes: Uint8Array): Uint8Array; end(): Uint8Array } {
  if (encoding === 'utf-8') {
    let first = true;
    return {
      push(bytes) {
        const marked = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
        first = false;
        return marked ? bytes.subarray(3) : bytes;
      },
      end: () => new Uint8Array(0),
    };
  }
  const decoder = new TextDecoder(encoding);
  return {
    push: (bytes) => encode(decoder.decode(bytes, { stream: true })),
    end: () => encode(decoder.decode()),
  };
}
