/** Where an event ends: LINE_BREAKER and TRUNCATE cut the text into lines, SHOULD_LINEMERGE joins lines to events. */

import { isOn, pattern, type Stanza } from './conf.ts';

export interface BrokenEvent {
  raw: string;
  /** Whether a line of it was longer than TRUNCATE. */
  truncated: boolean;
}

const DEFAULT_BREAKER = /([\r\n]+)/dg;
const DEFAULT_TRUNCATE = 10_000;
const DEFAULT_MAX_EVENTS = 256;

/**
 * Text before the first group of a match ends a line, text after it begins the next. Where only a later group took
 * part, that one counts; where none did, the break is before the match and nothing is lost.
 */
function cut(text: string, breaker: RegExp): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const match of text.matchAll(breaker)) {
    const [start, end] = match.indices?.slice(1).find((span) => span !== undefined) ?? [
      match.index,
      match.index,
    ];
    if (start < from) continue;
    lines.push(text.slice(from, start));
    from = end;
  }
  lines.push(text.slice(from));
  return lines.filter((line) => line !== '');
}

/** At most `bytes` of UTF-8, never half a character. */
function truncate(line: string, bytes: number): string {
  // No character takes more than three bytes per UTF-16 unit.
  if (bytes <= 0 || line.length * 3 <= bytes) return line;
  let used = 0;
  let end = 0;
  for (const char of line) {
    const code = char.codePointAt(0) ?? 0;
    used += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (used > bytes) return line.slice(0, end);
    end += char.length;
  }
  return line;
}

function linesOf(text: string, props: Stanza, breaker: RegExp): BrokenEvent[] {
  const most = Number(props.get('TRUNCATE') ?? DEFAULT_TRUNCATE);
  return cut(text, breaker).map((line) => {
    const raw = truncate(line, most);
    return { raw, truncated: raw.length < line.length };
  });
}

/** Which line begins an event, given the line before it. */
function merger(
  props: Stanza,
  hasDate: (line: string) => boolean,
  say: (message: string) => void,
): (line: string, before: string, count: number) => boolean {
  const setting = (name: string) => {
    const source = props.get(name);
    if (source === undefined || source === '') return undefined;
    const found = pattern(source);
    if (found === undefined) say(`${name}: the pattern cannot be used here: ${source}`);
    return found;
  };
  const onlyBefore = setting('BREAK_ONLY_BEFORE');
  const mustAfter = setting('MUST_BREAK_AFTER');
  const notBefore = setting('MUST_NOT_BREAK_BEFORE');
  const notAfter = setting('MUST_NOT_BREAK_AFTER');
  const beforeDate = isOn(props.get('BREAK_ONLY_BEFORE_DATE'), true);
  const most = Number(props.get('MAX_EVENTS') ?? DEFAULT_MAX_EVENTS);
  // Without a rule that says "only before", each line is an event.
  const everyLine = onlyBefore === undefined && !beforeDate;
  let held = false;
  return (line, before, count) => {
    // The limit is looked at when it has been passed, and nothing holds it up.
    if (count > most) return true;
    const after = mustAfter?.test(before) === true;
    held = !after && (held || notAfter?.test(before) === true);
    if (held) return false;
    // As captured from Splunk 10.4, MUST_NOT_BREAK_BEFORE does not hold up a break that a date or BREAK_ONLY_BEFORE asks for.
    if (onlyBefore?.test(line) === true || (beforeDate && hasDate(line))) return true;
    return (after || everyLine) && notBefore?.test(line) !== true;
  };
}

/** Events of a text as `props.conf` has them broken. `hasDate` tells whether a line begins with a time. */
export function breakEvents(
  text: string,
  props: Stanza,
  hasDate: (line: string) => boolean,
  say: (message: string) => void = () => {},
): BrokenEvent[] {
  const own = props.get('LINE_BREAKER');
  const breaker = own === undefined ? DEFAULT_BREAKER : pattern(own, 'dg');
  if (breaker === undefined) say(`LINE_BREAKER: the pattern cannot be used here: ${own}`);
  const lines = linesOf(text, props, breaker ?? DEFAULT_BREAKER);
  if (!isOn(props.get('SHOULD_LINEMERGE'), true)) return lines;
  const begins = merger(props, hasDate, say);
  const groups: BrokenEvent[][] = [];
  for (const [at, line] of lines.entries()) {
    const group = groups.at(-1);
    const before = lines[at - 1]?.raw ?? '';
    if (group === undefined || begins(line.raw, before, group.length)) groups.push([line]);
    else group.push(line);
  }
  return groups.map((group) => ({
    raw: group.map(({ raw }) => raw).join('\n'),
    truncated: group.some(({ truncated }) => truncated),
  }));
}
