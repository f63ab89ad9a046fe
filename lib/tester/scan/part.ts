import type { RuleEnvironment } from '../environment.ts';
import type { FirstPass } from './first-pass.ts';
import type { RuleNote, ScanFile, ScanReport, ScanUpdate, Unasked } from './report.ts';
import type { CompiledRules } from './rules.ts';
import {
  firstPass,
  type ScanOptions,
  type SearchResults,
  type SearchWork,
  type Share,
  searches,
} from './scan.ts';
import { Updates } from './updates.ts';

/** One thread of a scan. What crosses to and from it is plain data; what it finds is told by updates alone. */
export interface ScanPart {
  /** Looks at every event of its share. */
  events(share: Share, call: PartCall): Promise<EventsDone>;
  /** Runs searches over the events that were picked for them, whoever picked them. */
  searches(work: SearchWork, call: PartCall): Promise<SearchResults>;
}

export interface PartCall {
  onUpdate: (update: ScanUpdate) => void;
  signal?: AbortSignal | undefined;
}

export interface EventsDone {
  /** By search that picks its events, and by file: numbers of records, ascending. */
  picked: Uint32Array[][];
  /** Those that pick their events come first. */
  searches: SearchFacts[];
  /** Epoch seconds of the newest event. */
  newest: number | null;
  seen: number;
  /** Events that at least one rule found. */
  found: number;
  unasked: readonly Unasked[];
  notes: readonly RuleNote[];
  problems: ScanReport['problems'];
  /** False: ended before the last event was seen. */
  complete: boolean;
}

/** What has to be known of a search to give it its events. */
export interface SearchFacts {
  rule: number;
  /** Runs over the whole log as soon as it has an event of use; one that does not pick always does. */
  whole: boolean;
  /** Gives nothing without an event of use. */
  silent: boolean;
}

/** Of a thread that was ended before it saw an event. */
export const NOTHING_SEEN: EventsDone = {
  picked: [],
  searches: [],
  newest: null,
  seen: 0,
  found: 0,
  unasked: [],
  notes: [],
  problems: [],
  complete: false,
};

/** A part of a scan in this thread. */
export class LocalPart implements ScanPart {
  constructor(
    private readonly compiled: CompiledRules,
    private readonly files: readonly ScanFile[],
    private readonly environment: RuleEnvironment,
    private readonly options: Pick<ScanOptions, 'searchTime' | 'environmentFor'> = {},
  ) {}

  async events(share: Share, { onUpdate, signal }: PartCall): Promise<EventsDone> {
    const { compiled, files } = this;
    const updates = new Updates('events', onUpdate);
    const { pass, problems } = await firstPass(compiled, files, {
      share,
      onHit: (hit) => updates.hit(hit),
      onProgress: (progress) => updates.at(progress),
      ...(signal === undefined ? {} : { signal }),
    });
    updates.end();
    return {
      ...pickedBy(pass),
      searches: [...compiled.gated, ...compiled.ungated].map(({ rule, whole, silent }) => ({
        rule,
        whole,
        silent,
      })),
      unasked: compiled.unasked,
      notes: compiled.notes,
      problems,
      complete: signal?.aborted !== true,
    };
  }

  async searches(work: SearchWork, { onUpdate, signal }: PartCall): Promise<SearchResults> {
    const { compiled, files, environment, options } = this;
    const updates = new Updates('searches', onUpdate);
    const done = await searches(compiled, files, environment, work, {
      ...options,
      onHit: (hit) => updates.hit(hit),
      onProgress: (progress) => updates.at(progress),
      ...(signal === undefined ? {} : { signal }),
    });
    updates.end();
    return done;
  }
}

function pickedBy({
  picked,
  foundEvents,
}: FirstPass): Pick<EventsDone, 'picked' | 'newest' | 'seen' | 'found'> {
  return {
    // As they go to another thread: a list of objects would take many times as long.
    picked: picked.events.map((files) => files.map((numbers) => Uint32Array.from(numbers))),
    newest: picked.newest,
    seen: picked.seen,
    found: foundEvents,
  };
}
