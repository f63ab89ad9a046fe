/** `strptime`: reads a text by a format of the same directives that `strftime` writes. */

import { DAY_NAMES, MONTH_NAMES } from '../../../text/calendar.ts';
import { type Choices, DEFAULT_CHOICES } from '../value/compat.ts';
import { COMPOSITES } from './format.ts';
import { daysInMonth, fromLocal, type TimeZone, toLocal } from './zone.ts';

interface Fields {
  year?: number;
  month?: number;
  day?: number;
  yearDay?: number;
  hour?: number;
  hour12?: number;
  afternoon?: boolean;
  minute?: number;
  second?: number;
  fraction?: number;
  epoch?: number;
  /** Seconds east of UTC. */
  offset?: number;
}

// Abbreviations that are not ambiguous in practice; others are refused rather than guessed.
const ABBREVIATIONS: { readonly [name: string]: number } = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 1,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  BST: 1,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  AKST: -9,
  AKDT: -8,
  HST: -10,
  JST: 9,
  AEST: 10,
  AEDT: 11,
};

type Reader = readonly [pattern: string, store: (fields: Fields, text: string) => boolean | undefined];

function number(
  pattern: string,
  key: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'yearDay' | 'epoch' | 'hour12',
  low: number,
  high: number,
): Reader {
  return [
    pattern,
    (fields, text) => {
      const value = Number(text);
      fields[key] = value;
      return value >= low && value <= high;
    },
  ];
}

const name = (names: readonly string[]) => `(?:${names.map((n) => `${n}|${n.slice(0, 3)}`).join('|')})`;
const skip: Reader['1'] = () => true;
const day = number('\\d{1,2}', 'day', 1, 31);
const hour = number('\\d{1,2}', 'hour', 0, 23);
const hour12 = number('\\d{1,2}', 'hour12', 1, 12);
const month: Reader = [
  name(MONTH_NAMES),
  (fields, text) => {
    fields.month =
      MONTH_NAMES.findIndex((n) => n.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) + 1;
    return true;
  },
];
const meridiem: Reader = [
  '[ap]\\.?m\\.?',
  (fields, text) => {
    fields.afternoon = /^p/i.test(text);
    return true;
  },
];
const fraction: Reader = [
  '\\d{1,9}',
  (fields, text) => {
    fields.fraction = Number(`0.${text}`);
    return true;
  },
];
const offset: Reader = [
  'Z|[+-]\\d\\d(?::?\\d\\d)?',
  (fields, text) => {
    const digits = text.replace(/\D/g, '').padEnd(4, '0');
    const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
    fields.offset = (text[0] === '-' ? -60 : 60) * minutes;
    return true;
  },
];

const READERS: { readonly [directive: string]: Reader } = {
  a: [name(DAY_NAMES), skip],
  A: [name(DAY_NAMES), skip],
  b: month,
  B: month,
  d: day,
  e: day,
  f: fraction,
  H: hour,
  k: hour,
  I: hour12,
  l: hour12,
  j: number('\\d{1,3}', 'yearDay', 1, 366),
  m: number('\\d{1,2}', 'month', 1, 12),
  M: number('\\d{1,2}', 'minute', 0, 59),
  N: fraction,
  p: meridiem,
  P: meridiem,
  Q: fraction,
  s: number('-?\\d+(?:\\.\\d+)?', 'epoch', -Infinity, Infinity),
  S: number('\\d{1,2}', 'second', 0, 61),
  u: ['[1-7]', skip],
  U: ['\\d{1,2}', skip],
  V: ['\\d{1,2}', skip],
  w: ['[0-6]', skip],
  y: [
    '\\d{2}',
    (fields, text) => {
      fields.year = Number(text) + (Number(text) < 69 ? 2000 : 1900);
      return true;
    },
  ],
  Y: number('\\d{4}', 'year', 0, 9999),
  z: offset,
  Z: [
    '[A-Za-z]+(?:[+-]\\d{1,2})?',
    (fields, text) => {
      const hours = ABBREVIATIONS[text.toUpperCase()];
      if (hours !== undefined) fields.offset = hours * 3600;
      return hours !== undefined;
    },
  ],
};

