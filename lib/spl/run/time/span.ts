/** Spans of `bin`, `timechart`, `tstats span=`: the start of the bucket that a time or number falls into. */
import { DAYS, MONTHS, SECONDS, shiftTime, snapTime, timeUnit } from './modifier.ts';
import { daysFromCivil, fromLocal, type TimeZone, toLocal } from './zone.ts';

/** `seconds` spans are exact lengths (fractions allowed); the others follow the calendar of the zone. */
export type TimeSpan =
  | { unit: 'seconds'; amount: number }
  | { unit: 'days' | 'months'; amount: number; weekday?: number };

const SUBSECONDS: { readonly [name: string]: number } = { us: 1e-6, ms: 1e-3, cs: 1e-2, ds: 1e-1 };

/** Undefined when the text is no span of time. A bare number counts seconds. `1w@w1` starts weeks on Monday. */
export function parseTimeSpan(text: string): TimeSpan | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)(?:@([a-z]+)([0-7]?))?$/i.exec(text.trim());
  if (match === null) return undefined;
  const amount = Number(match[1]);
  const name = match[2]!;
  if (amount <= 0) return undefined;
  const fraction = SUBSECONDS[name.toLowerCase()];
  if (fraction !== undefined) return { unit: 'seconds', amount: amount * fraction };
  const unit = name === '' ? 'second' : timeUnit(name);
  if (unit === undefined) return undefined;
  if (match[3] !== undefined && timeUnit(match[3]) === undefined) return undefined;
  const seconds = SECONDS[unit];
  if (seconds !== undefined) return { unit: 'seconds', amount: amount * seconds };
  if (!Number.isInteger(amount)) return undefined;
  const days = DAYS[unit];
  if (days === undefined) return { unit: 'months', amount: amount * MONTHS[unit]! };
  const span: TimeSpan = { unit: 'days', amount: amount * days };
  return unit === 'week' || match[4] ? { ...span, weekday: Number(match[4] || 0) % 7 } : span;
}

/**
 * Start of the bucket. Exact spans are aligned to the epoch (or to `alignTo`), days to local midnights counted from
 * 1970-01-01, weeks to their first day (Sunday), months to the months of year 1.
 */
export function floorTime(time: number, span: TimeSpan, zone: TimeZone, alignTo = 0): number {
  if (span.unit === 'seconds') {
    const steps = Math.floor((time - alignTo) / span.amount);
    return tidy(alignTo + steps * span.amount);
  }
  const local = toLocal(time, zone);
  const midnight = { ...local, hour: 0, minute: 0, second: 0 };
  if (span.unit === 'days') {
    if (span.amount === 7 && span.weekday !== undefined) return snapTime(time, 'week', zone, span.weekday);
    const day = daysFromCivil(local.year, local.month, local.day);
    return fromLocal(
      { ...midnight, day: local.day - (((day % span.amount) + span.amount) % span.amount) },
      zone,
    );
  }
  const month = local.year * 12 + local.month - 1;
  return fromLocal({ ...midnight, month: local.month - (month % span.amount), day: 1 }, zone);
}

/** Start of the bucket after the one that starts at `start`, for continuous series. */
export function nextBucket(start: number, span: TimeSpan, zone: TimeZone): number {
  if (span.unit === 'seconds') return tidy(start + span.amount);
  return shiftTime(start, span.amount, span.unit === 'days' ? 'day' : 'month', zone);
}

/** Spans that Splunk picks from when none is given, in ascending order. */
const AUTOMATIC = ['1s', '5s', '10s', '30s', '1m', '5m', '10m', '30m', '1h', '1d', '1mon', '1y'];

/** The finest usual span that cuts `seconds` into at most `bins` buckets. */
export function automaticTimeSpan(seconds: number, bins: number): TimeSpan {
  const spans = AUTOMATIC.map((text) => parseTimeSpan(text)!);
  return spans.find((span) => seconds / approximateSeconds(span) <= bins) ?? spans[spans.length - 1]!;
}

export function approximateSeconds(span: TimeSpan): number {
  if (span.unit === 'seconds') return span.amount;
  return span.amount * 86_400 * (span.unit === 'days' ? 1 : 30);
}

/** The smallest power of ten that cuts the range into at most `bins` numeric buckets. */
export function automaticNumberSpan(low: number, high: number, bins: number): number {
  if (!(high > low)) return 1;
  return 10 ** Math.ceil(Math.log10((high - low) / bins) - 1e-9);
}

/** Start of a numeric bucket. */
export function floorNumber(value: number, span: number): number {
  return tidy(Math.floor(value / span + 1e-9) * span);
}

/** Removes the dust of binary fractions (0.30000000000000004): spans and times have at most microseconds. */
function tidy(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toFixed(6));
}
