/**
 * Correlations over events: rules that fire together, often, or with many values, within a time span; and aggregations
 * of the old kind, which are the same over one rule. Source: Sigma Correlation Rules Specification 2.1.0.
 */
import type { Diagnostic, Range } from '../../text/diagnostic.ts';
import type { Comparison, CorrelationRule, SigmaDocument, SigmaRule } from '../rule/model.ts';
import { type CompiledRule, type CompileOptions, compileRule } from './compile.ts';
import type { SigmaEvent } from './event.ts';
import { type CountingPlan, type Hit, measureFor } from './measure.ts';

/** A rule or correlation that fired: its events in order of time. */
export interface Occurrence {
  /** Epoch seconds of the last event; 0 where the time does not count and the event states none. */
  time: number;
  events: readonly SigmaEvent[];
  /** Values of the fields it was grouped by. */
  group: Readonly<Record<string, string>>;
  /** What was compared: a number of events or values, a sum ... */
  measure: number;
}

export interface CorrelationResult {
  /** One for each group and window that meets the condition; windows of a group do not overlap. */
  occurrences: readonly Occurrence[];
  /** Events that were left out because they state no time. */
  withoutTime: number;
}

type Failure = { diagnostic: Diagnostic };

/** A rule that counts, made ready. */
export interface Counter {
  rule: SigmaRule | CorrelationRule;
  type: CountingPlan['type'];
  /** The rules whose events it counts: other events change nothing. */
  bases: readonly CompiledRule[];
  /** Over events in any order. */
  find(events: readonly SigmaEvent[]): CorrelationResult;
}

/** Where the hits of a correlation come from. */
type Source = { name: string } & ({ compiled: CompiledRule } | { plan: CountingPlan; sources: Source[] });

/** Rules (and correlations) by id or name. */
export type FindDocument = (name: string) => SigmaDocument | undefined;

export const documentsByName =
  (documents: readonly SigmaDocument[]): FindDocument =>
  (name) =>
    documents.find((one) => one.kind !== 'filter' && (one.id === name || one.name === name));

/** Runs a correlation over events, in any order. `documents` are the rules (and correlations) it may name. */
export function correlate(
  correlation: CorrelationRule,
  documents: readonly SigmaDocument[],
  events: readonly SigmaEvent[],
  options: CompileOptions = {},
): CorrelationResult | Failure {
  const counter = correlationCounter(correlation, documentsByName(documents), options);
  return 'diagnostic' in counter ? counter : counter.find(events);
}

/** A correlation and all that it is made of. */
export function correlationCounter(
  correlation: CorrelationRule,
  find: FindDocument,
  options: CompileOptions = {},
): Counter | Failure {
  const sources = sourcesOf(correlation, find, options, []);
  return 'diagnostic' in sources ? sources : counterOf(correlation, correlation, sources.sources);
}

/** A counter of one rule: `plan.rules` is empty, or names it. */
export function counterOf(
  rule: SigmaRule | CorrelationRule,
  plan: CountingPlan,
  sources: readonly Source[],
): Counter {
  const timed = Number.isFinite(plan.timespan);
  return {
    rule,
    type: plan.type,
    bases: basesOf(sources),
    find(events) {
      const usable = timed ? events.filter(({ record }) => record.time !== null) : [...events];
      usable.sort((a, b) => (a.record.time ?? 0) - (b.record.time ?? 0));
      return {
        occurrences: occurrencesOf(plan, sources, usable),
        withoutTime: events.length - usable.length,
      };
    },
  };
}

function basesOf(sources: readonly Source[]): CompiledRule[] {
  return [...new Set(sources.flatMap((one) => ('compiled' in one ? [one.compiled] : basesOf(one.sources))))];
}

