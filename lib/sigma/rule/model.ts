/**
 * A Sigma rule as it was read: what is written, with its places. What it means is worked out by `resolve.ts`.
 *
 * Rules of the language: the Sigma Specification 2.1.0 (rules, modifiers, correlation rules, filters).
 */
import type { Range } from '../../text/diagnostic.ts';

/** A value as written. Types follow YAML 1.1, which the reference readers use: `0x10` is 16, `yes` is true. */
export interface Literal {
  value: string | number | boolean | null;
  /** As written, without quotes. */
  text: string;
  range: Range;
}

/** `field|modifier|modifier: value` or, without a field name, a keyword. */
export interface FieldItem {
  kind: 'item';
  /** Undefined for keywords. */
  field: string | undefined;
  modifiers: readonly string[];
  values: readonly Literal[];
  /** Written as a list, even one of a single value. */
  list: boolean;
  /** Of the key, or of the keyword. */
  range: Range;
}

/** Every item of a map has to hold. */
export interface SearchMap {
  kind: 'map';
  items: readonly FieldItem[];
  range: Range;
}

/** One item of a list has to hold. */
export interface SearchList {
  kind: 'list';
  items: readonly (FieldItem | SearchMap)[];
  range: Range;
}

export type Search = SearchMap | SearchList;

/** `parenthesised`: as written; the order of evaluation is in the tree. */
export type Condition = (
  | { kind: 'and' | 'or'; items: readonly Condition[] }
  | { kind: 'not'; item: Condition }
  | { kind: 'search'; name: string }
  | { kind: 'of'; quantifier: 'all' | number; pattern: string }
) & { range: Range; parenthesised?: boolean };

export type AggregationFunction = 'count' | 'min' | 'max' | 'avg' | 'sum';

/** What stands behind `|` in a condition of the old kind. */
export type Aggregation =
  | {
      kind: 'aggregate';
      function: AggregationFunction;
      field: string | undefined;
      by: string | undefined;
      operator: '<' | '<=' | '>' | '>=' | '=';
      value: number;
      /** The number as written. */
      valueText: string;
      range: Range;
    }
  | { kind: 'near'; include: readonly string[]; exclude: readonly string[]; range: Range };

export interface ConditionLine {
  text: string;
  expression: Condition;
  aggregation: Aggregation | undefined;
  range: Range;
}

export interface LogSource {
  category?: string;
  product?: string;
  service?: string;
  definition?: string;
  range: Range;
}

export interface Detection {
  searches: ReadonlyMap<string, Search>;
  /** Several conditions are alternatives. */
  conditions: readonly ConditionLine[];
  /** As written, such as `30m`. */
  timeframe: string | undefined;
  range: Range;
}

/** What every document of a rule file has. Absent texts are undefined, absent lists empty. */
export interface Described {
  id: string | undefined;
  /** Under which correlation rules and filters find it, beside the id. */
  name: string | undefined;
  title: string;
  description: string | undefined;
  status: string | undefined;
  level: string | undefined;
  author: string | undefined;
  licence: string | undefined;
  date: string | undefined;
  modified: string | undefined;
  references: readonly string[];
  tags: readonly string[];
  falsePositives: readonly string[];
  fields: readonly string[];
  related: readonly { id: string; type: string }[];
  path: string | undefined;
  range: Range;
}

export interface SigmaRule extends Described {
  kind: 'rule';
  logsource: LogSource;
  detection: Detection;
}

export const CORRELATION_TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const;

export type CorrelationType = (typeof CORRELATION_TYPES)[number];

export const COMPARISONS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface CorrelationRule extends Described {
  kind: 'correlation';
  type: CorrelationType;
  /** Names or ids of rules, which may be correlations themselves. */
  rules: readonly { name: string; range: Range }[];
  groupBy: readonly string[];
  /** Seconds; `timespanText` is as written. */
  timespan: number;
  timespanText: string;
  /** All of them have to hold: `gte` with `lt` is a range. Empty for temporal types without a condition. */
  comparisons: readonly { operator: Comparison; value: number }[];
  /** Field that is counted, summed ...; with several, their values together. */
  fields: readonly string[];
  percentile: number | undefined;
  /** Alias → rule → field. */
  aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Whether the rules it is made of alert as well. */
  generate: boolean;
}

export interface FilterRule extends Described {
  kind: 'filter';
  logsource: LogSource;
  /** Names or ids; `any` holds for every rule of the log source. */
  rules: readonly { name: string; range: Range }[] | 'any';
  detection: Detection;
}

export type SigmaDocument = SigmaRule | CorrelationRule | FilterRule;
