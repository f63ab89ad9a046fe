import { type SlotKind, type Slots, slotEnd, type Token } from './slots.ts';

/** Values of the text in the slots, in order; undefined where it has something that only a parser deals with. */
export type Tokenizer = (slots: Slots) => Token[] | undefined;

const QUOTE = 0x22;
const COLON = 0x3a;
const LESS = 0x3c;
const GREATER = 0x3e;

/** Blanks, brackets, commas and colons, and what `null` is made of, which no other value begins with. */
const STRUCTURE = new Set([...' \t\r\n{}[],:null'].map((char) => char.charCodeAt(0)));
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Values of one valid JSON object; keys, `null` and empty strings belong to the text between them. */
export const jsonTokens: Tokenizer = (slots) => {
  const { bytes, length } = slots;
  const tokens: Token[] = [];
  let at = 0;
  while (at < length) {
    const byte = bytes[at]!;
    if (STRUCTURE.has(byte)) {
      at += 1;
      continue;
    }
    const quoted = byte === QUOTE;
    const kind: SlotKind = quoted ? 'string' : byte === 0x74 || byte === 0x66 ? 'boolean' : 'number';
    const start = quoted ? at + 1 : at;
    const end = slotEnd(slots, start, kind);
    if (end < start || (end === start && !quoted)) return undefined;
    at = quoted ? end + 1 : end;
    if (quoted) {
      let next = at;
      while (BLANK.has(bytes[next]!)) next += 1;
      if (next < length && bytes[next] === COLON) continue;
    }
    if (end > start) tokens.push({ kind, start, end });
  }
  return tokens;
};

const ATTRIBUTE = /\s[^\s=<>'"]+=(['"])/g;
const LATIN1 = new TextDecoder('latin1');

/**
 * Values of an event in XML: text, and attributes of what is in `System`. Attributes elsewhere name fields, and belong to
 * the text between values, as blank values do.
 */
export const xmlTokens: Tokenizer = (slots) => {
  const { bytes, length } = slots;
  const tokens: Token[] = [];
  let at = 0;
  let inSystem = false;
  while (at < length) {
    if (bytes[at] !== LESS) {
      let end = bytes.indexOf(LESS, at);
      if (end < 0 || end > length) end = length;
      const found = slotEnd(slots, at, 'text');
      if (found === end) tokens.push({ kind: 'text', start: at, end });
      at = end;
      continue;
    }
    const close = bytes.indexOf(GREATER, at);
    if (close < 0 || close >= length) return undefined;
    // A character per byte, so that places in the tag are places in the bytes.
    const tag = LATIN1.decode(bytes.subarray(at, close));
    if (tag.lastIndexOf('<') > 0 || tag[1] === '!' || tag[1] === '?') return undefined;
    if (tag === '</System') inSystem = false;
    if (inSystem) {
      for (const match of tag.matchAll(ATTRIBUTE)) {
        const kind: SlotKind = match[1] === '"' ? 'double-quoted' : 'single-quoted';
        const start = at + match.index + match[0].length;
        if (start < (tokens.at(-1)?.end ?? 0)) continue;
        const end = slotEnd(slots, start, kind);
        if (end < 0 || end > close) return undefined;
        if (end > start) tokens.push({ kind, start, end });
      }
    }
    if (/^<System(?:\s|$)/.test(tag)) inSystem = !tag.endsWith('/');
    at = close + 1;
  }
  return tokens;
};
