import type { ReadSummary } from '../../events/record.ts';
import type { Prepared } from '../../spl/run/run.ts';
import { analyse } from '../../spl/syntax/analyse.ts';
import type { RuleEnvironment } from '../environment.ts';
import { type FileSummary, fileSummary } from '../session/file-summary.ts';
import { type EventSource, TesterSession } from '../session/session.ts';
import { lookAt } from './look.ts';
import type { Hit, RuleFacts, ScanFile, ScanProgress, ScanReport, ScanRule } from './report.ts';
import { type CompiledRules, compileInSteps, compileRules } from './rules.ts';
import { scanWith } from './scan.ts';
import { scanFile } from './scan-file.ts';

export interface ScanRequest {
  sources: EventSource[];
  /** Positions of the rules to run, among all. */
  rules: number[];
}

/** What happened since the last update; rules are positions among those that run. */
export interface ScanUpdate {
  progress: ScanProgress;
  hits: HitUpdate[];
}

/** A rule as far as it has come; its `events` are those found since the last update. */
export type HitUpdate = Hit;

/** The end of a scan. Its `hits` are the last update. */
export interface ScanEnd extends ScanReport {
  files: FileSummary[];
}

/** A rule and the events that it has a use for, held for a run over them. */
export interface Look extends Pick<ScanRule, 'name' | 'language' | 'search' | 'risk'> {
  /** Of the set. */
  id: string;
  events: number;
  /** Epoch seconds that the scan took for now. */
  now: number | null;
  /** There were more than are held. */
  cut: boolean;
}

/** Milliseconds between two updates: partial results come as fast as they can be read. */
const UPDATE_EVERY = 100;
/** Milliseconds that one search may take before the scan goes on without it. */
const SEARCH_TIME = 20_000;
/** Events held at once for the searches: about 2 GB where every field of each is read. */
const MOST_KEPT = 400_000;
/** A scan that was cancelled before an event was looked at. */
const NOTHING_FOUND = {
  unasked: [],
  notes: [],
  counts: { events: 0, found: 0 },
  problems: [],
  complete: false,
} satisfies Partial<ScanReport>;

/** A tester whose rules are all of the site's, and whose events are those that they find. Lives in a worker. */
export class ScanSession extends TesterSession {
  private all: readonly ScanRule[] = [];
  private compiledFor: { key: string; compiled: CompiledRules } | undefined;
  private heldFor: string | undefined;

  /** Fetches the rules at an address of this site. */
  async rules(address: string): Promise<RuleFacts[]> {
    this.all = JSON.parse(await (await this.fetch(address)).text()) as ScanRule[];
    this.compiledFor = undefined;
    return this.all.map(({ search, risk, prepared, ...facts }) => facts);
  }

  /** Runs rules over files. What is found is told by `onUpdate` as it is found, and not again at the end. */
  async scan(
    { sources, rules }: ScanRequest,
    onUpdate: (update: ScanUpdate) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<ScanEnd> {
    const updates = new Updates(onUpdate);
    const compiled = await this.compiled(rules, updates, signal);
    const summaries: FileSummary[] = sources.map(() => ({
      format: '',
      events: 0,
      skipped: [],
      skippedCount: 0,
      warnings: [],
    }));
    const files = await this.files(sources, (file, summary) => {
      summaries[file] = fileSummary(summary, summary.counts.records);
    });
    if (compiled === undefined) return { ...NOTHING_FOUND, hits: [], files: summaries };
    const report = await scanWith(compiled, files, this.environment, {
      environmentFor: (searches) => this.environmentFor(searches),
      searchTime: SEARCH_TIME,
      mostKept: MOST_KEPT,
      onHit: (hit) => updates.hit(hit),
      onProgress: (progress) => updates.progress(progress),
      ...(signal === undefined ? {} : { signal }),
    });
    return { ...report, hits: updates.rest(), files: summaries };
  }

  /**
   * Reads the events that a rule (a position among all) has a use for again, for `run` to run it over them. Those of the
   * rule before are given up.
   */
  async look(
    rule: number,
    sources: EventSource[],
    onProgress: (progress: { bytes: number; total: number; events: number }) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<Look> {
    if (this.heldFor !== undefined) this.forget(this.heldFor);
    const one = this.all[rule];
    if (one === undefined) throw new Error('There is no such rule.');
    const compiled = compileRules([one], this.environment);
    const { kept, newest, cut } = await lookAt(compiled, await this.files(sources), {
      onProgress,
      ...(signal === undefined ? {} : { signal }),
    });
    this.heldFor = this.hold(
      one.name,
      kept.map(({ record }) => record),
    );
    const { name, language, search, risk } = one;
    return {
      ...{ name, language, search, id: this.heldFor, events: kept.length, now: newest, cut },
      ...(risk === undefined ? {} : { risk }),
    };
  }

  /** Undefined where it was cancelled. */
  private async compiled(
    chosen: readonly number[],
    updates: Updates,
    signal?: AbortSignal,
  ): Promise<CompiledRules | undefined> {
    const key = chosen.join();
    if (this.compiledFor?.key === key) return this.compiledFor.compiled;
    const rules = chosen.map((rule) => this.all[rule]!);
    const onProgress = (done: number, total: number) =>
      updates.progress({ step: 'preparing', done, total, events: 0 });
    const compiled = await compileInSteps(rules, this.environment, { onProgress, signal });
    if (compiled !== undefined) this.compiledFor = { key, compiled };
    return compiled;
  }

  /** With the lookups that searches name. */
  private async environmentFor(searches: readonly Prepared[]): Promise<RuleEnvironment> {
    const uses = searches.map(({ query }) => analyse(query));
    await this.fetchNamed({
      lookups: uses.flatMap(({ lookups }) => lookups.map(({ name }) => name)),
      commands: uses.flatMap(({ commands }) => commands),
    });
    return this.environment;
  }

  private files(
    sources: readonly EventSource[],
    onRead: (file: number, summary: ReadSummary) => void = () => undefined,
  ): Promise<ScanFile[]> {
    return Promise.all(
      sources.map(async ({ name, content, ...metadata }, at) => {
        const blob = await this.blobOf(content);
        return scanFile(name, {
          ...metadata,
          size: blob.size,
          open: () => blob.stream() as ReadableStream<Uint8Array>,
          onRead: (summary) => onRead(at, summary),
        });
      }),
    );
  }
}

/** Gathers what is found between two updates. */
class Updates {
  private readonly grown = new Map<number, Hit>();
  /** By rule: events that were told. */
  private readonly told = new Map<number, number>();
  private last = 0;

  constructor(private readonly onUpdate: (update: ScanUpdate) => void) {}

  hit(hit: Hit): void {
    this.grown.set(hit.rule, hit);
  }

  progress(progress: ScanProgress): void {
    const now = performance.now();
    if (now - this.last < UPDATE_EVERY) return;
    this.last = now;
    this.onUpdate({ progress, hits: this.rest() });
  }

  rest(): HitUpdate[] {
    const hits = [...this.grown.values()].map((hit) => {
      const from = this.told.get(hit.rule) ?? 0;
      this.told.set(hit.rule, hit.events.length);
      return { ...hit, events: hit.events.slice(from) };
    });
    this.grown.clear();
    return hits;
  }
}
