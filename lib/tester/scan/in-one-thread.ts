import type { RuleEnvironment } from '../environment.ts';
import { HitsFound } from './hits-found.ts';
import { type InPartsOptions, scanInParts } from './in-parts.ts';
import { LocalPart } from './part.ts';
import type { ScanFile, ScanReport, ScanRule } from './report.ts';
import { compileRules } from './rules.ts';

/** Which rules fire on files of events. A result is the one that running the rule by itself gives. */
export async function scan(
  rules: readonly ScanRule[],
  files: readonly ScanFile[],
  environment: RuleEnvironment,
  options: InPartsOptions = {},
): Promise<ScanReport> {
  const found = new HitsFound();
  const part = new LocalPart(compileRules(rules, environment), files, environment);
  const outcome = await scanInParts([part], {
    ...options,
    onUpdate: (update) => {
      found.take(update.hits);
      options.onUpdate?.(update);
    },
  });
  return { ...outcome, hits: found.settled() };
}
