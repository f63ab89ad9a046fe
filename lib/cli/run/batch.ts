import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { dataModels } from '../../events/cim/data-models.ts';
import { timeIn } from '../../events/extract/time.ts';
import { readAll } from '../../events/read/read.ts';
import type { EventRecord } from '../../events/record.ts';
import {
  cimProvider,
  type InputRow,
  type LookupDefinition,
  type MacroDefinition,
  prepare,
  type RunInput,
  readCsv,
  run,
  tableFromObjects,
  tableFromRecords,
} from '../../spl/index.ts';
import type { Io } from '../io.ts';

/** One line of a batch file. `rows` are results and keep their order, `events` come newest first out of the search. */
interface BatchRequest {
  id: unknown;
  spl: string;
  rows?: InputRow[];
  /** Objects, log text as a reader would get it, or a list of such texts. */
  events?: InputRow[] | string | string[];
  /** Rows, CSV text, or either with its settings. */
  lookups?: Record<string, InputRow[] | string | BatchLookup> | (BatchLookup & { name: string })[];
  macros?: Record<string, string | BatchMacro> | (BatchMacro & { name: string })[];
  now?: number | string | null;
  tz?: string | null;
  dialect?: 'spl1' | 'spl2' | null;
}

interface BatchLookup {
  rows?: InputRow[] | string;
  columns?: string[];
  match_type?: string | string[];
  case_sensitive_match?: boolean | string;
  max_matches?: number;
  min_matches?: number;
  default_match?: string;
}

interface BatchMacro {
  args?: string[];
  arguments?: string[];
  definition: string;
}

const models = cimProvider(dataModels());

/** What is wrong with a request itself: it is answered with `batch-request`. */
class RequestError extends Error {}

export interface BatchFault {
  code: string;
  message: string;
}

/** How a kind of request is answered, and what stands for an answer where there can be none. */
export interface BatchKind<T> {
  answer(request: T): Promise<object> | object;
  failed(id: unknown, fault: BatchFault): object;
}

/** Answers each line of an NDJSON file, one line each. */
export async function eachLine<T>(path: string, io: Io, kind: BatchKind<T>): Promise<number> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  try {
    // A mark of byte order, which may stand before the first line, counts as blank.
    for await (const line of lines)
      if (line.trim() !== '') io.out(`${JSON.stringify(await answered(line.trim(), kind))}\n`);
  } catch (error) {
    io.err(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  return 0;
}

/** A request that brings the engine down must not take the rest of the file with it. */
async function answered<T>(line: string, { answer, failed }: BatchKind<T>): Promise<object> {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    return failed(null, { code: 'batch-line', message: 'This line is not JSON' });
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request))
    return failed(null, { code: 'batch-line', message: 'This line is not a JSON object' });
  const { id = null, spl } = request as { id?: unknown; spl?: unknown };
  if (typeof spl !== 'string')
    return failed(id, { code: 'batch-request', message: 'The request has no `spl`' });
  try {
    return await answer(request as T);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failed(id, { code: error instanceof RequestError ? 'batch-request' : 'engine-fault', message });
  }
}

export const RUN_BATCH: BatchKind<BatchRequest> = {
  answer: runRequest,
  failed: (id, error) => ({ id, rows: [], fields: [], notes: [], error }),
};

/** `{id, rows, fields, notes, error?}` of one request. */
async function runRequest(request: BatchRequest): Promise<object> {
  const { id = null } = request;
  const prepared = prepare(request.spl, {
    dialect: request.dialect ?? 'spl1',
    macros: resolver(request.macros),
  });
  const now =
    typeof request.now === 'number' || typeof request.now === 'string' ? timeOf(request.now) : undefined;
  if (now === undefined && request.now !== undefined && request.now !== null)
    throw new RequestError('`now` is epoch seconds, or a date and time as ISO 8601 writes them');
  const result = run(prepared, await inputOf(request), {
    ...(now === undefined ? {} : { now }),
    ...(typeof request.tz === 'string' ? { tz: request.tz } : {}),
    lookups: lookupsOf(request.lookups),
    dataModels: models,
  });
  return {
    id,
    rows: result.rows,
    fields: result.fields,
    notes: result.notes,
    ...(result.error === undefined ? {} : { error: result.error }),
  };
}

/** Epoch seconds, or a date with or without a time of day (UTC where it names no zone); undefined for anything else. */
export function timeOf(value: number | string): number | undefined {
  const text = String(value).trim();
  const number = Number(text);
  if (text !== '' && Number.isFinite(number)) return number;
  return timeIn(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text) ?? undefined;
}

const isRow = (value: unknown): value is InputRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function rowsIn(value: unknown, what: string): InputRow[] {
  if (!Array.isArray(value) || !value.every(isRow))
    throw new RequestError(`\`${what}\` is a list of objects`);
  return value;
}

async function inputOf({ events, rows }: BatchRequest): Promise<RunInput> {
  if (events === undefined) return { rows: rows === undefined ? [] : rowsIn(rows, 'rows') };
  const texts = typeof events === 'string' ? [events] : events;
  if (!isTexts(texts)) return { events: tableFromObjects(rowsIn(events, 'events')) };
  const records: EventRecord[] = [];
  for (const text of texts) records.push(...(await readAll(new TextEncoder().encode(text))).records);
  return { events: tableFromRecords(records) };
}

const isTexts = (list: unknown): list is string[] =>
  Array.isArray(list) && list.length > 0 && list.every((each) => typeof each === 'string');

function resolver(
  macros: BatchRequest['macros'],
): (name: string, count: number) => MacroDefinition | undefined {
  const known = new Map<string, MacroDefinition>();
  const entries: [string, string | BatchMacro][] = Array.isArray(macros)
    ? macros.map((macro) => [macro.name, macro])
    : Object.entries(macros ?? {});
  for (const [key, macro] of entries) {
    const name = key.replace(/\(\d+\)$/, '');
    const args = typeof macro === 'string' ? [] : (macro.args ?? macro.arguments ?? []);
    const definition = typeof macro === 'string' ? macro : macro.definition;
    known.set(`${name}/${args.length}`, { name, args, definition });
  }
  return (name, count) => known.get(`${name}/${count}`);
}

function lookupsOf(lookups: BatchRequest['lookups']): LookupDefinition[] {
  const entries = Array.isArray(lookups)
    ? lookups.map((lookup) => [lookup.name, lookup] as const)
    : Object.entries(lookups ?? {});
  return entries.map(([name, lookup]) => {
    const stated: BatchLookup =
      typeof lookup === 'string' || Array.isArray(lookup) ? { rows: lookup } : lookup;
    const { rows = [], ...settings } = stated;
    const { match_type: type, case_sensitive_match: sensitive, max_matches: most } = settings;
    return {
      name,
      ...(typeof rows === 'string' ? readCsv(rows) : { rows: rowsIn(rows, 'lookups') }),
      ...(settings.columns === undefined ? {} : { columns: settings.columns }),
      ...(type === undefined ? {} : { matchType: [type].flat().join(',') }),
      ...(sensitive === undefined ? {} : { caseSensitive: !/^(?:false|0|f|no)$/i.test(String(sensitive)) }),
      ...(most === undefined ? {} : { maxMatches: Number(most) }),
      ...(settings.min_matches === undefined ? {} : { minMatches: Number(settings.min_matches) }),
      ...(settings.default_match === undefined ? {} : { defaultMatch: String(settings.default_match) }),
    };
  });
}
