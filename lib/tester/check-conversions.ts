import type { ConversionCheck } from '../content/model.ts';
import type { EventRecord } from '../events/record.ts';
import {
  type CheckEvents,
  checkEvents,
  checkTable,
  type Selected,
  type SelectInDatabase,
  selectInDuckDb,
  selectInSplunk,
} from '../sigma/convert/check.ts';
import { madeEvents } from '../sigma/convert/made-events.ts';
import type { CompiledRule } from '../sigma/match/compile.ts';
import { SigmaEvent } from '../sigma/match/event.ts';
import { predicateOf } from '../sigma/match/predicate.ts';
import type { FilterRule } from '../sigma/rule/model.ts';
import { mergeChecks } from './conversion-checks.ts';
import type { SigmaElsewhere } from './sigma-alerts.ts';
import { compileText } from './sigma-runner.ts';

/** Opens a database over events; undefined where there is none on this machine. */
export type OpenDatabase = (events: CheckEvents) => Promise<SelectInDatabase | undefined>;

/** Events that a check looks at; the first ones of a log that has more. */
const MOST_EVENTS = 5_000;

/**
 * Runs a rule's conversions over events of its log source, under the names that the rule has for their fields, and
 * compares what they select with what the matcher selects. Several rules of one file have to agree one by one. Empty for
 * what cannot be matched, and where no event is of the log source.
 */
export async function checkConversions(
  text: string,
  records: readonly EventRecord[],
  open: OpenDatabase,
  elsewhere?: SigmaElsewhere,
): Promise<ConversionCheck[]> {
  const compiled = compileText(text, elsewhere);
  if ('code' in compiled) return [];
  const { rules, filters } = compiled;
  const checks: ConversionCheck[] = [];
  for (const rule of rules) {
    const events = records
      .map((record) => new SigmaEvent(record))
      .filter((event) => rule.fieldsIn(event) !== undefined)
      .slice(0, MOST_EVENTS);
    if (events.length === 0) continue;
    const wanted = events.flatMap((event, at) => (rule.matches(event) ? [at] : []));
    const prepared = checkEvents([rule], events, (event) => rule.fieldsIn(event));
    checks.push(...(await checkRule(rule, prepared, wanted, open, filters)));
  }
  return mergeChecks(checks);
}

/**
 * The same over events that are made from the rules themselves, for those that no test has events for. Empty for what
 * cannot be matched, and where no event could be made that a rule matches: that would prove little.
 */
export async function checkWithMadeEvents(
  text: string,
  open: OpenDatabase,
  elsewhere?: SigmaElsewhere,
): Promise<ConversionCheck[]> {
  const compiled = compileText(text, elsewhere);
  if ('code' in compiled) return [];
  const checks: ConversionCheck[] = [];
  for (const rule of compiled.rules) {
    const events = madeEvents(rule.expression).map((record) => new SigmaEvent(record));
    // They are of no log source: the condition alone decides.
    const { test } = predicateOf(rule.expression, NO_RENAMES);
    const wanted = events.flatMap((event, at) => (test(event) ? [at] : []));
    if (wanted.length === 0) return [];
    const found = await checkRule(rule, checkEvents([rule], events), wanted, open, compiled.filters);
    checks.push(...found.map((check) => ({ ...check, made: true as const })));
  }
  return mergeChecks(checks);
}

const NO_RENAMES: ReadonlyMap<string, string> = new Map();

async function checkRule(
  rule: CompiledRule,
  prepared: CheckEvents,
  wanted: readonly number[],
  open: OpenDatabase,
  filters: readonly FilterRule[],
): Promise<ConversionCheck[]> {
  const select = await open(prepared);
  const inDuckDb: Selected = select
    ? await selectInDuckDb(rule.rule, prepared, select, { filters })
    : { code: 'no-database', reason: 'DuckDB is not installed where the tests ran' };
  const found: [ConversionCheck['backend'], Selected][] = [
    ['splunk', selectInSplunk(rule.rule, checkTable(prepared), { filters })],
    ['duckdb', inDuckDb],
  ];
  return found.map(([backend, selected]) => ({
    backend,
    events: prepared.records.length,
    selected: wanted.length,
    ...outcome(selected, wanted),
  }));
}

function outcome(found: Selected, wanted: readonly number[]): Pick<ConversionCheck, 'same' | 'reason'> {
  // A query that this machine's engine does not run is no proof, and no disproof either.
  if ('code' in found) return { reason: found.reason };
  if (found.numbers.join() === wanted.join()) return { same: true };
  const missed = wanted.filter((number) => !found.numbers.includes(number)).length;
  const more = found.numbers.filter((number) => !wanted.includes(number)).length;
  return {
    same: false,
    reason: `it misses ${missed} of these events and selects ${more} that the rule does not match`,
  };
}
