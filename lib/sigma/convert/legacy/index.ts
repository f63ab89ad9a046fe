/** The seven backends of the old converter, byte for byte as Atomic Threat Coverage published them. */
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { SigmaRule } from '../../rule/model.ts';
import { ConvertError } from '../error.ts';
import { type LegacyPrinter, printLine } from './backend.ts';
import { grep } from './grep.ts';
import { logpoint } from './logpoint.ts';
import { esQs, graylog } from './lucene.ts';
import { powershell } from './powershell.ts';
import { splunk } from './splunk.ts';
import { printWatches } from './xpack-watcher.ts';

/** Only the first condition of a rule is converted. */
const first = (printer: LegacyPrinter) => (rule: SigmaRule, before: readonly SigmaRule[]) => [
  printLine(printer, rule, rule.detection.conditions[0]!, before),
];

/** In the order of the published pages. Each throws `ConvertError` for what it cannot express. */
const PRINTERS = {
  powershell: first(powershell),
  'es-qs': first(esQs),
  'xpack-watcher': printWatches,
  graylog: first(graylog),
  splunk: first(splunk),
  logpoint: first(logpoint),
  grep: first(grep),
} as const satisfies Record<string, (rule: SigmaRule, before: readonly SigmaRule[]) => string[]>;

export type LegacyBackend = keyof typeof PRINTERS;

export const LEGACY_BACKENDS = Object.keys(PRINTERS) as LegacyBackend[];

/** The rules of one file, a line (or a watch) for each. */
export function convertLegacy(
  rules: readonly SigmaRule[],
  backend: LegacyBackend,
): { output: string } | { error: Diagnostic } {
  try {
    return { output: rules.flatMap((rule, at) => PRINTERS[backend](rule, rules.slice(0, at))).join('\n') };
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
    return { error: error.diagnostic(rules[0]?.path) };
  }
}
