/** `strftime`: glibc's directives as Splunk documents them, with its own `%N`, `%Q`, `%Ez` and `%+`. English names only. */
import { DAY_NAMES, MONTH_NAMES } from '../../../text/calendar.ts';
import { daysFromCivil, hasDate, type LocalTime, type TimeZone, toLocal, weekday, yearDay } from './zone.ts';

/** What the directives made of other directives stand for. */
export const COMPOSITES: { readonly [directive: string]: string } = {
  c: '%a %b %e %T %Y',
  '+': '%a %b %e %T %Z %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  h: '%b',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  T: '%H:%M:%S',
  x: '%m/%d/%Y',
  X: '%T',
};

interface Moment {
  local: LocalTime;
  epoch: number;
  zone: TimeZone;
}

const two = (value: number) => String(value).padStart(2, '0');
const blank = (value: number) => String(value).padStart(2, ' ');
const twelve = (hour: number) => hour % 12 || 12;

const DIRECTIVES: { readonly [directive: string]: (moment: Moment) => string } = {
  a: ({ local }) => DAY_NAMES[weekday(local)]!.slice(0, 3),
  A: ({ local }) => DAY_NAMES[weekday(local)]!,
  b: ({ local }) => MONTH_NAMES[local.month - 1]!.slice(0, 3),
  B: ({ local }) => MONTH_NAMES[local.month - 1]!,
  C: ({ local }) => two(Math.floor(local.year / 100)),
  d: ({ local }) => two(local.day),
  e: ({ local }) => blank(local.day),
  f: ({ epoch }) => subseconds(epoch, 6),
  g: ({ local }) => two(isoWeek(local).year % 100),
  G: ({ local }) => String(isoWeek(local).year),
  H: ({ local }) => two(local.hour),
  I: ({ local }) => two(twelve(local.hour)),
  j: ({ local }) => String(yearDay(local)).padStart(3, '0'),
  k: ({ local }) => blank(local.hour),
  l: ({ local }) => blank(twelve(local.hour)),
  m: ({ local }) => two(local.month),
  M: ({ local }) => two(local.minute),
  n: () => '\n',
  N: ({ epoch }) => subseconds(epoch, 9),
  p: ({ local }) => (local.hour < 12 ? 'AM' : 'PM'),
  P: ({ local }) => (local.hour < 12 ? 'am' : 'pm'),
  Q: ({ epoch }) => subseconds(epoch, 3),
  s: ({ epoch }) => String(Math.floor(epoch)),
  S: ({ local }) => two(local.second),
  t: () => '\t',
  u: ({ local }) => String(weekday(local) || 7),
  U: ({ local }) => two(Math.floor((yearDay(local) + 6 - weekday(local)) / 7)),
  V: ({ local }) => two(isoWeek(local).week),
  w: ({ local }) => String(weekday(local)),
  W: ({ local }) => two(Math.floor((yearDay(local) + 6 - ((weekday(local) + 6) % 7)) / 7)),
  y: ({ local }) => two(local.year % 100),
  Y: ({ local }) => String(local.year),
  z: ({ zone, epoch }) => offsetText(zone.offsetAt(epoch), ''),
  Z: ({ zone, epoch }) => zone.abbreviationAt(epoch),
  '%': () => '%',
};

/** Null for a time outside the calendar's reach. Unknown directives stay as they are. */
export function strftime(epoch: number, format: string, zone: TimeZone): string | null {
  if (!hasDate(epoch)) return null;
  return render({ epoch, zone, local: toLocal(epoch, zone) }, format);
}

function render(moment: Moment, format: string): string {
  return format.replace(
    /%(?:(\d)([NQ])|(:{1,2})z|(Ez)|([\s\S]))/g,
    (whole, digits, _letter, colons, minutes, directive) => {
      if (digits !== undefined) return subseconds(moment.epoch, Number(digits));
      const offset = moment.zone.offsetAt(moment.epoch);
      if (colons !== undefined) return offsetText(offset, ':') + (colons === '::' ? ':00' : '');
      if (minutes !== undefined) return String(offset / 60);
      const composite = COMPOSITES[directive];
      if (composite !== undefined) return render(moment, composite);
      return DIRECTIVES[directive]?.(moment) ?? whole;
    },
  );
}

function offsetText(offset: number, separator: string): string {
  const minutes = Math.abs(Math.round(offset / 60));
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

function subseconds(epoch: number, digits: number): string {
  // A double holds microseconds of today's dates, not more: rounding there keeps .123 from printing as .122999.
  const micros = Math.round((epoch - Math.floor(epoch)) * 1e6);
  return String(Math.min(micros, 999_999)).padStart(6, '0').padEnd(9, '0').slice(0, digits);
}

/** ISO 8601 week: weeks start on Monday, and week 1 holds the year's first Thursday. */
function isoWeek(local: LocalTime): { year: number; week: number } {
  const thursday = daysFromCivil(local.year, local.month, local.day) + 4 - (weekday(local) || 7);
  const year = new Date(thursday * 86_400_000).getUTCFullYear();
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 };
}
