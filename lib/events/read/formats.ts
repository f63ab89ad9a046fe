import { csv } from './csv.ts';
import { evtx } from './evtx/format.ts';
import type { Format, Head } from './format.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import { auditd, syslog, text, winKeyValue } from './text-lines.ts';
import { w3c } from './w3c.ts';
import { winXml } from './win-xml.ts';

/** Every format there is. The surest about the first bytes reads the file; order decides between equals. */
export const FORMATS: readonly Format[] = [
  evtx,
  winXml,
  ndjson,
  json,
  w3c,
  auditd,
  winKeyValue,
  csv,
  syslog,
  text,
];

/** The format for these first bytes; undefined when none will have them. */
export function recognise(head: Head, formats: readonly Format[] = FORMATS, least = 1): Format | undefined {
  let best: Format | undefined;
  let most = least - 1;
  for (const format of formats) {
    const score = format.recognise(head);
    if (score > most) {
      most = score;
      best = format;
    }
  }
  return best;
}
