/**
 * Fields that an indexer adds to every event beside its metadata: parts of its time, `punct`, `linecount`. Worked out
 * when a search names one. Times are in UTC, as `_time` is kept; Splunk takes them from the text as it stands.
 */

import type { EventRecord } from './record.ts';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const DATE_PARTS: Readonly<Record<string, (time: Date) => number | string | undefined>> = {
  date_hour: (time) => time.getUTCHours(),
  date_mday: (time) => time.getUTCDate(),
  date_minute: (time) => time.getUTCMinutes(),
  date_month: (time) => MONTHS[time.getUTCMonth()],
  date_second: (time) => time.getUTCSeconds(),
  date_wday: (time) => DAYS[time.getUTCDay()],
  date_year: (time) => time.getUTCFullYear(),
  date_zone: () => 0,
};

/** As many characters as `punct` has at most. */
const PUNCT_LENGTH = 50;

/** What is neither a letter nor a digit; a blank is `_`, a tab `t`, line ends are left out. */
export function punctOf(raw: string): string {
  const marks = raw.replace(/[\p{L}\p{N}\r\n]/gu, '').slice(0, PUNCT_LENGTH);
  return marks.replace(/[ \t]/g, (blank) => (blank === '\t' ? 't' : '_'));
}

/** A default field by its name; undefined for any other name, and for parts of a time that the event does not state. */
export function defaultField(record: EventRecord, name: string): string | undefined {
  if (name === 'punct') return punctOf(record.raw);
  if (name === 'linecount') return String(record.raw.split('\n').length);
  const part = Object.hasOwn(DATE_PARTS, name) ? DATE_PARTS[name] : undefined;
  if (part === undefined || record.time === null) return undefined;
  const value = part(new Date(record.time * 1000));
  return value === undefined || Number.isNaN(value) ? undefined : String(value);
}

/** Names of the default fields, for reports of what is provided. */
export const DEFAULT_FIELDS: readonly string[] = [...Object.keys(DATE_PARTS), 'linecount', 'punct'];
