import type { RuleEnvironment } from '../environment.ts';
import { FirstPass, type Places } from './first-pass.ts';
import type { Hit, ScanFile, ScanProgress, ScanReport, ScanRule, Unasked } from './report.ts';
import { type CompiledRules, compileRules, type SearchRule } from './rules.ts';
import { type Kept, SecondPass } from './second-pass.ts';

export interface ScanOptions {
  onProgress?: (progress: ScanProgress) => void;
  /** Called with a hit when it is new and whenever it has grown. */
  onHit?: (hit: Hit) => void;
  signal?: AbortSignal;
  /** Of `of` workers over the same files this one looks at every `of`-th block of events. */
  share?: Share;
}

export interface Share {
  index: number;
  of: number;
}

/** Events are shared out by blocks, so that what follows one another stays together. */
const BLOCK = 512;

/** Which rules fire on files of events. A result is the one that running the rule by itself gives. */
export async function scan(
  rules: readonly ScanRule[],
  files: readonly ScanFile[],
  environment: RuleEnvironment,
  options: ScanOptions = {},
): Promise<ScanReport> {
  const compiled = compileRules(rules, environment);
  const first = await firstPass(compiled, files, options);
  const hits = first.pass.hits;
  const unasked = [...compiled.unasked];
  const foundEvents = first.pass.foundEvents;
  let complete = options.signal?.aborted !== true;
  if (complete) {
    const jobs = searchJobs(compiled, first.pass.picked.events);
    const second = await searches(
      compiled,
      files,
      environment,
      { jobs, newest: first.pass.picked.newest, seen: first.pass.picked.seen },
      options,
    );
    hits.push(...second.hits);
    unasked.push(...second.unasked);
    complete = second.complete;
  }
  return {
    hits: hits.sort((a, b) => a.rule - b.rule),
    unasked: unasked.sort((a, b) => a.rule - b.rule),
    counts: { events: first.pass.picked.seen, found: foundEvents },
    problems: first.problems,
    complete,
  };
}

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
  const pass = new FirstPass(compiled, files.length);
  const problems: ScanReport['problems'] = [];
  const total = files.reduce((sum, file) => sum + file.size, 0);
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
        if (signal?.aborted) return { pass, problems };
      }
    } catch (error) {
      problems.push({ file: at, message: error instanceof Error ? error.message : String(error) });
    }
    before += file.size;
  }
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
  seen: number;
}

/** Searches by number: the gated ones, then those that need every event. */
export function searchOf({ gated, ungated }: CompiledRules, search: number): SearchRule {
  return gated[search] ?? ungated[search - gated.length]!;
}

export function searchJobs({ gated, ungated }: CompiledRules, picked: readonly Places[]): SearchJob[] {
  return [
    ...picked.map(
      (events, search): SearchJob => ({
        search,
        events: gated[search]!.whole && events.some((numbers) => numbers.length > 0) ? 'whole' : events,
      }),
    ),
    ...ungated.map((_, at): SearchJob => ({ search: gated.length + at, events: 'whole' })),
  ];
}

export interface SearchResults {
  hits: Hit[];
  unasked: Unasked[];
  complete: boolean;
}

/** Reads the files again, keeps the events that searches have a use for, and runs the searches. */
export async function searches(
  compiled: CompiledRules,
  files: readonly ScanFile[],
  environment: RuleEnvironment,
  { jobs, newest }: SearchWork,
  { onProgress, onHit, signal }: ScanOptions,
): Promise<SearchResults> {
  const kept = await keep(jobs, files, signal);
  const second = new SecondPass(kept, newest, compiled.rules, environment);
  const hits: Hit[] = [];
  const unasked: Unasked[] = [];
  for (const [at, { search, events }] of jobs.entries()) {
    if (signal?.aborted) return { hits, unasked, complete: false };
    const found = second.run(searchOf(compiled, search), events);
    if (found !== undefined && 'code' in found) unasked.push(found);
    else if (found !== undefined) {
      hits.push(found);
      onHit?.(found);
    }
    if (at % 50 === 0) {
      onProgress?.({ step: 'searches', done: at, total: jobs.length, events: kept.length });
      // Lets a message that cancels come in.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  return { hits, unasked, complete: signal?.aborted !== true };
}

async function keep(
  jobs: readonly SearchJob[],
  files: readonly ScanFile[],
  signal: AbortSignal | undefined,
): Promise<Kept[]> {
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
      for await (const batch of source.read(() => {}, signal)) {
        for (const record of batch) if (whole || numbers.has(record.number)) kept.push({ file, record });
        if (signal?.aborted) break;
      }
    } catch {
      // What cannot be read was said by the first pass; what came before it is here as it was there.
    }
  }
  return kept;
}
