import { createReadStream, statSync } from 'node:fs';
import { type EventsDone, LocalPart, type PartCall } from '../../tester/scan/part.ts';
import type { ScanFile, ScanRule, ScanUpdate } from '../../tester/scan/report.ts';
import { compileRules } from '../../tester/scan/rules.ts';
import type { SearchResults, SearchWork, Share } from '../../tester/scan/scan.ts';
import { scanFile } from '../../tester/scan/scan-file.ts';
import { type EnvironmentSpec, environmentFrom } from '../test/task.ts';

/** What every thread of a scan is given. */
export interface ScanSpec {
  rules: readonly ScanRule[];
  files: readonly string[];
  environment: EnvironmentSpec;
}

export type ScanTask = { share: Share } | { work: SearchWork };

export type ScanAnswer = { update: ScanUpdate } | { done: EventsDone | SearchResults } | { failed: string };

/** A part of a scan over files of this machine. */
export function partOf({ rules, files, environment }: ScanSpec): LocalPart {
  const own = environmentFrom(environment);
  return new LocalPart(compileRules(rules, own), scanFiles(files), own);
}

export function runTask(
  part: LocalPart,
  task: ScanTask,
  call: PartCall,
): Promise<EventsDone | SearchResults> {
  return 'share' in task ? part.events(task.share, call) : part.searches(task.work, call);
}

function scanFiles(paths: readonly string[]): ScanFile[] {
  return paths.map((path) =>
    scanFile(path, {
      size: statSync(path).size,
      open: () => createReadStream(path, { highWaterMark: 1 << 20 }),
    }),
  );
}
