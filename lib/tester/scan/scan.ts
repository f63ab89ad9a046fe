import { loadFor } from '../../spl/core.ts';
import type { Prepared } from '../../spl/run/run.ts';
import type { RuleEnvironment } from '../environment.ts';
import { Pauses } from '../pauses.ts';
import { failsOnAny } from './fails-on-any.ts';
import { fieldsNamed } from './fields-named.ts';
import { FirstPass, type Places } from './first-pass.ts';
import type { Hit, ScanFile, ScanProgress, ScanReport, Unasked } from './report.ts';
import type { Beginning, CompiledRules, CountingRule, SearchRule } from './rules.ts';
import { type Kept, SecondPass } from './second-pass.ts';

export interface ScanOptions {
  onProgress?: (progress: ScanProgress) => void;
  /** Called with a hit when it is new and whenever it has grown. */
  onHit?: (hit: Hit) => void;
  signal?: AbortSignal;
  /** Milliseconds that one search may take in a page, whose limits it then has; default the engine's own. */
  searchTime?: number;
  /** Gets what searches that are about to run name, such as rows of lookups; default: the environment as it is. */
  environmentFor?: (searches: readonly Prepared[]) => Promise<RuleEnvironment>;
  /** Of `of` workers over the same files this one looks at every `of`-th block of events. */
  share?: Share;
}

export interface Share {
  index: number;
  of: number;
}

/** Events are shared out by blocks, so that what follows one another stays together. */
const BLOCK = 512;

export interface FirstPassResult {
  pass: FirstPass;
  problems: ScanReport['problems'];
}

/** Looks at every event (of a worker's share) once. */
export async function firstPass(
  compiled: CompiledRules,
  files: readonly ScanFile[],
  { onProgress, onHit, signal, share = { index: 0, of: 1 } }: ScanOptions,
): Promise<FirstPassResult> {
  const beginnings: Beginning[] = [];
  for (const beginning of compiled.beginnings) {
    const { prepared } = searchOf(compiled, beginning.search) as SearchRule;
    await loadFor(prepared);
    // What it would pick is of no use to a search that ends before it has looked at it.
    if (failsOnAny(prepared, {})?.code !== 'command-unsupported') beginnings.push(beginning);
  }
  const pass = new FirstPass({ ...compiled, beginnings }, files.length);
  const problems: ScanReport['problems'] = [];
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const pauses = new Pauses();
  let before = 0;
  for (const [at, file] of files.entries()) {
    let bytes = 0;
    try {
      for await (const batch of file.read((done) => {
        bytes = done;
      }, signal)) {
        for (const record of batch) {
          if (share.of > 1 && Math.floor(record.number / BLOCK) % share.of !== share.index) continue;
          pass.add(record, at);
        }
        for (const hit of onHit === undefined ? [] : pass.takeFresh()) onHit?.(hit);
        onProgress?.({ step: 'events', done: before + bytes, total, events: pass.picked.seen });
        await pauses.take();
        if (signal?.aborted) return { pass, problems };
      }
    } catch (error) {
      problems.push({ file: at, message: error instanceof Error ? error.message : String(error) });
    }
    before += file.size;
  }
  pass.end();
  return { pass, problems };
}

/** A search and the events it is to run over. */
export interface SearchJob {
  search: number;
  events: Places | 'whole';
}

export interface SearchWork {
  jobs: readonly SearchJob[];
  /** Over all events: see `Picked`. */
  newest: number | null;
}

/** Searches by number: the gated ones, then those that need every event. */
export function searchOf({ gated, ungated }: CompiledRules, search: number): SearchRule | CountingRule {
  return gated[search] ?? ungated[search - gated.length]!;
}

export interface SearchResults {
  unasked: Unasked[];
  complete: boolean;
}

/** Reads the files again, keeps the events that searches have a use for, and runs the searches. */
export async function searches(
  compiled: CompiledRules,
  files: readonly ScanFile[],
  environment: RuleEnvironment,
  { jobs: all, newest }: SearchWork,
  { onProgress, onHit, signal, searchTime, environmentFor }: ScanOptions,
): Promise<SearchResults> {
  const unasked: Unasked[] = [];
  const pauses = new Pauses();
  const texts: Prepared[] = [];
  for (const { search } of all) {
    const asked = searchOf(compiled, search);
    if ('prepared' in asked) texts.push(asked.prepared);
    await pauses.take();
    if (signal?.aborted) return { unasked, complete: false };
  }
  for (const prepared of texts) await loadFor(prepared);
  const own = environmentFor === undefined ? environment : await environmentFor(texts);
  const jobs = all.filter(({ search }) => {
    const asked = searchOf(compiled, search);
    const failure = 'prepared' in asked ? failsOnAny(asked.prepared, own) : undefined;
    if (failure !== undefined) unasked.push({ rule: asked.rule, ...failure });
    return failure === undefined;
  });
  const kept = await keep(jobs, files, signal, onProgress);
  const fields = new Set(texts.flatMap((prepared) => [...fieldsNamed(prepared, own.dataModels)]));
  const second = new SecondPass(kept, newest, compiled.rules, own, fields, searchTime);
  for (const [at, { search, events }] of jobs.entries()) {
    if (signal?.aborted) return { unasked, complete: false };
    const found = second.run(searchOf(compiled, search), events);
    if (found !== undefined && 'code' in found) unasked.push(found);
    else if (found !== undefined) onHit?.(found);
    onProgress?.({ step: 'searches', done: at, total: jobs.length, events: kept.length });
    await pauses.take();
  }
  return { unasked, complete: signal?.aborted !== true };
}

/** Records that keep their text and fields at hand while searches run: what most searches ask of them is read at once. */
export const HELD_RECORDS = 4_000;

async function keep(
  jobs: readonly SearchJob[],
  files: readonly ScanFile[],
  signal: AbortSignal | undefined,
  onProgress: ScanOptions['onProgress'],
): Promise<Kept[]> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const pauses = new Pauses();
  let before = 0;
  const whole = jobs.some(({ events }) => events === 'whole');
  const wanted = files.map(() => new Set<number>());
  for (const { events } of jobs)
    if (events !== 'whole')
      for (const [file, numbers] of events.entries()) for (const number of numbers) wanted[file]!.add(number);
  const kept: Kept[] = [];
  for (const [file, source] of files.entries()) {
    const numbers = wanted[file]!;
    if (!whole && numbers.size === 0) continue;
    try {
      let bytes = 0;
      const onBytes = (done: number) => {
        bytes = done;
      };
      for await (const batch of source.read(onBytes, signal, HELD_RECORDS)) {
        for (const record of batch) if (whole || numbers.has(record.number)) kept.push({ file, record });
        onProgress?.({ step: 'picking', done: before + bytes, total, events: kept.length });
        await pauses.take();
        if (signal?.aborted) break;
      }
    } catch {
      // What cannot be read was said by the first pass; what came before it is here as it was there.
    }
    before += source.size;
  }
  return kept;
}
