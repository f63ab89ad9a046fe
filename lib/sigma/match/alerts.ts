/** What the documents of a file alert on: rules that single events meet, and rules that count events. */
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Aggregation, Comparison, ConditionLine, SigmaDocument, SigmaRule } from '../rule/model.ts';
import { secondsOf } from '../rule/read-correlation.ts';
import { type CompiledRule, type CompileOptions, compileRule } from './compile.ts';
import { type Counter, correlationCounter, counterOf, type FindDocument } from './correlate.ts';
import type { CountingPlan } from './measure.ts';

export interface Alerts {
  single: CompiledRule[];
  counters: Counter[];
}

/**
 * Rules that a correlation of the same documents is made of alert through it alone, unless it asks for more with
 * `generate`. `find` gives rules of other files that correlations name. Never throws.
 */
export function compileAlerts(
  documents: readonly SigmaDocument[],
  find: FindDocument,
  options: CompileOptions = {},
): Alerts | Diagnostic {
  const alerts: Alerts = { single: [], counters: [] };
  const filters = documents.filter((one) => one.kind === 'filter');
  const all: CompileOptions = { ...options, filters: [...(options.filters ?? []), ...filters] };
  const silent = new Set(
    documents.flatMap((one) =>
      one.kind === 'correlation' && !one.generate ? one.rules.map(({ name }) => find(name)) : [],
    ),
  );
  for (const document of documents) {
    if (document.kind === 'filter') continue;
    if (silent.has(document) && !leadsTo(document, document, find, [])) continue;
    const problem =
      document.kind === 'correlation'
        ? addCounter(alerts, correlationCounter(document, find, all))
        : addRule(alerts, document, all);
    if (problem !== undefined) return problem;
  }
  return alerts;
}

/** A correlation that leads back to itself is reported, not silent. */
function leadsTo(
  target: SigmaDocument,
  from: SigmaDocument,
  find: FindDocument,
  seen: readonly SigmaDocument[],
): boolean {
  if (from.kind !== 'correlation' || seen.includes(from)) return false;
  return from.rules.some(({ name }) => {
    const next = find(name);
    return next === target || (next !== undefined && leadsTo(target, next, find, [...seen, from]));
  });
}

function addCounter(alerts: Alerts, counter: Counter | { diagnostic: Diagnostic }): Diagnostic | undefined {
  if ('diagnostic' in counter) return counter.diagnostic;
  alerts.counters.push(counter);
  return undefined;
}

/** Conditions are alternatives; those with an aggregation count, each by itself. */
function addRule(alerts: Alerts, rule: SigmaRule, options: CompileOptions): Diagnostic | undefined {
  const { detection } = rule;
  const plain = detection.conditions.filter(({ aggregation }) => aggregation === undefined);
  const only = (conditions: ConditionLine[]): SigmaRule => ({
    ...rule,
    detection: { ...detection, conditions },
  });
  if (plain.length > 0) {
    const own = plain.length === detection.conditions.length ? rule : only(plain);
    const compiled = compileRule(own, options);
    if (!('matches' in compiled)) return compiled;
    alerts.single.push(compiled);
  }
  for (const line of detection.conditions) {
    if (line.aggregation === undefined) continue;
    const { range } = line.aggregation;
    const path = rule.path === undefined ? {} : { path: rule.path };
    if (line.aggregation.kind === 'near') {
      return { code: 'sigma-near', severity: 'error', message: NEAR, range, ...path };
    }
    const plan = planOf(line.aggregation, detection.timeframe);
    if (typeof plan === 'string') {
      return { code: 'sigma-counting', severity: 'error', message: plan, range, ...path };
    }
    const compiled = compileRule(only([{ ...line, aggregation: undefined }]), options);
    if (!('matches' in compiled)) return compiled;
    alerts.counters.push(counterOf(rule, plan, [{ name: '', compiled }]));
  }
  return undefined;
}

const OPERATORS = {
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '=': 'eq',
} as const satisfies Record<string, Comparison>;
const TYPES = {
  count: 'value_count',
  sum: 'value_sum',
  avg: 'value_avg',
  min: 'value_min',
  max: 'value_max',
} as const satisfies Record<string, CountingPlan['type']>;

/** Sigma never said in which order and how far apart; other tools that read rules refuse it as well. */
const NEAR =
  '`near` is not run: Sigma never defined its order and span. Write a correlation rule of the type `temporal`, or `temporal_ordered` where the order counts.';

/** `count(x)` counts values, `count()` events; without a time frame over all events. A text says what cannot be run. */
function planOf(
  aggregation: Exclude<Aggregation, { kind: 'near' }>,
  timeframe: string | undefined,
): CountingPlan | string {
  const { function: name, field, by, operator, value } = aggregation;
  if (field === undefined && name !== 'count') return `\`${name}\` needs a field, as in \`${name}(x) > 1\`.`;
  const timespan = timeframe === undefined ? Number.POSITIVE_INFINITY : secondsOf(timeframe);
  if (timespan === undefined) return `The time frame \`${timeframe}\` is no span such as 5m or 1h.`;
  return {
    type: name === 'count' && field === undefined ? 'event_count' : TYPES[name],
    rules: [],
    groupBy: by === undefined ? [] : [by],
    timespan,
    comparisons: [{ operator: OPERATORS[operator], value }],
    fields: field === undefined ? [] : [field],
    percentile: undefined,
    aliases: new Map(),
  };
}
