/**
 * Values of binary XML, printed as Windows prints them in an event's XML: hexadecimal types as `0x...`, GUIDs in braces,
 * times as ISO 8601 with 100 ns, SIDs as `S-1-...`. Types are those of [MS-EVEN6] 2.2.12.
 */

const utf16 = new TextDecoder('utf-16le');

export const NULL_TYPE = 0x00;
export const BINXML_TYPE = 0x21;
export const SID_TYPE = 0x13;
export const NARROW_TYPE = 0x02;
/** Text in UTF-16. */
export const WIDE_TYPES: ReadonlySet<number> = new Set([0x01, 0x23]);
export const ARRAY = 0x80;

/** Code units of one short text: an array that is used again is several times faster than a decoder's call. */
const units = new Uint16Array(1024);

/** UTF-16 text of a view, without trailing zero characters. */
export function wide(view: DataView, at: number, bytes: number): string {
  let length = bytes >> 1;
  while (length > 0 && view.getUint16(at + 2 * (length - 1), true) === 0) length--;
  if (length > units.length)
    return utf16.decode(new Uint8Array(view.buffer, view.byteOffset + at, length * 2));
  for (let unit = 0; unit < length; unit++) units[unit] = view.getUint16(at + 2 * unit, true);
  return String.fromCharCode.apply(null, units.subarray(0, length) as unknown as number[]);
}

