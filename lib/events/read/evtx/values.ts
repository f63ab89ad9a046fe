/**
 * Values of binary XML, printed as Windows prints them in an event's XML: hexadecimal types as `0x...`, GUIDs in braces,
 * times as ISO 8601 with 100 ns, SIDs as `S-1-...`. Types are those of [MS-EVEN6] 2.2.12.
 */

const utf16 = new TextDecoder('utf-16le');

export const NULL_TYPE = 0x00;
export const BINXML_TYPE = 0x21;
export const ARRAY = 0x80;

/** UTF-16 text of a view, without trailing zero characters. */
export function wide(view: DataView, at: number, bytes: number): string {
  let length = bytes >> 1;
  while (length > 0 && view.getUint16(at + 2 * (length - 1), true) === 0) length--;
  if (length > 24) return utf16.decode(new Uint8Array(view.buffer, view.byteOffset + at, length * 2));
  let text = '';
  for (let unit = 0; unit < length; unit++) text += String.fromCharCode(view.getUint16(at + 2 * unit, true));
  return text;
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

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

export function guid(view: DataView, at: number): string {
  let tail = '';
  for (let byte = 8; byte < 16; byte++) tail += hex(view.getUint8(at + byte), 2) + (byte === 9 ? '-' : '');
  const first = hex(view.getUint32(at, true), 8);
  return `{${first}-${hex(view.getUint16(at + 4, true), 4)}-${hex(view.getUint16(at + 6, true), 4)}-${tail}}`;
}

/** 100 ns ticks between 1601 and 1970. */
const EPOCH_TICKS = 116_444_736_000_000_000n;

/** `2025-11-27T07:40:10.1653240Z` from a FILETIME. */
export function filetime(view: DataView, at: number): string {
  const ticks = view.getBigUint64(at, true) - EPOCH_TICKS;
  const seconds = ticks >= 0n ? ticks / 10_000_000n : (ticks - 9_999_999n) / 10_000_000n;
  const rest = ticks - seconds * 10_000_000n;
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return `0x${view.getBigUint64(at, true).toString(16)}`;
  return `${date.toISOString().slice(0, 19)}.${String(rest).padStart(7, '0')}Z`;
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
  for (let byte = 0; byte < bytes; byte++) text += hex(view.getUint8(at + byte), 2);
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
