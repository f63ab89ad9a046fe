/** What a correlation compares, kept up to date while a window moves over hits. */
import type { CorrelationRule, CorrelationType } from '../rule/model.ts';
import type { SigmaEvent } from './event.ts';

/** What is counted: a correlation, or an aggregation of the old kind, which has two measures more. */
export type CountingPlan = Pick<
  CorrelationRule,
  'rules' | 'groupBy' | 'timespan' | 'comparisons' | 'fields' | 'percentile' | 'aliases'
> & { type: CorrelationType | 'value_min' | 'value_max' };

/** What one rule of a correlation found. */
export interface Hit {
  /** As the correlation names the rule. */
  rule: string;
  /** Epoch seconds. */
  time: number;
  events: readonly SigmaEvent[];
}

/** Hits are added at the end and removed from the front. */
export interface Measure {
  add(hit: Hit): void;
  remove(hit: Hit): void;
  /** Undefined where there is nothing to measure. */
  value(): number | undefined;
}

export function measureFor(plan: CountingPlan): Measure {
  switch (plan.type) {
    case 'event_count':
      return distinct((hit) => [hit]);
    case 'value_count':
      return distinct((hit) => valuesOf(hit, plan));
    case 'temporal':
      return distinct(({ rule }) => [rule]);
    case 'temporal_ordered':
      return listed((hits) => longestInOrder(hits, plan));
    case 'value_sum':
      return totals(plan, (total) => total);
    case 'value_avg':
      return totals(plan, (total, count) => total / count);
    case 'value_min':
      return numbersListed(plan, (numbers) => numbers.reduce((least, number) => Math.min(least, number)));
    case 'value_max':
      return numbersListed(plan, (numbers) => numbers.reduce((most, number) => Math.max(most, number)));
    case 'value_median':
      return numbersListed(plan, (numbers) => percentile(numbers, 50));
    case 'value_percentile':
      return numbersListed(plan, (numbers) => percentile(numbers, plan.percentile ?? 50));
  }
}

function distinct(keysOf: (hit: Hit) => readonly unknown[]): Measure {
  const counts = new Map<unknown, number>();
  const change = (hit: Hit, by: number): void => {
    for (const key of keysOf(hit)) {
      const count = (counts.get(key) ?? 0) + by;
      if (count === 0) counts.delete(key);
      else counts.set(key, count);
    }
  };
  return { add: (hit) => change(hit, 1), remove: (hit) => change(hit, -1), value: () => counts.size };
}

function totals(plan: CountingPlan, value: (total: number, count: number) => number): Measure {
  let [total, count] = [0, 0];
  const change = (hit: Hit, by: number): void => {
    for (const number of numbersOf(hit, plan)) {
      total += by * number;
      count += by;
    }
  };
  return {
    add: (hit) => change(hit, 1),
    remove: (hit) => change(hit, -1),
    value: () => (count === 0 ? undefined : value(total, count)),
  };
}

function listed(value: (hits: readonly Hit[]) => number | undefined): Measure {
  const hits: Hit[] = [];
  return { add: (hit) => hits.push(hit), remove: () => hits.shift(), value: () => value(hits) };
}

function numbersListed(plan: CountingPlan, value: (numbers: readonly number[]) => number): Measure {
  return listed((hits) => {
    const numbers = hits.flatMap((hit) => numbersOf(hit, plan));
    return numbers.length === 0 ? undefined : value(numbers);
  });
}

const numbersOf = (hit: Hit, plan: CountingPlan): number[] =>
  valuesOf(hit, plan).flatMap((text) => {
    const number = Number(text);
    return text.trim() !== '' && Number.isFinite(number) ? [number] : [];
  });

/** With several fields, each combination of their values counts. */
function valuesOf({ rule, events }: Hit, { fields, aliases }: CountingPlan): string[] {
  const values = fields.map((name) => events[0]?.values(aliases.get(name)?.get(rule) ?? name)?.texts[0]);
  if (values.includes(undefined)) return [];
  return [values.length === 1 ? values[0]! : JSON.stringify(values)];
}

/** How many of the rules fire one after the other, as they are listed. */
function longestInOrder(hits: readonly Hit[], { rules }: CountingPlan): number {
  let at = 0;
  for (const { rule } of hits) if (rule === rules[at]?.name) at += 1;
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
