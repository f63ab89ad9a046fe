/** Sets of code points as sorted, disjoint, non-adjacent closed ranges, flattened: `[low, high, low, high, ...]`. */
export type CharSet = readonly number[];

export const MAX_CODE_POINT = 0x10ffff;
export const ANY: CharSet = [0, MAX_CODE_POINT];
export const NOT_NEWLINE: CharSet = [0, 9, 11, MAX_CODE_POINT];

/** The union of any ranges, given flattened and in any order. */
export function normalise(ranges: readonly number[]): CharSet {
  const pairs: [number, number][] = [];
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i]!, ranges[i + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [low, high] of pairs) {
    if (out.length > 0 && low <= out[out.length - 1]! + 1) {
      if (high > out[out.length - 1]!) out[out.length - 1] = high;
    } else out.push(low, high);
  }
  return out;
}

export function invert(set: CharSet): CharSet {
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < set.length; i += 2) {
    if (set[i]! > next) out.push(next, set[i]! - 1);
    next = set[i + 1]! + 1;
  }
  if (next <= MAX_CODE_POINT) out.push(next, MAX_CODE_POINT);
  return out;
}

export function union(a: CharSet, b: CharSet): CharSet {
  return a.length === 0 ? b : b.length === 0 ? a : normalise([...a, ...b]);
}

export function overlaps(a: CharSet, b: CharSet): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i + 1]! < b[j]!) i += 2;
    else if (b[j + 1]! < a[i]!) j += 2;
    else return true;
  }
  return false;
}

export function contains(set: CharSet, point: number): boolean {
  let low = 0;
  let high = set.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (point < set[2 * middle]!) high = middle - 1;
    else if (point > set[2 * middle + 1]!) low = middle + 1;
    else return true;
  }
  return false;
}

// Wider ranges than this get ASCII case variants only: `[^x]` already holds both cases of nearly everything.
const WIDEST_FOLDED_RANGE = 1024;

/** The set with the other case of each member added. */
export function foldCase(set: CharSet): CharSet {
  const out = [...set];
  for (let i = 0; i < set.length; i += 2) {
    const low = set[i]!;
    const high = set[i + 1]!;
    const last = high - low > WIDEST_FOLDED_RANGE ? Math.min(high, 127) : high;
    for (let point = low; point <= last; point++) {
      const text = String.fromCodePoint(point);
      for (const variant of [text.toLowerCase(), text.toUpperCase()]) {
        const folded = variant.codePointAt(0)!;
        if (folded !== point && variant.length === (folded > 0xffff ? 2 : 1)) out.push(folded, folded);
      }
    }
  }
  return out.length === set.length ? set : normalise(out);
}

const DIGIT: CharSet = [48, 57];
const WORD: CharSet = [48, 57, 65, 90, 95, 95, 97, 122];
const SPACE: CharSet = [9, 13, 32, 32];
const HORIZONTAL: CharSet = normalise([
  9, 9, 32, 32, 0xa0, 0xa0, 0x1680, 0x1680, 0x180e, 0x180e, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f, 0x205f,
  0x3000, 0x3000,
]);
const VERTICAL: CharSet = [10, 13, 0x85, 0x85, 0x2028, 0x2029];

/** What the class escapes of PCRE stand for (ASCII, as PCRE has it without UCP). */
export const ESCAPE_SETS: { readonly [letter: string]: CharSet } = {
  d: DIGIT,
  D: invert(DIGIT),
  w: WORD,
  W: invert(WORD),
  s: SPACE,
  S: invert(SPACE),
  h: HORIZONTAL,
  H: invert(HORIZONTAL),
  v: VERTICAL,
  V: invert(VERTICAL),
  N: NOT_NEWLINE,
};

export const POSIX_SETS: { readonly [name: string]: CharSet } = {
  alpha: [65, 90, 97, 122],
  digit: DIGIT,
  alnum: [48, 57, 65, 90, 97, 122],
  upper: [65, 90],
  lower: [97, 122],
  space: SPACE,
  blank: [9, 9, 32, 32],
  punct: [33, 47, 58, 64, 91, 96, 123, 126],
  print: [32, 126],
  graph: [33, 126],
  cntrl: [0, 31, 127, 127],
  xdigit: [48, 57, 65, 70, 97, 102],
  word: WORD,
  ascii: [0, 127],
};

const properties = new Map<string, CharSet | undefined>();

/** The code points of a Unicode property or script as the JavaScript engine knows it; undefined when it does not. */
export function propertySet(name: string): CharSet | undefined {
  if (!properties.has(name)) properties.set(name, collectProperty(name));
  return properties.get(name);
}

function collectProperty(name: string): CharSet | undefined {
  for (const body of [name, `Script=${name}`]) {
    let test: RegExp;
    try {
      test = new RegExp(`^\\p{${body}}$`, 'u');
    } catch {
      continue;
    }
    const out: number[] = [];
    for (let point = 0; point <= MAX_CODE_POINT; point++) {
      if (!test.test(String.fromCodePoint(point))) continue;
      if (out.length > 0 && out[out.length - 1] === point - 1) out[out.length - 1] = point;
      else out.push(point, point);
    }
    return out;
  }
  return undefined;
}
