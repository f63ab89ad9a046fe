import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { describeEvents, type EventOverview } from '../../events/describe.ts';
import { readEvents } from '../../events/read/read.ts';
import type { Io } from '../io.ts';
import { SettingsError, shown } from '../settings.ts';

const OPTIONS = {
  format: { type: 'string' },
  source: { type: 'string' },
  sourcetype: { type: 'string' },
  host: { type: 'string' },
  index: { type: 'string' },
} as const;

/** Says what files of events hold. 0 all was read, 1 something could not be read, 2 wrong usage. */
export async function main(args: string[], io: Io): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const { format = 'text', ...metadata } = values;
    if (format !== 'text' && format !== 'json') throw new SettingsError('--format is one of text, json.');
    if (positionals.length === 0) throw new SettingsError('Give one or more files of events.');
    const missing = positionals.find((path) => !existsSync(path) || !statSync(path).isFile());
    if (missing !== undefined) throw new SettingsError(`There is no file ${missing}.`);
    const overviews: [path: string, overview: EventOverview][] = [];
    for (const path of positionals) {
      const stream = readEvents(createReadStream(path), { name: basename(path), ...metadata });
      overviews.push([path, await describeEvents(stream)]);
    }
    io.out(
      format === 'json'
        ? `${JSON.stringify(
            overviews.map(([path, each]) => asJson(path, each)),
            null,
            2,
          )}\n`
        : overviews.map(([path, each]) => asText(path, each)).join('\n'),
    );
    return overviews.some(([, { summary }]) => isIncomplete(summary)) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SettingsError) && !(error instanceof TypeError)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
}

function isIncomplete({ counts, warnings }: EventOverview['summary']): boolean {
  return counts.skipped > 0 || warnings.some(({ severity }) => severity === 'error');
}

/** Times are ISO 8601 in UTC, null where no record has one; counts are by name, most first. */
function asJson(file: string, overview: EventOverview): object {
  const { summary, sourcetypes, sources, hosts, events, earliest, latest, timeless, fields } = overview;
  return {
    file,
    format: summary.format,
    alsoFormats: summary.alsoFormats,
    ...summary.counts,
    sourcetypes: Object.fromEntries(sourcetypes),
    sources: Object.fromEntries(sources),
    hosts: Object.fromEntries(hosts),
    events: Object.fromEntries(events),
    earliest: isoTime(earliest),
    latest: isoTime(latest),
    withoutTime: timeless,
    fields: Object.fromEntries(fields),
    warnings: summary.warnings,
    skippedPieces: summary.skipped,
  };
}

const MOST_LINES = 12;

function asText(file: string, overview: EventOverview): string {
  const { summary, sourcetypes, sources, hosts, events, earliest, latest, timeless, fields } = overview;
  const { records, bytes, skipped, skippedBytes } = summary.counts;
  const formats = [summary.format || 'nothing', ...summary.alsoFormats].join(', ');
  const lines = [
    `${shown(file)}: ${formats}, ${number(records)} events, ${number(bytes)} bytes`,
    earliest === null ? '  no event has a time' : `  ${isoTime(earliest)} to ${isoTime(latest)}`,
  ];
  if (timeless > 0 && earliest !== null) lines.push(`  ${number(timeless)} events without a time`);
  lines.push(
    ...section('sourcetypes', sourcetypes),
    ...section('sources', sources),
    ...section('hosts', hosts),
    ...section('events', events),
  );
  const names = [...fields].map(([name, count]) => (count === records ? name : `${name} (${number(count)})`));
  lines.push(`  ${names.length} fields: ${names.join(', ')}`);
  for (const { severity, code, message } of summary.warnings) lines.push(`  ${severity} ${code}: ${message}`);
  if (skipped > 0) {
    lines.push(`  ${number(skipped)} pieces (${number(skippedBytes)} bytes) could not be read:`);
    for (const { member, offset, length, reason } of summary.skipped.slice(0, MOST_LINES)) {
      lines.push(`    ${member === undefined ? '' : `${member} `}at ${offset}, ${length} bytes: ${reason}`);
    }
    if (skipped > MOST_LINES) lines.push(`    … ${number(skipped - MOST_LINES)} more`);
  }
  return `${lines.join('\n')}\n`;
}

function section(title: string, counts: ReadonlyMap<string, number>): string[] {
  if (counts.size === 0) return [];
  const shownCounts = [...counts].slice(0, MOST_LINES);
  const rest = counts.size - shownCounts.length;
  return [
    `  ${title}`,
    ...shownCounts.map(([name, count]) => `  ${number(count).padStart(9)}  ${name}`),
    ...(rest > 0 ? [`             … ${number(rest)} more`] : []),
  ];
}

function isoTime(seconds: number | null): string | null {
  if (seconds === null) return null;
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

function number(value: number): string {
  return value.toLocaleString('en');
}
