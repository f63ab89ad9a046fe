/**
 * What the comparators do, as a process of its own: a file to standard output, every record's text, or of NDJSON the
 * lines whose source address is the one named. `node process.mjs FILE [ADDRESS]`.
 */

import { createReadStream, writeSync } from 'node:fs';
import { readEvents } from '../lib/events/read/read.ts';

const [file = '', address] = process.argv.slice(2);
for await (const batch of readEvents(createReadStream(file, { highWaterMark: 1 << 18 }))) {
  let text = '';
  for (const record of batch) {
    if (address === undefined || (record.raw.includes(address) && record.fields.get('src_ip') === address))
      text += `${record.raw}\n`;
  }
  if (text !== '') writeSync(1, text);
}
