/** A tester's state in a URL fragment, which no browser sends to a server. */
import type { PlainFields } from '../../lib/events/plain-record.ts';

export interface Shared {
  /** Format of this object. */
  v: 1;
  language: 'spl' | 'spl2' | 'sigma';
  /** Absent where the published search is unchanged. */
  search?: string;
  /** Index of the test whose events are shown; absent where `events` are. */
  test?: number;
  events?: PlainFields[];
  now?: number;
  tz?: string;
}

/** Longest fragment that is offered; messengers and proxies cut longer addresses. */
export const LONGEST_FRAGMENT = 32_000;
/** No fragment may become more text than this. */
const LARGEST_TEXT = 4 << 20;

export async function encodeShared(shared: Shared): Promise<string> {
  const packed = await through(new Blob([JSON.stringify(shared)]), new CompressionStream('deflate-raw'));
  let text = '';
  for (const byte of packed) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Undefined: the fragment is none of ours, cut, or of a later version. */
export async function decodeShared(fragment: string): Promise<Shared | undefined> {
  try {
    const text = atob(fragment.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const json = await through(new Blob([bytes]), new DecompressionStream('deflate-raw'));
    const shared: unknown = JSON.parse(new TextDecoder().decode(json));
    return isShared(shared) ? shared : undefined;
  } catch {
    return undefined;
  }
}

async function through(blob: Blob, transform: GenericTransformStream): Promise<Uint8Array> {
  const stream: ReadableStream<Uint8Array> = blob.stream().pipeThrough(transform as ReadableWritablePair);
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > LARGEST_TEXT) throw new RangeError('The link holds too much');
    parts.push(part.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const LANGUAGES: ReadonlySet<unknown> = new Set(['spl', 'spl2', 'sigma']);

function isShared(value: unknown): value is Shared {
  if (typeof value !== 'object' || value === null) return false;
  const { v, language, search, events, test, now, tz } = value as Record<string, unknown>;
  return (
    v === 1 &&
    LANGUAGES.has(language) &&
    (search === undefined || typeof search === 'string') &&
    (test === undefined || Number.isInteger(test)) &&
    (now === undefined || typeof now === 'number') &&
    (tz === undefined || typeof tz === 'string') &&
    (events === undefined ||
      (Array.isArray(events) && events.every((event) => typeof event === 'object' && event !== null)))
  );
}
