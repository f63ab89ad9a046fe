/**
 * Time zones and calendar arithmetic. Times are epoch seconds (fractions allowed); zones are IANA names or fixed offsets
 * (`+05:30`). The zone data is the JavaScript engine's own.
 */

export interface TimeZone {
  readonly name: string;
  /** Seconds east of UTC in force at a time. */
  offsetAt(epoch: number): number;
  /** Abbreviation in force, as `%Z` prints it. */
  abbreviationAt(epoch: number): string;
}

/** Calendar fields of a time in a zone. `month` and `day` count from 1; `weekday` 0 is Sunday; `second` is whole. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const DAY = 86_400;

// A Date holds 8.64e15 milliseconds; beyond that it has no fields, and formatting it throws.
const FARTHEST = 8.64e12 - 2 * DAY;

/** Whether a time has a calendar date at all. */
export function hasDate(epoch: number): boolean {
  return Math.abs(epoch) < FARTHEST;
}

export const UTC: TimeZone = { name: 'UTC', offsetAt: () => 0, abbreviationAt: () => 'UTC' };

const zones = new Map<string, TimeZone | undefined>([['UTC', UTC]]);

/** Undefined when there is no such zone. */
export function timeZone(name: string): TimeZone | undefined {
  if (!zones.has(name)) zones.set(name, openZone(name));
  return zones.get(name);
}

function openZone(name: string): TimeZone | undefined {
  const fixed = /^(?:UTC|GMT)?([+-])(\d\d):?(\d\d)$/.exec(name);
  if (fixed !== null) {
    const offset = (fixed[1] === '-' ? -60 : 60) * (Number(fixed[2]) * 60 + Number(fixed[3]));
    return { name, offsetAt: () => offset, abbreviationAt: () => name };
  }
  let fields: Intl.DateTimeFormat;
  let short: Intl.DateTimeFormat;
  try {
    const numeric = 'numeric';
    const options = {
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    } as const;
    fields = new Intl.DateTimeFormat('en-US', { ...options, timeZone: name, hourCycle: 'h23', era: 'short' });
    short = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'short' });
  } catch {
    return undefined;
  }
  // Offsets only ever change on a quarter of an hour, so one look-up serves all times in it.
  const offsets = new Map<number, number>();
  return {
    name,
    offsetAt(epoch) {
      if (!hasDate(epoch)) return 0;
      const quarter = Math.floor(epoch / 900);
      let offset = offsets.get(quarter);
      if (offset === undefined) {
        offset = readOffset(fields, quarter * 900);
        if (offsets.size > 5000) offsets.clear();
        offsets.set(quarter, offset);
      }
      return offset;
    },
    abbreviationAt(epoch) {
      if (!hasDate(epoch)) return name;
      const parts = short.formatToParts(new Date(epoch * 1000));
      return parts.find((part) => part.type === 'timeZoneName')?.value ?? name;
    },
  };
}

function readOffset(format: Intl.DateTimeFormat, epoch: number): number {
  const field: { [type: string]: string } = {};
  for (const part of format.formatToParts(new Date(epoch * 1000))) field[part.type] = part.value;
  const year = field.era === 'BC' ? 1 - Number(field.year) : Number(field.year);
  const days = daysFromCivil(year, Number(field.month), Number(field.day));
  return days * DAY + Number(field.hour) * 3600 + Number(field.minute) * 60 + Number(field.second) - epoch;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. Months outside 1..12 and any day number carry over. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const monthIndex = year * 12 + (month - 1);
  const y = Math.floor(monthIndex / 12);
  const m = monthIndex - y * 12;
  // Date.UTC reads years 0..99 as 1900..1999, so the year is set separately.
  const date = new Date(0);
  date.setUTCFullYear(y, m, 1);
  return Math.round(date.getTime() / (DAY * 1000)) + day - 1;
}

export function daysInMonth(year: number, month: number): number {
  return daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);
}

export function toLocal(epoch: number, zone: TimeZone): LocalTime {
  const date = new Date((Math.floor(epoch) + zone.offsetAt(epoch)) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/**
 * Epoch seconds of a wall-clock time; fields out of range carry over. A time that a clock change skips counts with the
 * offset before the change, one that occurs twice is the earlier of the two.
 */
export function fromLocal(time: LocalTime, zone: TimeZone): number {
  const wall =
    daysFromCivil(time.year, time.month, time.day) * DAY + time.hour * 3600 + time.minute * 60 + time.second;
  const before = zone.offsetAt(wall - DAY);
  const first = wall - before;
  if (zone.offsetAt(first) === before) return first;
  const second = wall - zone.offsetAt(first);
  return zone.offsetAt(second) === zone.offsetAt(first) ? second : first;
}

/** 0 is Sunday. */
export function weekday(time: LocalTime): number {
  return new Date(daysFromCivil(time.year, time.month, time.day) * DAY * 1000).getUTCDay();
}

/** 1 is the first of January. */
export function yearDay(time: LocalTime): number {
  return daysFromCivil(time.year, time.month, time.day) - daysFromCivil(time.year, 1, 1) + 1;
}
