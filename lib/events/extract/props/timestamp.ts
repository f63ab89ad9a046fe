/** `_time` of an event as TIME_PREFIX, TIME_FORMAT, MAX_TIMESTAMP_LOOKAHEAD and TZ find it. */

import { timeIn } from '../time.ts';
import { pattern, type Stanza } from './conf.ts';

export interface TimeReader {
  /** Epoch seconds by a format of `strptime` at the start of a text, `zone` where the text names none; null otherwise. */
  strptime(text: string, format: string, zone: string): number | null;
  /** Seconds east of UTC of a zone at a time given as if it were UTC. */
  offset(zone: string, local: number): number;
}

const DEFAULT_LOOKAHEAD = 128;

/** Reads the time of an event's text; null where it has none. */
export function timestampReader(
  props: Stanza,
  reader: TimeReader | undefined,
  say: (message: string) => void,
): (raw: string) => number | null {
  if (/^(?:NONE|CURRENT)$/i.test(props.get('DATETIME_CONFIG') ?? '')) return () => null;
  const prefix = props.get('TIME_PREFIX') ?? '';
  const before = prefix === '' ? undefined : pattern(prefix);
  if (prefix !== '' && before === undefined) say(`TIME_PREFIX: the pattern cannot be used here: ${prefix}`);
  const format = props.get('TIME_FORMAT') ?? '';
  const zone = props.get('TZ') ?? 'UTC';
  if (reader === undefined && (format !== '' || zone !== 'UTC'))
    say('TIME_FORMAT and TZ need a reader of times; none was given, so times are found by their form.');
  const stated = Number(props.get('MAX_TIMESTAMP_LOOKAHEAD') ?? DEFAULT_LOOKAHEAD);
  const within = stated > 0 ? stated : Infinity;
  return (raw) => {
    let from = 0;
    if (before !== undefined) {
      const match = before.exec(raw);
      if (match === null) return null;
      from = match.index + match[0].length;
    }
    const text = raw.slice(from, from + within);
    if (reader === undefined) return timeIn(text);
    return format === ''
      ? timeIn(text, (local) => reader.offset(zone, local))
      : reader.strptime(text, format, zone);
  };
}
