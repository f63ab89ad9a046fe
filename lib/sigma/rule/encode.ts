/** Texts as bytes, and bytes as Base64, for the `base64`, `base64offset` and `utf16` modifiers. */

export type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'utf16';

/** Bytes of a text; `utf16` begins with a byte order mark. */
export function bytesOf(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf8') return new TextEncoder().encode(text);
  const mark = encoding === 'utf16' ? '\ufeff' : '';
  const units = mark + text;
  const bytes = new Uint8Array(units.length * 2);
  for (let at = 0; at < units.length; at += 1) {
    const unit = units.charCodeAt(at);
    const [low, high] = [unit & 0xff, unit >> 8];
    bytes.set(encoding === 'utf16be' ? [high, low] : [low, high], at * 2);
  }
  return bytes;
}

export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Characters at the start and from the end that depend on the bytes before and behind, by offset and length. */
const LEADING = [0, 2, 3];
const TRAILING = [0, 3, 2];

/** What is the same in Base64 wherever the bytes stand: one text for each of the three offsets. */
export function base64Offsets(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((offset) => {
    const shifted = new Uint8Array(bytes.length + offset).fill(0x20, 0, offset);
    shifted.set(bytes, offset);
    const text = base64(shifted);
    return text.slice(LEADING[offset], text.length - TRAILING[shifted.length % 3]!);
  });
}
