/**
 * Correlations over events: rules that fire together, often, or with many values, within a time span.
 * Source: Sigma Correlation Rules Specification 2.1.0.
 */
import type { Diagnostic, Range } from '../../text/diagnostic.ts';
import type { Comparison, CorrelationRule, SigmaDocument } from '../rule/model.ts';
import type { ResolveOptions } from '../rule/resolve.ts';
import { compileRule } from './compile.ts';
import type { SigmaEvent } from './event.ts';

/** A rule or correlation that fired: its events in order of time. */
export interface Occurrence {
  /** Epoch seconds of the last event. */
  time: number;
  events: readonly SigmaEvent[];
  /** Values of the fields it was grouped by. */
  group: Readonly<Record<string, string>>;
}

export interface CorrelationResult {
  /** One for each group and window that meets the condition; windows of a group do not overlap. */
  occurrences: readonly Occurrence[];
  /** Events that were left out because they state no time. */
  withoutTime: number;
}

/** What one rule of the correlation found, before grouping. */
interface Hit {
  rule: string;
  time: number;
  events: readonly SigmaEvent[];
}

type Failure = { diagnostic: Diagnostic };

/**
 * Runs a correlation over events, in any order. `documents` are the rules (and correlations) it may name, by id or name.
 */
export function correlate(
  correlation: CorrelationRule,
  documents: readonly SigmaDocument[],
  events: readonly SigmaEvent[],
  options: ResolveOptions = {},
): CorrelationResult | Failure {
  return new Correlator(documents, events, options).run(correlation, []);
}

class Correlator {
  private readonly timed: readonly { time: number; event: SigmaEvent }[];
  private readonly withoutTime: number;

  constructor(
    private readonly documents: readonly SigmaDocument[],
    events: readonly SigmaEvent[],
    private readonly options: ResolveOptions,
  ) {
    const timed = events.flatMap((event) =>
      event.record.time === null ? [] : [{ time: event.record.time, event }],
    );
    this.timed = timed.sort((a, b) => a.time - b.time);
    this.withoutTime = events.length - timed.length;
  }

  run(correlation: CorrelationRule, above: readonly CorrelationRule[]): CorrelationResult | Failure {
    const hits: Hit[] = [];
    for (const { name, range } of correlation.rules) {
      const found = this.hitsOf(name, range, correlation, above);
      if ('diagnostic' in found) return found;
      hits.push(...found);
    }
    hits.sort((a, b) => a.time - b.time);
    const groups = new Map<string, { group: Record<string, string>; hits: Hit[] }>();
    for (const hit of hits) {
      const group = groupOf(hit, correlation);
      if (group === undefined) continue;
      const key = JSON.stringify(Object.values(group));
      const entry = groups.get(key);
      if (entry === undefined) groups.set(key, { group, hits: [hit] });
      else entry.hits.push(hit);
    }
    const occurrences = [...groups.values()].flatMap(({ group, hits: own }) =>
      windows(own, correlation).map((window) => ({
        time: window.at(-1)!.time,
        events: window.flatMap((hit) => hit.events),
        group,
      })),
    );
    occurrences.sort((a, b) => a.time - b.time);
    return { occurrences, withoutTime: this.withoutTime };
  }

  private hitsOf(
    name: string,
    range: Range,
    correlation: CorrelationRule,
    above: readonly CorrelationRule[],
  ): Hit[] | Failure {
    const document = this.documents.find((one) => one.id === name || one.name === name);
    const fail = (code: string, message: string): Failure => ({
      diagnostic: {
        code,
        severity: 'error',
        message,
        range,
        ...(correlation.path ? { path: correlation.path } : {}),
      },
    });
    if (document === undefined || document.kind === 'filter') {
      return fail('sigma-rule-unknown', `No rule has the id or name \`${name}\`.`);
    }
    if (document.kind === 'correlation') {
      if (document === correlation || above.includes(document)) {
        return fail('sigma-rule-circular', `\`${name}\` leads back to itself.`);
      }
      const inner = this.run(document, [...above, correlation]);
      if ('diagnostic' in inner) return inner;
      return inner.occurrences.map(({ time, events }) => ({ rule: name, time, events }));
    }
    const compiled = compileRule(document, this.options);
    if (!('matches' in compiled)) return { diagnostic: compiled };
    return this.timed.flatMap(({ time, event }) =>
      compiled.matches(event) ? [{ rule: name, time, events: [event] }] : [],
    );
  }
}

/** Undefined where a field to group by is absent: such an event belongs to no group. */
function groupOf(hit: Hit, { groupBy, aliases }: CorrelationRule): Record<string, string> | undefined {
  const group: Record<string, string> = {};
  for (const name of groupBy) {
    const field = aliases.get(name)?.get(hit.rule) ?? name;
    const value = hit.events[0]?.values(field)?.texts[0];
    if (value === undefined) return undefined;
    group[name] = value;
  }
  return group;
}

/** Windows that meet the condition, from the earliest on; the next one begins behind it. */
function windows(hits: readonly Hit[], correlation: CorrelationRule): Hit[][] {
  const found: Hit[][] = [];
  for (let start = 0; start < hits.length; ) {
    let end = start;
    while (end < hits.length && hits[end]!.time - hits[start]!.time <= correlation.timespan) end += 1;
    const window = hits.slice(start, end);
    if (!holds(window, correlation)) start += 1;
    else {
      found.push(window);
      start = end;
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

function holds(window: readonly Hit[], correlation: CorrelationRule): boolean {
  const measure = measureOf(window, correlation);
  if (measure === undefined) return false;
  if (correlation.comparisons.length === 0) return measure >= correlation.rules.length;
  return correlation.comparisons.every(({ operator, value }) => COMPARE[operator](measure, value));
}

/** What the condition compares; undefined where there is nothing to measure. */
function measureOf(window: readonly Hit[], correlation: CorrelationRule): number | undefined {
  switch (correlation.type) {
    case 'event_count':
      return window.length;
    case 'value_count':
      return new Set(valuesOf(window, correlation)).size;
    case 'temporal':
      return new Set(window.map(({ rule }) => rule)).size;
    case 'temporal_ordered':
      return longestInOrder(window, correlation);
    default: {
      const numbers = valuesOf(window, correlation).map(Number).filter(Number.isFinite);
      if (numbers.length === 0) return undefined;
      if (correlation.type === 'value_sum') return sum(numbers);
      if (correlation.type === 'value_avg') return sum(numbers) / numbers.length;
      return percentile(numbers, correlation.type === 'value_median' ? 50 : (correlation.percentile ?? 50));
    }
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function valuesOf(window: readonly Hit[], { fields, aliases }: CorrelationRule): string[] {
  return window.flatMap(({ rule, events }) => {
    const values = fields.map((name) => events[0]?.values(aliases.get(name)?.get(rule) ?? name)?.texts[0]);
    // With several fields, each combination of their values counts.
    return values.includes(undefined) ? [] : [values.length === 1 ? values[0]! : JSON.stringify(values)];
  });
}

/** How many of the rules fire one after the other, as they are listed. */
function longestInOrder(window: readonly Hit[], { rules }: CorrelationRule): number {
  let at = 0;
  for (const { rule } of window) if (rule === rules[at]?.name) at += 1;
  return at;
}

/** Between the two nearest ranks, linearly. */
function percentile(numbers: readonly number[], percent: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const rank = (percent / 100) * (sorted.length - 1);
  const low = sorted[Math.floor(rank)]!;
  const high = sorted[Math.ceil(rank)]!;
  return low + (high - low) * (rank - Math.floor(rank));
}
