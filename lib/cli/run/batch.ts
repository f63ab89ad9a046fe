import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { readAll } from '../../events/read/read.ts';
import {
  cimProvider,
  type InputRow,
  type LookupDefinition,
  type MacroDefinition,
  prepare,
  type RunInput,
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
  /** Objects, or log text as a reader would get it. */
  events?: InputRow[] | string;
  lookups?: Record<string, InputRow[] | BatchLookup>;
  macros?: Record<string, string | BatchMacro> | (BatchMacro & { name: string })[];
  now?: number | string;
  tz?: string;
  dialect?: 'spl1' | 'spl2';
}

interface BatchLookup {
  rows?: InputRow[];
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

const models = cimProvider();

/** Calls `answer` for each line of an NDJSON file and prints what it gives, one line each. */
export async function eachLine<T>(
  path: string,
  io: Io,
  answer: (request: T) => Promise<object> | object,
): Promise<number> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      if (line.trim() === '') continue;
      let request: T;
      try {
        request = JSON.parse(line) as T;
      } catch {
        const error = { code: 'batch-line', message: 'This line is not JSON' };
        io.out(`${JSON.stringify({ id: null, rows: [], fields: [], notes: [], error })}\n`);
        continue;
      }
      io.out(`${JSON.stringify(await answered(request, answer))}\n`);
    }
  } catch (error) {
    io.err(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  return 0;
}

/** A request that brings the engine down must not take the rest of the file with it. */
async function answered<T>(request: T, answer: (request: T) => Promise<object> | object): Promise<object> {
  try {
    return await answer(request);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { id } = request as { id?: unknown };
    return { id: id ?? null, rows: [], fields: [], notes: [], error: { code: 'engine-fault', message } };
  }
}

/** `{id, rows, fields, notes, error?}` of one request. */
export async function runRequest(request: BatchRequest): Promise<object> {
  const { id } = request;
  if (typeof request.spl !== 'string') {
    const error = { code: 'batch-request', message: 'The request has no `spl`' };
    return { id, rows: [], fields: [], notes: [], error };
  }
  const prepared = prepare(request.spl, {
    dialect: request.dialect ?? 'spl1',
    macros: resolver(request.macros),
  });
  const now = request.now === undefined ? undefined : timeOf(request.now);
  const result = run(prepared, await inputOf(request), {
    ...(now === undefined ? {} : { now }),
    ...(request.tz === undefined ? {} : { tz: request.tz }),
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

/** Epoch seconds, or a date that JavaScript reads; undefined for anything else. */
export function timeOf(value: number | string): number | undefined {
  const number = typeof value === 'number' ? value : Number(value);
  if (Number.isFinite(number)) return number;
  const parsed = Date.parse(String(value));
  return Number.isNaN(parsed) ? undefined : parsed / 1000;
}

async function inputOf(request: BatchRequest): Promise<RunInput> {
  const { events } = request;
  if (events === undefined) return { rows: request.rows ?? [] };
  if (typeof events !== 'string') return { events: tableFromObjects(events) };
  const { records } = await readAll(new TextEncoder().encode(events));
  return { events: tableFromRecords(records) };
}

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
  return Object.entries(lookups ?? {}).map(([name, lookup]) => {
    if (Array.isArray(lookup)) return { name, rows: lookup };
    const { match_type: type, case_sensitive_match: sensitive } = lookup;
    return {
      name,
      rows: lookup.rows ?? [],
      ...(lookup.columns === undefined ? {} : { columns: lookup.columns }),
      ...(type === undefined ? {} : { matchType: [type].flat().join(',') }),
      ...(sensitive === undefined ? {} : { caseSensitive: !/^(?:false|0|f|no)$/i.test(String(sensitive)) }),
      ...(lookup.max_matches === undefined ? {} : { maxMatches: Number(lookup.max_matches) }),
      ...(lookup.min_matches === undefined ? {} : { minMatches: Number(lookup.min_matches) }),
      ...(lookup.default_match === undefined ? {} : { defaultMatch: String(lookup.default_match) }),
    };
  });
}
