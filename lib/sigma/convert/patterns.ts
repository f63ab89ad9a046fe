/** Patterns as other languages write them. */
import { networkOf } from '../rule/network.ts';
import { ANY, ONE, type Pattern } from '../rule/pattern.ts';

export interface Wildcards {
  any: string;
  one: string;
  /** How a text between wildcards is written. */
  text(text: string): string;
}

export function writePattern(pattern: Pattern, { any, one, text }: Wildcards): string {
  let written = '';
  for (const part of pattern) written += part === ANY ? any : part === ONE ? one : text(part);
  return written;
}

export const hasWildcard = (pattern: Pattern): boolean => pattern.some((part) => typeof part !== 'string');
export const hasOne = (pattern: Pattern): boolean => pattern.includes(ONE);

/** Matches any value, but not an absent field. */
export const isAny = (pattern: Pattern): boolean => pattern.length === 1 && pattern[0] === ANY;

export interface Shape {
  position: 'equals' | 'startswith' | 'endswith' | 'contains';
  text: string;
}

/** A pattern with one text and wildcards at its ends only; undefined for others. */
export function shapeOf(pattern: Pattern): Shape | undefined {
  const texts = pattern.filter((part) => typeof part === 'string');
  if (pattern.length === 0) return { position: 'equals', text: '' };
  if (texts.length !== 1 || hasOne(pattern)) return undefined;
  const open = [pattern[0] === ANY, pattern.at(-1) === ANY];
  const position = open[0] ? (open[1] ? 'contains' : 'endswith') : open[1] ? 'startswith' : 'equals';
  return { position, text: texts[0]! };
}

const REGEX_SPECIAL = /[\\^$.*+?()[\]{}|]/g;

/** A regular expression that finds what the pattern matches; `.` has to match line ends too. */
export function patternRegex(pattern: Pattern, special = REGEX_SPECIAL): string {
  const open = [pattern[0] === ANY, pattern.length > 0 && pattern.at(-1) === ANY];
  const inner = pattern.slice(open[0] ? 1 : 0, open[1] && pattern.length > 1 ? -1 : undefined);
  const text = writePattern(inner, { any: '.*', one: '.', text: (one) => one.replace(special, '\\$&') });
  return `${open[0] ? '' : '^'}${text}${open[1] ? '' : '$'}`;
}

/**
 * Patterns that addresses of a network match, as addresses are usually written; undefined where a network cannot be said
 * that way (an IPv6 prefix over a group of zeros, which may be left out, or that ends within a group of few digits).
 */
export function networkPatterns(text: string): Pattern[] | undefined {
  const network = networkOf(text);
  if (network === undefined) return undefined;
  const { version, address, bits } = network;
  if (version === 4) {
    const whole = Math.floor(bits / 8);
    const octets = [24n, 16n, 8n, 0n].map((shift) => Number((address >> shift) & 255n));
    const start = octets.slice(0, whole).map(String);
    if (whole === 4) return [[start.join('.')]];
    const free = bits % 8;
    const tail: Pattern = [ANY];
    if (free === 0) return start.length === 0 ? [tail] : [[`${start.join('.')}.`, ...tail]];
    const size = 2 ** (8 - free);
    const first = octets[whole]! - (octets[whole]! % size);
    return Array.from({ length: size }, (_, at) => [`${[...start, first + at].join('.')}.`, ANY]);
  }
  if (bits === 128) return [[text.trim().split('/')[0]!.toLowerCase()]];
  const whole = Math.floor(bits / 16);
  const groups = Array.from({ length: 8 }, (_, at) => Number((address >> BigInt(112 - 16 * at)) & 0xffffn));
  if (bits === 0 || groups.slice(0, whole).includes(0)) return undefined;
  const head = groups
    .slice(0, whole)
    .map((group) => `${group.toString(16)}:`)
    .join('');
  const free = bits % 16;
  if (free === 0) return [[head, ANY]];
  const group = groups[whole]!;
  if (group < 0x1000) return undefined;
  const nibbles = Math.ceil(free / 4);
  const size = 2 ** (nibbles * 4 - free);
  const first = (group >> (16 - nibbles * 4)) & ~(size - 1);
  return Array.from({ length: size }, (_, at) => {
    const hex = (first + at).toString(16);
    return [`${head}${hex}${nibbles === 4 ? ':' : ''}`, ANY];
  });
}
