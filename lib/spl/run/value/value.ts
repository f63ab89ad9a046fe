/**
 * The values that searches compute with.
 *
 * A stored field holds nothing (null), one scalar, or a multivalue list of two or more scalars. Lists of length 0 and 1
 * are never stored: `fromList` turns them into null and into the scalar, so that `x` and a list of one `x` are the same
 * thing everywhere. Booleans and maps live only inside an expression; `toStored` says what an assignment makes of them.
 */

export type Scalar = string | number;

/** What a field of a result may hold. A list has at least two members. */
export type Stored = null | Scalar | readonly Scalar[];

/** Object of the SPL2 dialect (`create_map`, parsed JSON). Never stored: written out as JSON text. */
export interface MapValue {
  readonly map: ReadonlyMap<string, Value>;
}

/** What an expression may yield. Booleans and maps are never stored in a field. */
export type Value = Stored | boolean | MapValue;

export function isList(value: Value): value is readonly Scalar[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is MapValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Normal form of a list of scalars: null when empty, the member when single. */
export function fromList(members: readonly Scalar[]): Stored {
  if (members.length > 1) return members;
  return members.length === 1 ? members[0]! : null;
}

/** Members of a value as scalars: none for null, one for a scalar. Booleans and maps count as their text. */
export function toList(value: Value): readonly Scalar[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value;
  return typeof value === 'string' || typeof value === 'number'
    ? [value]
    : [toText(value as boolean | MapValue)];
}

/** The stored form of an expression's value: booleans as `True`/`False`, maps as JSON text, lists in normal form. */
export function toStored(value: Value): Stored {
  if (isList(value)) return fromList(value);
  if (typeof value === 'boolean' || isMap(value)) return toText(value);
  return value;
}

/**
 * A number's canonical text: shortest decimal that reads back as the same double, never with an exponent;
 * `nan`, `inf`, `-inf`; negative zero is `0`.
 */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  const text = String(value);
  const exponentAt = text.indexOf('e');
  if (exponentAt === -1) return text;
  return expandExponent(text.slice(0, exponentAt), Number(text.slice(exponentAt + 1)));
}

function expandExponent(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

/** Text of a scalar. */
export function scalarText(value: Scalar): string {
  return typeof value === 'string' ? value : numberText(value);
}

/** Text of any value: null is empty, a list is its members joined by newlines, a boolean `True`/`False`, a map JSON. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isList(value)) return value.map(scalarText).join('\n');
  return JSON.stringify(toJson(value));
}

/** Plain JSON form: maps as objects, lists as arrays. */
export function toJson(value: Value): unknown {
  if (isMap(value)) {
    // A null prototype keeps a key named `__proto__` an ordinary key.
    const object: Record<string, unknown> = Object.create(null);
    for (const [key, member] of value.map) object[key] = toJson(member);
    return object;
  }
  return value;
}

/** Value of parsed JSON: objects become maps, arrays lists (nested ones as JSON text), `null` is null. */
export function fromJson(json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') return json;
  if (Array.isArray(json)) {
    const members: Scalar[] = [];
    for (const member of json) {
      if (typeof member === 'string' || typeof member === 'number') members.push(member);
      else if (member !== null) members.push(JSON.stringify(member));
    }
    return fromList(members);
  }
  const map = new Map<string, Value>();
  for (const key of Object.keys(json)) map.set(key, fromJson((json as Record<string, unknown>)[key]));
  return { map };
}

const NUMERIC = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The number that a text stands for, or undefined: an optional sign, digits with an optional point, an optional
 * exponent, nothing around it. Blanks, `NaN`, `Infinity` and hexadecimal are not numbers.
 */
export function parseNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > 400) return undefined;
  const first = text.charCodeAt(0);
  // Most field values start with a letter; this refuses them before the pattern runs. 43..57 spans + , - . / 0-9.
  if (first > 57 || first < 43) return undefined;
  if (!NUMERIC.test(text)) return undefined;
  return Number(text);
}

/** The number that a value stands for: numbers, and texts that look like one. Lists, booleans and null: undefined. */
export function toNumber(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? parseNumber(value) : undefined;
}

/** Order of two texts by their UTF-8 bytes, which is code point order: -1, 0 or 1. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above U+FFFF, so they sort after U+E000..U+FFFF.
    const xSurrogate = (x & 0xf800) === 0xd800;
    const ySurrogate = (y & 0xf800) === 0xd800;
    if (xSurrogate !== ySurrogate) return xSurrogate ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : a.length > b.length ? 1 : 0;
}

export function compareNumbers(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  // NaN after every other number, equal to itself.
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : -1;
}

/**
 * Order of two scalars in a comparison (`<`, `=`, ...): numeric when both look like numbers, else by text.
 * Decided pair by pair, so it is not transitive over mixed values (9 < 10 < "1a" < "9"); sort with `sort.ts` instead.
 */
export function compare(a: Scalar, b: Scalar): number {
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  const x = toNumber(a);
  if (x !== undefined) {
    const y = toNumber(b);
    if (y !== undefined) return compareNumbers(x, y);
  }
  return compareText(scalarText(a), scalarText(b));
}

/** Equality of two scalars as `=` in `where` sees it: numeric when both look like numbers, else exact text. */
export function equals(a: Scalar, b: Scalar): boolean {
  if (a === b) return true;
  const x = toNumber(a);
  return x !== undefined && x === toNumber(b);
}

/** Truth of the three-valued logic: true, false, or null for unknown. */
export type Truth = boolean | null;

/** Truth of an expression's value. Only booleans have one; anything else is unknown. */
export function toTruth(value: Value): Truth {
  return typeof value === 'boolean' ? value : null;
}

export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

export function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === null || b === null ? null : false;
}

export function xor(a: Truth, b: Truth): Truth {
  return a === null || b === null ? null : a !== b;
}

export function not(a: Truth): Truth {
  return a === null ? null : !a;
}
