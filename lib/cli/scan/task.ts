import { createReadStream, statSync } from 'node:fs';
import type {
  Hit,
  RuleNote,
  ScanFile,
  ScanProgress,
  ScanReport,
  ScanRule,
  Unasked,
} from '../../tester/scan/report.ts';
import { type CompiledRules, compileRules } from '../../tester/scan/rules.ts';
import { firstPass, type SearchResults, type SearchWork, searches } from '../../tester/scan/scan.ts';
import { scanFile } from '../../tester/scan/scan-file.ts';
import { type EnvironmentSpec, environmentFrom } from '../test/task.ts';

/** What every thread of a scan is given. */
export interface ScanSpec {
  rules: readonly ScanRule[];
  files: readonly string[];
  environment: EnvironmentSpec;
}

export type ScanTask = { step: 'events'; index: number; of: number } | ({ step: 'searches' } & SearchWork);

export interface EventsDone {
  step: 'events';
  hits: Hit[];
  unasked: readonly Unasked[];
  notes: readonly RuleNote[];
  problems: ScanReport['problems'];
  /** By search that picks its events: see `Picked`. */
  events: number[][][];
  newest: number | null;
  seen: number;
  found: number;
  /** Searches that run over the whole log as soon as they have an event; and those that always do. */
  whole: boolean[];
  /** Searches that give nothing without an event of use. */
  silent: boolean[];
  always: number;
}

export type SearchesDone = { step: 'searches' } & SearchResults;

export type ScanAnswer =
  | { progress: ScanProgress }
  | { done: EventsDone | SearchesDone }
  | { failed: string };

export function scanFiles(paths: readonly string[]): ScanFile[] {
  return paths.map((path) =>
    scanFile(path, {
      size: statSync(path).size,
      open: () => createReadStream(path, { highWaterMark: 1 << 20 }),
    }),
  );
}

/** One thread's part of a scan. */
export class ScanTaskRunner {
  private readonly files: ScanFile[];
  private readonly environment: ReturnType<typeof environmentFrom>;
  private readonly compiled: CompiledRules;

  constructor({ rules, files, environment }: ScanSpec) {
    this.files = scanFiles(files);
    this.environment = environmentFrom(environment);
    this.compiled = compileRules(rules, this.environment);
  }

  async run(
    task: ScanTask,
    onProgress: (progress: ScanProgress) => void,
  ): Promise<EventsDone | SearchesDone> {
    const { compiled, files, environment } = this;
    if (task.step === 'searches') {
      const results = await searches(compiled, files, environment, task, { onProgress });
      return { step: 'searches', ...results };
    }
    const { index, of } = task;
    const { pass, problems } = await firstPass(compiled, files, { share: { index, of }, onProgress });
    return {
      step: 'events',
      hits: pass.hits,
      unasked: compiled.unasked,
      notes: compiled.notes,
      problems,
      events: pass.picked.events,
      newest: pass.picked.newest,
      seen: pass.picked.seen,
      found: pass.foundEvents,
      whole: compiled.gated.map(({ whole }) => whole),
      silent: compiled.gated.map(({ silent }) => silent),
      always: compiled.ungated.length,
    };
  }
}
