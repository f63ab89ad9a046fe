/**
 * Relative time modifiers (`-24h@h`, `@w1+2d`, `now`), absolute ones (`01/31/2024:12:00:00`, epoch seconds).
 * Follows the Search Manual's page on time modifiers: steps apply from left to right, a snap always rounds down, both in
 * the user's time zone.
 */
import { type Choices, DEFAULT_CHOICES } from '../value/compat.ts';
import { daysInMonth, fromLocal, type LocalTime, type TimeZone, toLocal, weekday } from './zone.ts';

export type TimeUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const UNIT_NAMES: { readonly [U in TimeUnit]: string } = {
  second: 's sec secs second seconds',
  minute: 'm min minute minutes',
  hour: 'h hr hrs hour hours',
  day: 'd day days',
  week: 'w week weeks',
  month: 'mon month months',
  quarter: 'q qtr qtrs quarter quarters',
  year: 'y yr yrs year years',
};

const UNITS = new Map<string, TimeUnit>();
for (const [unit, names] of Object.entries(UNIT_NAMES))
  for (const name of names.split(' ')) UNITS.set(name, unit as TimeUnit);

/** Undefined when the text names no unit. Case does not matter, but `M` is not a month. */
export function timeUnit(text: string): TimeUnit | undefined {
  return UNITS.get(text.toLowerCase());
}

export type TimeStep =
  | { kind: 'shift'; amount: number; unit: TimeUnit }
  /** `weekday` (0 is Sunday) only for weeks. */
  | { kind: 'snap'; unit: TimeUnit; weekday: number };

/** A parsed modifier: `at` for an absolute time, else steps from the time it is applied to. */
export type TimeModifier = { at: number } | { steps: readonly TimeStep[] };

/** Undefined when the text is no time modifier. Absolute times are read in `zone`. */
export function parseTimeModifier(text: string, zone: TimeZone): TimeModifier | undefined {
  const trimmed = text.trim();
  if (/^now(?:\(\))?$/i.test(trimmed)) return { steps: [] };
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) return { at: Number(trimmed) };
  const absolute = /^(\d\d?)\/(\d\d?)\/(\d{4})(?::(\d\d?):(\d\d?):(\d\d?)(\.\d+)?)?$/.exec(trimmed);
  if (absolute !== null) {
    const [, month, day, year, hour, minute, second, fraction] = absolute.map((part) => Number(part ?? 0));
    return {
      at:
        fromLocal(
          { year: year!, month: month!, day: day!, hour: hour!, minute: minute!, second: second! },
          zone,
        ) + fraction!,
    };
  }
  const steps = parseSteps(trimmed.replace(/^now(?:\(\))?/i, ''));
  return steps && { steps };
}

function parseSteps(text: string): TimeStep[] | undefined {
  const steps: TimeStep[] = [];
  const pattern = /([+-]?)(\d*)([a-z]+)|@([a-z]+)([0-7]?)/iy;
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [, sign, digits, name, snap, day] = match;
    const unit = timeUnit(name ?? snap!);
    if (unit === undefined) return undefined;
    if (snap !== undefined) {
      if (day !== '' && unit !== 'week') return undefined;
      steps.push({ kind: 'snap', unit, weekday: Number(day) % 7 });
      continue;
    }
    // Only the first step may do without a sign (`1d@d` counts forward).
    if (sign === '' && (at > 0 || digits === '')) return undefined;
    const amount = digits === '' ? 1 : Number(digits);
    steps.push({ kind: 'shift', amount: sign === '-' ? -amount : amount, unit });
  }
  return steps.length > 0 ? steps : undefined;
}

export function applyTimeModifier(
  modifier: TimeModifier,
  from: number,
  zone: TimeZone,
  choices: Choices = DEFAULT_CHOICES,
): number {
  if ('at' in modifier) return modifier.at;
  let time = from;
  for (const step of modifier.steps) {
    time =
      step.kind === 'snap'
        ? snapTime(time, step.unit, zone, step.weekday)
        : shiftTime(time, step.amount, step.unit, zone, choices);
  }
  return time;
}

/** How long a unit is, in the measure that it is counted in. */
export const SECONDS: { readonly [U in TimeUnit]?: number } = { second: 1, minute: 60, hour: 3600 };
export const DAYS: { readonly [U in TimeUnit]?: number } = { day: 1, week: 7 };
export const MONTHS: { readonly [U in TimeUnit]?: number } = { month: 1, quarter: 3, year: 12 };

/** Hours and less are exact seconds; days and more keep the wall-clock time across clock changes. */
export function shiftTime(
  time: number,
  amount: number,
  unit: TimeUnit,
  zone: TimeZone,
  choices: Choices = DEFAULT_CHOICES,
): number {
  const seconds = SECONDS[unit];
  if (seconds !== undefined) return time + amount * seconds;
  const local = toLocal(time, zone);
  const days = DAYS[unit];
  if (days !== undefined) local.day += amount * days;
  else {
    local.month += amount * MONTHS[unit]!;
    const last = daysInMonth(local.year, local.month);
    if (local.day > last) {
      choices.rests('monthClamp');
      if (choices.compat.monthClamp === 'clamp') local.day = last;
    }
  }
  return fromLocal(local, zone) + (time - Math.floor(time));
}

/** The start of the unit that a time lies in. */
export function snapTime(time: number, unit: TimeUnit, zone: TimeZone, firstWeekday = 0): number {
  const local = toLocal(time, zone);
  if (unit === 'second' || unit === 'minute' || unit === 'hour') {
    // By seconds, not through the calendar, so that the hour which a clock change repeats stays two hours.
    const whole = Math.floor(time);
    return (
      whole - (unit === 'second' ? 0 : unit === 'minute' ? local.second : local.minute * 60 + local.second)
    );
  }
  const start: LocalTime = { ...local, hour: 0, minute: 0, second: 0 };
  if (unit === 'week') start.day -= (weekday(local) - firstWeekday + 7) % 7;
  else if (unit !== 'day') {
    start.day = 1;
    if (unit === 'quarter') start.month -= (start.month - 1) % 3;
    if (unit === 'year') start.month = 1;
  }
  return fromLocal(start, zone);
}
