/**
 * Fields that an indexer adds to every event beside its metadata: parts of its time, `punct`, `linecount`. Worked out
 * when a search names one. Times are in UTC, as `_time` is kept; Splunk takes them from the text as it stands.
 */

import { DAY_NAMES, MONTH_NAMES } from '../text/calendar.ts';
import type { EventRecord } from './record.ts';

/** As many characters as `punct` has at most. */
const PUNCT_LENGTH = 50;

/** What is neither a letter nor a digit; a blank is `_`, a tab `t`, line ends are left out. */
export function punctOf(raw: string): string {
  const marks = raw.replace(/[\p{L}\p{N}\r\n]/gu, '').slice(0, PUNCT_LENGTH);
  return marks.replaceAll(' ', '_').replaceAll('\t', 't');
}

/** By name, from the time (invalid where the event states none) and the text. */
const DEFAULTS: Readonly<Record<string, (time: Date, raw: string) => number | string | undefined>> = {
  date_hour: (time) => time.getUTCHours(),
  date_mday: (time) => time.getUTCDate(),
  date_minute: (time) => time.getUTCMinutes(),
  date_month: (time) => MONTH_NAMES[time.getUTCMonth()]?.toLowerCase(),
  date_second: (time) => time.getUTCSeconds(),
  date_wday: (time) => DAY_NAMES[time.getUTCDay()]?.toLowerCase(),
  date_year: (time) => time.getUTCFullYear(),
  linecount: (_time, raw) => raw.split('\n').length,
  punct: (_time, raw) => punctOf(raw),
};

/** A default field by its name; undefined for any other name, and for parts of a time that the event does not state. */
export function defaultField(record: Pick<EventRecord, 'time' | 'raw'>, name: string): string | undefined {
  if (!Object.hasOwn(DEFAULTS, name)) return undefined;
  const { time, raw } = record;
  const value = DEFAULTS[name]?.(new Date((time ?? Number.NaN) * 1000), raw);
  return value === undefined || Number.isNaN(value) ? undefined : String(value);
}

/** Names of the default fields, for reports of what is provided. */
export const defaultFields = (): string[] => Object.keys(DEFAULTS);
