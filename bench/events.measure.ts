/** One measurement of the reader, the same in Node and in a browser's worker. */

import { readEvents } from '../lib/events/read/read.ts';
import type { EventInput } from '../lib/events/record.ts';

export interface Measured {
  format: string;
  bytes: number;
  records: number;
  skipped: number;
  seconds: number;
}

/** Reads everything; with `fields`, works out each record's time and all its fields as well. */
export async function measure(input: EventInput, fields: boolean): Promise<Measured> {
  const stream = readEvents(input);
  let seen = 0;
  const start = performance.now();
  for await (const batch of stream) {
    for (const record of batch) seen += fields ? record.fields.size + (record.time ?? 0) : 1;
  }
  const seconds = (performance.now() - start) / 1000;
  const { bytes, records, skipped } = stream.summary.counts;
  if (Number.isNaN(seen)) throw new Error('A field count or a time is not a number.');
  return { format: stream.summary.format, bytes, records, skipped, seconds };
}

/** One line of the table; the aim is in the unit it names. */
export function row(where: string, name: string, fields: boolean, measured: Measured): string {
  const { bytes, records, skipped, seconds } = measured;
  return [
    where.padEnd(8),
    name.padEnd(22),
    fields ? 'all fields' : 'read      ',
    `${(bytes / 1e6 / seconds).toFixed(1).padStart(6)} MB/s`,
    `${Math.round(records / seconds)
      .toLocaleString('en')
      .padStart(9)} records/s`,
    `${records} records, ${skipped} skipped`,
  ].join('  ');
}
