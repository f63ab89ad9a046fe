/** `_time` from what an event says: one table of notations, each to epoch seconds. A time without a zone is UTC. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface Notation {
  name: string;
  pattern: RegExp;
}

/** Named groups: Y M (number) or b (month name) D h m s, f (fraction digits), p (AM or PM), z (zone), e (epoch). */
const NOTATIONS: readonly Notation[] = [
  {
    name: 'iso 8601',
    pattern:
      /(?<Y>\d{4})-(?<M>\d\d)-(?<D>\d\d)[T ](?<h>\d\d):(?<m>\d\d):(?<s>\d\d)(?:[.,](?<f>\d+))?\s?(?<z>Z|[+-]\d\d:?\d\d|GMT|UTC)?/,
  },
  { name: 'audit', pattern: /audit\((?<e>\d{9,10}\.\d+):\d+\)/ },
  {
    name: 'clf',
    pattern:
      /(?<D>\d{1,2})\/(?<b>[A-Z][a-z]{2})\/(?<Y>\d{4}):(?<h>\d\d):(?<m>\d\d):(?<s>\d\d)(?:\.(?<f>\d+))?(?: (?<z>[+-]\d{4}))?/,
  },
  {
    name: 'us',
    pattern:
      /(?<M>\d{1,2})\/(?<D>\d{1,2})\/(?<Y>\d{4}) (?<h>\d{1,2}):(?<m>\d\d):(?<s>\d\d)(?:\.(?<f>\d+))?(?: (?<p>[AP]M))?/,
  },
  { name: 'slashes', pattern: /(?<Y>\d{4})\/(?<M>\d\d)\/(?<D>\d\d) (?<h>\d\d):(?<m>\d\d):(?<s>\d\d)/ },
  {
    name: 'splunkd',
    pattern:
      /(?<M>\d\d)-(?<D>\d\d)-(?<Y>\d{4}) (?<h>\d\d):(?<m>\d\d):(?<s>\d\d)(?:\.(?<f>\d+))?(?: (?<z>[+-]\d{4}))?/,
  },
  {
    name: 'osquery',
    pattern:
      /[A-Z][a-z]{2} (?<b>[A-Z][a-z]{2}) +(?<D>\d{1,2}) (?<h>\d\d):(?<m>\d\d):(?<s>\d\d) (?<Y>\d{4}) (?<z>UTC)?/,
  },
  {
    name: 'syslog',
    pattern:
      /(?<b>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +(?<D>\d{1,2}) (?:(?<Y>\d{4}) )?(?<h>\d\d):(?<m>\d\d):(?<s>\d\d)(?:\.(?<f>\d+))?/,
  },
  { name: 'dateless tab', pattern: /(?<Y>\d{4})-(?<M>\d\d)-(?<D>\d\d)\t(?<h>\d\d):(?<m>\d\d):(?<s>\d\d)/ },
  { name: 'epoch', pattern: /(?<![\d.])(?<e>1[0-9]{9}(?:\.\d+)?)(?![\d])/ },
];

/** What each notation but those of epoch seconds has; most JSON has none of it where a time is looked for. */
const CLOCK = /\d\d:\d\d/;
const EPOCH_NOTATIONS = NOTATIONS.filter(({ pattern }) => pattern.source.includes('(?<e>'));

/** Epoch seconds of a number of seconds, milliseconds, microseconds or nanoseconds, told apart by size. */
export function epochOf(value: number): number {
  if (value > 1e17) return value / 1e9;
  if (value > 1e14) return value / 1e6;
  return value > 1e11 ? value / 1e3 : value;
}

function zoneSeconds(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  return match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}

/** Seconds east of UTC at a time given as if it were UTC, for texts that name no zone. */
type LocalOffset = (local: number) => number;

function fromGroups(groups: Record<string, string | undefined>, offset?: LocalOffset): number | null {
  if (groups.e !== undefined) return Number(groups.e);
  const month = groups.b === undefined ? Number(groups.M) - 1 : MONTHS.indexOf(groups.b.toLowerCase());
  let hour = Number(groups.h);
  if (groups.p === 'PM' && hour < 12) hour += 12;
  if (groups.p === 'AM' && hour === 12) hour = 0;
  // RFC 3164 has no year: this one, as Splunk takes it.
  const year = groups.Y === undefined ? new Date().getUTCFullYear() : Number(groups.Y);
  const milliseconds = Date.UTC(year, month, Number(groups.D), hour, Number(groups.m), Number(groups.s));
  if (month < 0 || Number.isNaN(milliseconds)) return null;
  const fraction = groups.f === undefined ? 0 : Number(`0.${groups.f.slice(0, 9)}`);
  const seconds = milliseconds / 1000;
  const east = groups.z === undefined && offset !== undefined ? offset(seconds) : zoneSeconds(groups.z);
  return seconds - east + fraction;
}

const ZERO = 0x30;

/** Two digits as a number; NaN where they are none. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/**
 * ISO 8601 in UTC at the very start of a text, as nearly every modern log writes it. Undefined where it is anything else:
 * the patterns decide then. They take ten times as long, and each record needs a time.
 */
function isoAtStart(text: string): number | undefined {
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return undefined;
  if (text[10] !== 'T' && text[10] !== ' ') return undefined;
  let end = 19;
  let fraction = 0;
  if (text[19] === '.') {
    end = 20;
    while (text.charCodeAt(end) >= ZERO && text.charCodeAt(end) <= ZERO + 9) end++;
    if (end === 20) return undefined;
    fraction = Number(text.slice(19, Math.min(end, 29)));
  }
  if (text[end] !== 'Z') return undefined;
  const year = pair(text, 0) * 100 + pair(text, 2);
  const milliseconds = Date.UTC(
    year,
    pair(text, 5) - 1,
    pair(text, 8),
    pair(text, 11),
    pair(text, 14),
    pair(text, 17),
  );
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000 + fraction;
}

/** The first time in a text; null when there is none. Where it names no zone, UTC or what `offset` says counts. */
export function timeIn(text: string, offset?: LocalOffset): number | null {
  const iso = isoAtStart(text);
  if (iso !== undefined) return iso;
  let best: RegExpExecArray | undefined;
  for (const { pattern } of CLOCK.test(text) ? NOTATIONS : EPOCH_NOTATIONS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    // A full date later in the line is better than one without a year at its start (a relay's header).
    const full = match.groups?.Y !== undefined || match.groups?.e !== undefined;
    if (best === undefined || full) best = match;
    if (full) break;
  }
  return best?.groups === undefined ? null : fromGroups(best.groups, offset);
}

/** A field's value as a time: a number by its size, text by its notation. */
export function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value > 1e8 ? epochOf(value) : null;
  if (typeof value !== 'string' || value === '') return null;
  return /^\d+(\.\d+)?$/.test(value) ? timeOf(Number(value)) : timeIn(value);
}
