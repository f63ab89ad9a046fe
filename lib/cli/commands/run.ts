import { createReadStream, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dataModels } from '../../events/cim/data-models.ts';
import { readEvents } from '../../events/read/read.ts';
import type { EventRecord, Metadata } from '../../events/record.ts';
import { cimProvider, prepare, type RunResult, run, tableFromRecords } from '../../spl/index.ts';
import { matchedEvents } from '../../tester/index.ts';
import { nearestNames } from '../../text/nearest.ts';
import type { Io } from '../io.ts';
import { eachLine, RUN_BATCH, timeOf } from '../run/batch.ts';
import { type ContentEnvironment, findDetection, readContent } from '../run/detection.ts';
import { FORMATS, type Format, printRows, printTrace } from '../run/print.ts';
import { readSettings, SettingsError, shown } from '../settings.ts';
import { readDataModels, sayDataModelProblems } from '../test/data-models.ts';

const OPTIONS = {
  spl: { type: 'string' },
  events: { type: 'string', multiple: true },
  batch: { type: 'string' },
  content: { type: 'string', multiple: true },
  now: { type: 'string' },
  tz: { type: 'string' },
  dialect: { type: 'string' },
  format: { type: 'string' },
  trace: { type: 'boolean' },
  'show-events': { type: 'boolean' },
  source: { type: 'string' },
  sourcetype: { type: 'string' },
  host: { type: 'string' },
  index: { type: 'string' },
} as const;

interface Request {
  spl: string;
  dialect: 'spl1' | 'spl2';
  events: string[];
  format: Format;
  trace: boolean;
  showEvents: boolean;
  /** What every event is said to be; what is absent comes from the events. */
  metadata: Metadata;
  now: number | undefined;
  tz: string | undefined;
  environment: ContentEnvironment | undefined;
  /** Content folders, for their data models. */
  roots: string[];
}

/** Runs a search, or a detection of the content, over files of events. 0 done, 1 the run ended in an error, 2 usage. */
export async function main(args: string[], io: Io): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: spread(args),
      options: OPTIONS,
      allowPositionals: true,
    });
    if (values.batch !== undefined) return await eachLine(values.batch, io, RUN_BATCH);
    return await runOne(await requestOf(values, positionals), io);
  } catch (error) {
    if (!(error instanceof SettingsError) && !(error instanceof TypeError)) throw error;
    io.err(`${error.message}\n`);
    return 2;
  }
}

