import type { ReadSummary } from '../../events/record.ts';
import type { Prepared } from '../../spl/run/run.ts';
import { analyse } from '../../spl/syntax/analyse.ts';
import type { RuleEnvironment } from '../environment.ts';
import { type FileSummary, fileSummary } from '../session/file-summary.ts';
import type { EnvironmentPayload } from '../session/payload.ts';
import { type Fetch, TesterSession } from '../session/session.ts';
import type { EventSource } from '../session/source.ts';
import { type Helper, HelperPart } from './helper-part.ts';
import { type ScanOutcome, scanInParts } from './in-parts.ts';
import { lookAt } from './look.ts';
import { type EventsDone, LocalPart, NOTHING_SEEN, type ScanPart } from './part.ts';
import type { RuleFacts, ScanFile, ScanRule, ScanUpdate } from './report.ts';
import { type CompiledRules, compileInSteps, compileRules } from './rules.ts';
import type { SearchResults, SearchWork, Share } from './scan.ts';
import { scanFile } from './scan-file.ts';
import { Updates } from './updates.ts';

export interface ScanRequest {
  sources: EventSource[];
  /** Positions of the rules to run, among all. */
  rules: number[];
  /** This one and helpers that it starts, where it can; default 1. */
  workers?: number;
}

/** The end of a scan. Its hits are in the updates. */
export interface ScanEnd extends ScanOutcome {
  files: FileSummary[];
  workers: number;
}

/** What one worker did of a scan. */
export interface ShareDone extends EventsDone {
  files: FileSummary[];
  /** Read of all files, decompressed. */
  bytes: number;
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

/** Milliseconds that one search may take before the scan goes on without it. */
const SEARCH_TIME = 20_000;
/** Events, and bytes of their text, held at once for the searches by all workers: some 2.5 GB where every field is read. */
const MOST_KEPT = 400_000;
const MOST_BYTES_KEPT = 512 << 20;
/** A file of a scan that was cancelled before it was read. */
const NOT_READ: FileSummary = { format: '', events: 0, skipped: [], skippedCount: 0, warnings: [] };

/** A tester whose rules are all of the site's, and whose events are those that they find. Lives in a worker. */
export class ScanSession extends TesterSession {
  private all: readonly ScanRule[] = [];
  private compiledFor: { key: string; compiled: CompiledRules } | undefined;
  private heldFor: string | undefined;
  /** The part of a scan that is going on. */
  private part: LocalPart | undefined;
  private opened: EnvironmentPayload | undefined;
  private address = '';

  constructor(
    fetch: Fetch,
    /** Starts another worker with a session like this one; absent where there is none to be had. */
    private readonly startHelper?: (prepare: (helper: Helper) => Promise<void>) => Helper,
  ) {
    super(fetch);
  }

  override open(payload: EnvironmentPayload): void {
    super.open(payload);
    this.opened = payload;
  }

  /** Fetches the rules at an address of this site. */
  async rules(address: string): Promise<RuleFacts[]> {
    this.all = JSON.parse(await (await this.fetch(address)).text()) as ScanRule[];
    this.compiledFor = undefined;
    this.address = address;
    return this.all.map(({ search, risk, prepared, ...facts }) => facts);
  }

  /** Runs rules over files, in this worker and helpers. What is found is told by `onUpdate` alone. */
  async scan(
    { sources, rules, workers = 1 }: ScanRequest,
    onUpdate: (update: ScanUpdate) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<ScanEnd> {
    const helpers = this.helpers(workers - 1);
    const summaries: FileSummary[][] = [];
    let bytes = 0;
    const keepFiles = (done: ShareDone, { index }: Share): void => {
      summaries[index] = done.files;
    };
    const own: ScanPart = {
      events: async (share, call) => {
        const done = await this.scanEvents({ sources, rules, share }, call.onUpdate, call.signal);
        keepFiles(done, share);
        bytes = done.bytes;
        return done;
      },
      searches: (work, call) => this.scanSearches(work, call.onUpdate, call.signal),
    };
    const parts = [own, ...helpers.map((helper) => new HelperPart(helper, { sources, rules }, keepFiles))];
    try {
      const outcome = await scanInParts(parts, {
        onUpdate,
        signal,
        mostKept: (seen) => mostKept(seen, bytes),
      });
      return {
        ...outcome,
        files: sources.map((_, at) => oneOf(summaries.flatMap((files) => files[at]!))),
        workers: parts.length,
      };
    } finally {
      for (const helper of helpers) helper.stop('The scan has ended.');
      this.part = undefined;
    }
  }

  /** Looks at this worker's share of the events. */
  async scanEvents(
    { sources, rules, share }: Pick<ScanRequest, 'sources' | 'rules'> & { share: Share },
    onUpdate: (update: ScanUpdate) => void,
    signal?: AbortSignal,
  ): Promise<ShareDone> {
    const summaries = sources.map(() => NOT_READ);
    const compiled = await this.compiled(rules, new Updates('preparing', onUpdate), signal);
    if (compiled === undefined) return { ...NOTHING_SEEN, files: summaries, bytes: 0 };
    let reading = true;
    let bytes = 0;
    const files = await this.files(sources, (file, summary) => {
      // What is read again for the searches is known.
      if (!reading) return;
      summaries[file] = fileSummary(summary, summary.counts.records);
      bytes += summary.counts.bytes;
    });
    this.part = new LocalPart(compiled, files, this.environment, {
      environmentFor: (searches) => this.environmentFor(searches),
      searchTime: SEARCH_TIME,
    });
    const done = await this.part.events(share, { onUpdate, signal });
    reading = false;
    return { ...done, files: summaries, bytes };
  }

  /** Runs this worker's share of the searches over the same files. */
  async scanSearches(
    work: SearchWork,
    onUpdate: (update: ScanUpdate) => void,
    signal?: AbortSignal,
  ): Promise<SearchResults> {
    if (this.part === undefined) throw new Error('The events were not looked at yet.');
    return this.part.searches(work, { onUpdate, signal });
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
    await this.fetchModels('all');
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

  private helpers(count: number): Helper[] {
    const { startHelper } = this;
    if (startHelper === undefined) return [];
    return Array.from({ length: count }, () =>
      startHelper(async (helper) => {
        if (this.opened !== undefined) await helper.send('open', [this.opened]);
        await helper.send('rules', [this.address]);
      }),
    );
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
      updates.at({ step: 'preparing', done, total, events: 0 });
    await this.fetchModels('all');
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
      dataModels: uses.flatMap(({ dataModels }) => dataModels),
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

/** Every worker read the whole file, but looked closely at its share alone. */
function oneOf(all: readonly FileSummary[]): FileSummary {
  return { ...all[0]!, warnings: [...new Set(all.flatMap(({ warnings }) => warnings))] };
}

/** Events of this log that there is room for, whatever their length. */
export function mostKept(seen: number, bytes: number): number {
  return Math.min(MOST_KEPT, Math.floor((MOST_BYTES_KEPT * seen) / Math.max(1, bytes)));
}
