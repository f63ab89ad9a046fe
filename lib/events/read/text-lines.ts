/** Formats whose records are lines, or runs of lines that begin in a known way. */

import { decode } from './bytes.ts';
import type { Format, Head } from './format.ts';
import { groupedLines } from './grouped-lines.ts';

const STAMP = /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d(?:\.\d+)?(?: [AP]M)?\s*$/;
const AUDIT = /^(?:node=\S+ )?type=[A-Z_0-9a-z[\]]+ msg=audit\(\d+\.\d+:\d+\):/;
const MONTHS = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const SYSLOG = new RegExp(
  String.raw`^(?:<\d{1,3}>)?(?:\d{1,2} )?(?:${MONTHS} +\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S* \S+ \S+)`,
);
/** Any of the timestamps that Splunk's default `datetime.xml` finds, in the first part of a line. */
const DATED =
  /\d{4}[-/]\d\d[-/]\d\d|\d{1,2}\/[A-Z][a-z]{2}\/\d{4}|\d{1,2}\/\d{1,2}\/\d{4}|\d\d-\d\d-\d{4} \d\d:|[A-Z][a-z]{2} +\d{1,2} (?:\d{4} )?\d\d:\d\d|\b1[0-9]{9}\b/;

const firstLine = (head: Head): string =>
  head.text.slice(0, Math.max(0, head.text.indexOf('\n'))) || head.text;
const shown = (line: Uint8Array, most: number): string => decode(line.subarray(0, most));

/**
 * Classic Windows events and changes of Active Directory: a time on a line of its own, then `key=value` lines, with a
 * `Message` of many lines in the former.
 */
export const winKeyValue: Format = {
  name: 'winevent-kv',
  recognise: (head) =>
    STAMP.test(firstLine(head).trimEnd()) &&
    /^(?:LogName|EventCode|SourceName|admonEventType)=/m.test(head.text)
      ? 90
      : 0,
  open: (sink, base) =>
    groupedLines(sink, base, {
      starts: (line) => line.length < 40 && STAMP.test(decode(line)),
      orphanReason: 'Lines before the first event.',
    }),
};

/** Linux audit records, one line each; enrichment after the group separator stays in the line. */
export const auditd: Format = {
  name: 'auditd',
  recognise: (head) => (AUDIT.test(head.text) ? 92 : 0),
  open: (sink, base) =>
    groupedLines(sink, base, {
      starts: (line) => AUDIT.test(shown(line, 160)),
      orphanReason: 'Not an audit record.',
    }),
};

/** Syslog (RFC 3164 and 5424), one line each; indented lines belong to the line before. */
export const syslog: Format = {
  name: 'syslog',
  recognise: (head) => (SYSLOG.test(head.text) ? 60 : 0),
  open: (sink, base) => groupedLines(sink, base, { starts: (line) => line[0] !== 0x20 && line[0] !== 0x09 }),
};

/**
 * Any other text. When its first line has a time, a record begins at each line with one, as Splunk's default line
 * merging has it; otherwise each line is a record.
 */
export const text: Format = {
  name: 'text',
  recognise: (head) => (head.text === '' || head.text.includes('\u0000') ? 0 : 1),
  open: (sink, base) => {
    let dated: boolean | undefined;
    return groupedLines(sink, base, {
      starts(line) {
        const has = DATED.test(shown(line, 128));
        dated ??= has;
        return !dated || has;
      },
    });
  },
};