/** Directives before which blanks may stand. */
const PADDED = 'deHkIl';

interface CompiledFormat {
  readonly pattern: RegExp;
  readonly stores: readonly Reader[1][];
}
const compiled = new Map<string, CompiledFormat | undefined>();

function compileFormat(format: string): CompiledFormat | undefined {
  const stores: Reader[1][] = [];
  let source = '^\\s*';
  // Two blanks in a row could share a run of spaces in many ways, and a text could be made to try them all.
  const blank = () => {
    if (!source.endsWith('\\s*')) source += '\\s*';
  };
  const add = (text: string): boolean => {
    for (const [part, plain, directive] of text.matchAll(
      /%(?:\d(?=[NQ])|:{1,2}(?=z)|())([\s\S])|\s+|[\s\S]/g,
    )) {
      if (directive === undefined ? /\s/.test(part) : /[nt]/.test(directive)) blank();
      else if (directive === undefined || directive === '%')
        source += (directive ?? part).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      else if (COMPOSITES[directive] !== undefined && plain !== undefined) {
        if (!add(COMPOSITES[directive])) return false;
      } else {
        const reader = READERS[directive];
        if (reader === undefined) return false;
        if (PADDED.includes(directive)) blank();
        // A look-ahead is not gone back into: a field takes what it can, as in C.
        stores.push(reader[1]);
        source += `(?=(${reader[0]}))(?:\\${stores.length})`;
      }
    }
    return true;
  };
  return add(format) ? { pattern: new RegExp(source, 'i'), stores } : undefined;
}

/**
 * Epoch seconds, or null when the text does not follow the format. Without a zone in the text, `zone` counts; a missing
 * year, or date, is that of `now`; a missing time of day is midnight. Text after the format is ignored
 * or not (flag `strptimeTrailing`).
 */
export function strptime(
  text: string,
  format: string,
  zone: TimeZone,
  now: number,
  { compat, rests }: Choices = DEFAULT_CHOICES,
): number | null {
  if (!compiled.has(format)) {
    if (compiled.size > 200) compiled.clear();
    compiled.set(format, compileFormat(format));
  }
  const entry = compiled.get(format);
  const match = entry?.pattern.exec(text);
  if (entry === undefined || match === null || match === undefined) return null;
  if (match[0].length < text.trimEnd().length) {
    rests('strptimeTrailing');
    if (compat.strptimeTrailing === 'refuse') return null;
  }
  const fields: Fields = {};
  for (const [i, store] of entry.stores.entries()) if (store(fields, match[i + 1]!) === false) return null;
  return toEpoch(fields, zone, now);
}

function toEpoch(fields: Fields, zone: TimeZone, now: number): number | null {
  if (fields.epoch !== undefined) return fields.epoch + (fields.fraction ?? 0);
  const today = toLocal(now, zone);
  const dated =
    fields.year !== undefined ||
    fields.month !== undefined ||
    fields.day !== undefined ||
    fields.yearDay !== undefined;
  const year = fields.year ?? today.year;
  const month = fields.yearDay !== undefined ? 1 : (fields.month ?? (dated ? 1 : today.month));
  const date = fields.yearDay ?? fields.day ?? (dated ? 1 : today.day);
  if (fields.yearDay === undefined && date > daysInMonth(year, month)) return null;
  let hours = fields.hour ?? 0;
  if (fields.hour === undefined && fields.hour12 !== undefined)
    hours = (fields.hour12 % 12) + (fields.afternoon ? 12 : 0);
  const wall = {
    year,
    month,
    day: date,
    hour: hours,
    minute: fields.minute ?? 0,
    second: fields.second ?? 0,
  };
  const fixed = fields.offset;
  const epoch =
    fixed === undefined
      ? fromLocal(wall, zone)
      : fromLocal(wall, { name: '', offsetAt: () => fixed, abbreviationAt: () => '' });
  return epoch + (fields.fraction ?? 0);
}