/** `--events a b c`: a name after an option's first value belongs to it too. */
function spread(args: readonly string[]): string[] {
  const out: string[] = [];
  let events = false;
  for (const [at, arg] of args.entries()) {
    if (arg.startsWith('--')) {
      events = arg === '--events';
      out.push(arg);
    } else if (events && args[at - 1] !== '--events') out.push('--events', arg);
    else out.push(arg);
  }
  return out;
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

async function requestOf(values: Values, positionals: readonly string[]): Promise<Request> {
  const format = (values.format ?? 'table') as Format;
  if (!FORMATS.includes(format)) throw new SettingsError(`--format is one of ${FORMATS.join(', ')}.`);
  const events = values.events ?? [];
  const missing = events.find((path) => !existsSync(path));
  if (missing !== undefined) throw new SettingsError(`The events file ${missing} does not exist.`);
  const now = values.now === undefined ? undefined : timeOf(values.now);
  if (values.now !== undefined && now === undefined) {
    throw new SettingsError(
      `“${values.now}” is not a time; give epoch seconds or a date such as 2024-05-01T12:00:00Z.`,
    );
  }
  const { source, sourcetype, host, index } = values;
  const settings = readSettings((values.content ?? []).flatMap((folder) => ['--content', folder]));
  const common = {
    events,
    format,
    trace: values.trace ?? false,
    showEvents: values['show-events'] ?? false,
    metadata: { source, sourcetype, host, index },
    now,
    tz: values.tz,
    roots: settings.content,
  };
  const wanted = positionals[0];
  if (values.spl !== undefined) {
    const dialect = values.dialect === 'spl2' ? 'spl2' : 'spl1';
    const environment = usesContent(values.spl) ? await readContent(settings.content) : undefined;
    return {
      ...common,
      spl: values.spl,
      dialect,
      environment,
    };
  }
  if (wanted === undefined) {
    throw new SettingsError('Give a search with --spl, a detection, or a batch file with --batch.');
  }
  const environment = await readContent(settings.content);
  const detection = findDetection(environment.catalog, wanted);
  if (detection === undefined) {
    const near = nearestNames(
      wanted,
      environment.catalog.detections.map(({ name }) => name),
    );
    const hint = near.length > 0 ? ` Did you mean ${near.map((name) => `“${name}”`).join(' or ')}?` : '';
    throw new SettingsError(`No detection “${wanted}” in ${settings.content.map(shown).join(', ')}.${hint}`);
  }
  if (detection.language === 'sigma') {
    throw new SettingsError(
      `“${detection.name}” is a Sigma rule; \`run\` takes searches, \`match\` takes Sigma rules.`,
    );
  }
  const dialect = detection.language === 'spl2' ? 'spl2' : 'spl1';
  return {
    ...common,
    spl: detection.search,
    dialect,
    environment,
  };
}

/** Reading a content folder takes seconds; a search without macros, lookups and models does without. */
function usesContent(spl: string): boolean {
  return /`|lookup|\bapply\b/i.test(spl);
}

async function runOne(request: Request, io: Io): Promise<number> {
  const records: EventRecord[] = [];
  const files: string[] = [];
  for (const path of request.events) {
    const stream = readEvents(createReadStream(path), { name: path, ...request.metadata });
    for await (const batch of stream) {
      for (const record of batch) {
        records.push(record);
        files.push(path);
      }
    }
    const { skipped, records: read } = stream.summary.counts;
    io.err(`${shown(path)}: ${read} events${skipped > 0 ? `, ${skipped} pieces could not be read` : ''}\n`);
  }
  const { environment } = request;
  sayDataModelProblems(request.roots, io);
  const prepared = prepare(request.spl, {
    dialect: request.dialect,
    ...(environment === undefined ? {} : { macros: environment.macros }),
  });
  const result = run(
    prepared,
    { events: tableFromRecords(records) },
    {
      ...(environment === undefined ? {} : { lookups: environment.lookups, models: environment.models }),
      dataModels: cimProvider(dataModels(readDataModels(request.roots).models)),
      trace: request.trace || request.showEvents,
      ...(request.now === undefined ? {} : { now: request.now }),
      ...(request.tz === undefined ? {} : { tz: request.tz }),
    },
  );
  if (request.trace) io.err(printTrace(result));
  say(result, io);
  if (result.error !== undefined) return 1;
  if (request.showEvents) {
    const rows = matchedEvents(result).map((event) => ({
      file: files[event]!,
      number: records[event]!.number,
    }));
    const found = `${result.rows.length} ${result.rows.length === 1 ? 'row' : 'rows'}`;
    io.err(`${rows.length} of ${records.length} events met the conditions; ${found}\n`);
    // As lines that other programs take, names uncut; the other formats are for programs anyway.
    io.out(
      request.format === 'table'
        ? rows.map(({ file, number }) => `${file}\t${number}\n`).join('')
        : printRows({ rows, fields: ['file', 'number'] }, request.format),
    );
  } else io.out(printRows(result, request.format));
  return 0;
}

function say(result: RunResult, io: Io): void {
  for (const { code, message } of result.notes) io.err(`note ${code}: ${message}\n`);
  for (const { command, target, rows } of result.artefacts) {
    io.err(`output ${command} ${target}: ${rows.length} rows\n`);
  }
  if (result.restsOn.length > 0) io.err(`rests on ${result.restsOn.join(', ')}\n`);
  if (result.error !== undefined) io.err(`error ${result.error.code}: ${result.error.message}\n`);
}
