/** Bytes as they come in, and searches in them. Framing works on bytes so that offsets are exact for any text. */

import type { EventInput } from '../record.ts';

export const LF = 0x0a;
export const CR = 0x0d;
const PIECE = 1 << 16;

/**
 * One shape for every input: chunks in order. A whole array comes in pieces of 64 KiB: the records of a batch with all
 * their fields then die before a collector moves them (with 1 MiB, a quarter of the time of small records went there).
 */
export async function* chunksOf(input: EventInput): AsyncGenerator<Uint8Array> {
  if (input instanceof Uint8Array) {
    for (let at = 0; at < input.length; at += PIECE) yield input.subarray(at, at + PIECE);
    return;
  }
  if (!(input instanceof ReadableStream)) {
    yield* input;
    return;
  }
  const reader = input.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  if (right.length === 0) return left;
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const encode = (text: string): Uint8Array => encoder.encode(text);

/** UTF-8 to text; a byte that is not UTF-8 becomes U+FFFD, so that a damaged record is still shown. */
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes);

/** A literal prepared for searching in bytes: Horspool's skips, because a record is long and the literal short. */
export interface Needle {
  bytes: Uint8Array;
  skips: Uint8Array;
}

export function needle(text: string): Needle {
  const bytes = encode(text);
  const skips = new Uint8Array(256).fill(bytes.length);
  for (let at = 0; at < bytes.length - 1; at++) skips[bytes[at] ?? 0] = bytes.length - 1 - at;
  return { bytes, skips };
}

/** First index of the literal in `bytes[from, to)`, or -1. */
export function find(bytes: Uint8Array, sought: Needle, from: number, to = bytes.length): number {
  const pattern = sought.bytes;
  const skips = sought.skips;
  const last = pattern.length - 1;
  let at = from + last;
  while (at < to) {
    const byte = bytes[at] as number;
    if (byte === pattern[last]) {
      let back = 1;
      while (back <= last && bytes[at - back] === pattern[last - back]) back++;
      if (back > last) return at - last;
    }
    at += skips[byte] as number;
  }
  return -1;
}

export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === LF || byte === CR;
}

/** First index in `[from, to)` that is not a blank or a line end; `to` when there is none. */
export function skipBlank(bytes: Uint8Array, from: number, to = bytes.length): number {
  let at = from;
  while (at < to && isBlank(bytes[at])) at++;
  return at;
}

/** Index after the last byte in `[from, to)` that is not a blank or a line end. */
export function trimEnd(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(bytes[end - 1])) end--;
  return end;
}

/** Whether the characters stand at that place. */
export const starts = (bytes: Uint8Array, at: number, text: string): boolean => {
  for (let index = 0; index < text.length; index++)
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
};
