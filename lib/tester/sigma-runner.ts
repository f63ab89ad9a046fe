import { plainFields } from '../events/plain-record.ts';
import type { CompiledRule } from '../sigma/match/compile.ts';
import type { Counter, Occurrence } from '../sigma/match/correlate.ts';
import { SigmaEvent } from '../sigma/match/event.ts';
import type { FilterRule } from '../sigma/rule/model.ts';
import type { PlainRow, RunNote } from '../spl/index.ts';
import type { RuleRun, RuleRunner } from './rule-run.ts';
import { alertsOf, elsewhereIn, type SigmaElsewhere } from './sigma-alerts.ts';

type Failure = NonNullable<RuleRun['error']>;

/**
 * Sigma rules: each event that matches is a row with the event's fields; each time that a rule which counts events was
 * met is a row with what it was grouped by and what it counted.
 */
export const sigmaRunner: RuleRunner = {
  run(rule, records, environment) {
    const alerts = alertsOf(rule.search, elsewhereIn(environment.sigmaFiles));
    if ('code' in alerts) return { ...NOTHING, error: alerts };
    const events = records.map((record) => new SigmaEvent(record));
    const rows: PlainRow[] = [];
    const sources: number[][] = [];
    const matched = new Set<number>();
    for (const [at, event] of events.entries()) {
      if (alerts.single.some((each) => each.matches(event))) {
        matched.add(at);
        rows.push(plainFields(records[at]!));
        sources.push([at]);
      }
    }
    const places = new Map(events.map((event, at) => [event, at]));
    const notes: RunNote[] = [...alerts.notes];
    for (const counter of alerts.counters) {
      const based = events.filter((event) => counter.bases.some((base) => base.matches(event)));
      for (const event of based) matched.add(places.get(event)!);
      const { occurrences, withoutTime } = counter.find(based);
      if (withoutTime > 0) notes.push(untimed(withoutTime));
      for (const occurrence of occurrences) {
        rows.push(occurrenceRow(occurrence, counter));
        sources.push(
          [...new Set(occurrence.events.map((event) => places.get(event)!))].sort((a, b) => a - b),
        );
      }
    }
    const all = [...matched].sort((a, b) => a - b);
    return {
      rows,
      fields: [...new Set(rows.flatMap((row) => Object.keys(row)))],
      notes,
      eventsOf: (row) => sources[row] ?? [],
      matched: () => all,
    };
  },
};

const NOTHING: RuleRun = { rows: [], fields: [], notes: [], eventsOf: () => [], matched: () => [] };

function untimed(count: number): RunNote {
  const events = count === 1 ? 'One event states' : `${count} events state`;
  const message = `${events} no time and cannot be counted within a span.`;
  return { code: 'sigma-event-without-time', severity: 'warning', message };
}

/** The fields that all events of an occurrence share, what it was grouped by, and what it counted. */
export function occurrenceRow({ events, group, measure, time }: Occurrence, { type }: Counter): PlainRow {
  const [first, ...others] = events.map(({ record }) => plainFields(record));
  const shared = Object.entries(first ?? {}).filter(
    ([name, value]) =>
      !name.startsWith('_') && others.every((other) => JSON.stringify(other[name]) === JSON.stringify(value)),
  );
  return { _time: time, ...Object.fromEntries(shared), ...group, [type]: measure, events: events.length };
}

/** The rules of a file that single events meet, with the filters of all files, or why there are none. */
export function compileText(
  text: string,
  elsewhere?: SigmaElsewhere,
): { rules: CompiledRule[]; filters: readonly FilterRule[] } | Failure {
  const alerts = alertsOf(text, elsewhere);
  if ('code' in alerts) return alerts;
  if (alerts.counters.length === 0) return { rules: alerts.single, filters: alerts.filters };
  return { code: 'sigma-counting', message: 'A rule that counts events is met by several of them together' };
}