function sourcesOf(
  correlation: CorrelationRule,
  find: FindDocument,
  options: CompileOptions,
  above: readonly CorrelationRule[],
): { sources: Source[] } | Failure {
  const sources: Source[] = [];
  for (const { name, range } of correlation.rules) {
    const document = find(name);
    if (document === undefined || document.kind === 'filter') {
      return failure('sigma-rule-unknown', `No rule has the id or name \`${name}\`.`, range, correlation);
    }
    if (document.kind === 'correlation') {
      if (document === correlation || above.includes(document)) {
        return failure('sigma-rule-circular', `\`${name}\` leads back to itself.`, range, correlation);
      }
      const inner = sourcesOf(document, find, options, [...above, correlation]);
      if ('diagnostic' in inner) return inner;
      sources.push({ name, plan: document, sources: inner.sources });
      continue;
    }
    const compiled = compileRule(document, options);
    if (!('matches' in compiled)) return { diagnostic: compiled };
    sources.push({ name, compiled });
  }
  return { sources };
}

function failure(code: string, message: string, range: Range, { path }: CorrelationRule): Failure {
  return {
    diagnostic: { code, severity: 'error', message, range, ...(path === undefined ? {} : { path }) },
  };
}

/** `events` in order of time. */
function occurrencesOf(
  plan: CountingPlan,
  sources: readonly Source[],
  events: readonly SigmaEvent[],
): Occurrence[] {
  const hits = sources.flatMap((source) => hitsOf(source, events)).sort((a, b) => a.time - b.time);
  const groups = new Map<string, { group: Record<string, string>; hits: Hit[] }>();
  for (const hit of hits) {
    const group = groupOf(hit, plan);
    if (group === undefined) continue;
    const key = JSON.stringify(Object.values(group));
    const entry = groups.get(key);
    if (entry === undefined) groups.set(key, { group, hits: [hit] });
    else entry.hits.push(hit);
  }
  const occurrences = [...groups.values()].flatMap(({ group, hits: own }) =>
    windows(own, plan).map(({ hits: window, measure }) => ({
      time: window.at(-1)!.time,
      events: window.flatMap((hit) => hit.events),
      group,
      measure,
    })),
  );
  return occurrences.sort((a, b) => a.time - b.time);
}

function hitsOf(source: Source, events: readonly SigmaEvent[]): Hit[] {
  if ('plan' in source) {
    return occurrencesOf(source.plan, source.sources, events).map(({ time, events: own }) => ({
      rule: source.name,
      time,
      events: own,
    }));
  }
  return events.flatMap((event) =>
    source.compiled.matches(event)
      ? [{ rule: source.name, time: event.record.time ?? 0, events: [event] }]
      : [],
  );
}

/** Undefined where a field to group by is absent: such an event belongs to no group. */
function groupOf(hit: Hit, { groupBy, aliases }: CountingPlan): Record<string, string> | undefined {
  const group: Record<string, string> = {};
  for (const name of groupBy) {
    const field = aliases.get(name)?.get(hit.rule) ?? name;
    const value = hit.events[0]?.values(field)?.texts[0];
    if (value === undefined) return undefined;
    group[name] = value;
  }
  return group;
}

/** Windows that meet the condition, from the earliest on; the next one begins behind it. Without a span: all hits. */
function windows(hits: readonly Hit[], plan: CountingPlan): { hits: Hit[]; measure: number }[] {
  const found: { hits: Hit[]; measure: number }[] = [];
  let measure = measureFor(plan);
  let end = 0;
  for (let start = 0; start < hits.length; ) {
    for (; end < hits.length && hits[end]!.time - hits[start]!.time <= plan.timespan; end += 1)
      measure.add(hits[end]!);
    const value = measure.value();
    if (value !== undefined && holds(value, plan)) {
      found.push({ hits: hits.slice(start, end), measure: value });
      start = end;
      measure = measureFor(plan);
    } else if (!Number.isFinite(plan.timespan)) break;
    else {
      measure.remove(hits[start]!);
      start += 1;
    }
  }
  return found;
}

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  eq: (a, b) => a === b,
  neq: (a, b) => a !== b,
};

/** Without a comparison, every rule has to be there. */
function holds(measure: number, { comparisons, rules }: CountingPlan): boolean {
  if (comparisons.length === 0) return measure >= rules.length;
  return comparisons.every(({ operator, value }) => COMPARE[operator](measure, value));
}