function narrow(view: DataView, at: number, bytes: number): string {
  let text = '';
  for (let byte = 0; byte < bytes; byte++) {
    const code = view.getUint8(at + byte);
    if (code === 0) break;
    text += String.fromCharCode(code);
  }
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
const hexAt = (view: DataView, at: number): string => HEX[view.getUint8(at)] ?? '';

export function guid(view: DataView, at: number): string {
  const first = hexAt(view, at + 3) + hexAt(view, at + 2) + hexAt(view, at + 1) + hexAt(view, at);
  const second = hexAt(view, at + 5) + hexAt(view, at + 4);
  const third = hexAt(view, at + 7) + hexAt(view, at + 6);
  let last = '';
  for (let byte = 10; byte < 16; byte++) last += hexAt(view, at + byte);
  return `{${first}-${second}-${third}-${hexAt(view, at + 8)}${hexAt(view, at + 9)}-${last}}`;
}

/** Seconds between 1601 and 1970. */
const EPOCH_SECONDS = 11_644_473_600;

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
/** The last minute that was printed: events come in order. */
let minute = { number: Number.NaN, text: '' };

/** `2025-11-27T07:40:10.1653240Z` from a FILETIME. */
export function filetime(view: DataView, at: number): string {
  // Divided by hand, sixteen bits at a time: all 64 are more than a number holds.
  let seconds = 0;
  let ticks = 0;
  for (let part = 6; part >= 0; part -= 2) {
    const digits = ticks * 65_536 + view.getUint16(at + part, true);
    const quotient = Math.floor(digits / 10_000_000);
    seconds = seconds * 65_536 + quotient;
    ticks = digits - quotient * 10_000_000;
  }
  const number = Math.floor(seconds / 60);
  if (number !== minute.number) {
    const date = new Date((number * 60 - EPOCH_SECONDS) * 1000);
    if (Number.isNaN(date.getTime())) return `0x${view.getBigUint64(at, true).toString(16)}`;
    minute = { number, text: date.toISOString().slice(0, -7) };
  }
  return `${minute.text}${TWO_DIGITS[seconds - number * 60]}.${String(ticks).padStart(7, '0')}Z`;
}

function systemtime(view: DataView, at: number): string {
  const part = (index: number, digits = 2) =>
    String(view.getUint16(at + 2 * index, true)).padStart(digits, '0');
  return `${part(0, 4)}-${part(1)}-${part(3)}T${part(4)}:${part(5)}:${part(6)}.${part(7, 3)}Z`;
}

export function sid(view: DataView, at: number): string {
  const count = view.getUint8(at + 1);
  const authority = view.getUint16(at + 2, false) * 2 ** 32 + view.getUint32(at + 4, false);
  let text = `S-${view.getUint8(at)}-${authority}`;
  for (let part = 0; part < count; part++) text += `-${view.getUint32(at + 8 + 4 * part, true)}`;
  return text;
}

function binary(view: DataView, at: number, bytes: number): string {
  let text = '';
  for (let byte = 0; byte < bytes; byte++) text += hexAt(view, at + byte);
  return text;
}

interface ValueType {
  /** Bytes of one element of an array of this type; 0 where elements end with a zero character. */
  width: number;
  print(view: DataView, at: number, bytes: number): string;
}

const VALUE_TYPES: Readonly<Record<number, ValueType>> = {
  1: { width: 0, print: wide },
  2: { width: 0, print: narrow },
  3: { width: 1, print: (view, at) => String(view.getInt8(at)) },
  4: { width: 1, print: (view, at) => String(view.getUint8(at)) },
  5: { width: 2, print: (view, at) => String(view.getInt16(at, true)) },
  6: { width: 2, print: (view, at) => String(view.getUint16(at, true)) },
  7: { width: 4, print: (view, at) => String(view.getInt32(at, true)) },
  8: { width: 4, print: (view, at) => String(view.getUint32(at, true)) },
  9: { width: 8, print: (view, at) => String(view.getBigInt64(at, true)) },
  10: { width: 8, print: (view, at) => String(view.getBigUint64(at, true)) },
  11: { width: 4, print: (view, at) => String(view.getFloat32(at, true)) },
  12: { width: 8, print: (view, at) => String(view.getFloat64(at, true)) },
  13: { width: 4, print: (view, at) => String(view.getUint32(at, true) !== 0) },
  14: { width: 1, print: binary },
  15: { width: 16, print: guid },
  16: {
    width: 8,
    print: (view, at, bytes) =>
      `0x${bytes === 4 ? view.getUint32(at, true).toString(16) : view.getBigUint64(at, true).toString(16)}`,
  },
  17: { width: 8, print: filetime },
  18: { width: 16, print: systemtime },
  19: { width: 0, print: sid },
  20: { width: 4, print: (view, at) => `0x${view.getUint32(at, true).toString(16)}` },
  21: { width: 8, print: (view, at) => `0x${view.getBigUint64(at, true).toString(16)}` },
  32: { width: 8, print: binary },
  35: { width: 0, print: wide },
};

/** One value as text. A type that is not known is printed as its bytes, so that nothing is lost. */
export function printValue(type: number, view: DataView, at: number, bytes: number): string {
  if (bytes === 0 || type === NULL_TYPE) return '';
  return (VALUE_TYPES[type]?.print ?? binary)(view, at, bytes);
}

/** The elements of an array value (`type` without the array flag). */
export function printArray(type: number, view: DataView, at: number, bytes: number): string[] {
  const values: string[] = [];
  if (type === 1 || type === 2) {
    const step = type === 1 ? 2 : 1;
    let from = at;
    for (let here = at; here + step <= at + bytes; here += step) {
      const unit = step === 2 ? view.getUint16(here, true) : view.getUint8(here);
      if (unit !== 0) continue;
      values.push(step === 2 ? wide(view, from, here - from) : narrow(view, from, here - from));
      from = here + step;
    }
    if (from < at + bytes) values.push(printValue(type, view, from, at + bytes - from));
    return values;
  }
  const width = type === 19 ? 0 : (VALUE_TYPES[type]?.width ?? 0);
  if (type === 19) {
    for (let here = at; here + 8 <= at + bytes; here += 8 + 4 * view.getUint8(here + 1))
      values.push(sid(view, here));
    return values;
  }
  if (width === 0) return [printValue(type, view, at, bytes)];
  for (let here = at; here + width <= at + bytes; here += width)
    values.push(printValue(type, view, here, width));
  return values;
}
