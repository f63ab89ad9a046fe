import type { Aggregation, ConditionLine, SigmaRule } from '../../rule/model.ts';
import { type LegacyContext, printQuery, refuseNear, singleName } from './backend.ts';
import { esQs } from './lucene.ts';

const COMPARISONS: Readonly<Record<string, string>> = {
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '=': 'eq',
};
const RULER = '='.repeat(80);
const INDEX = 'winlogbeat-*';
const DEFAULT_INTERVAL = '30m';

/**
 * One watch for each condition; watches of one id are numbered through the file. Times are those of the old converter:
 * the range asks for `timestamp`.
 */
export function printWatches(rule: SigmaRule, before: readonly SigmaRule[]): string[] {
  const earlier = before.filter(({ id }) => id === rule.id);
  const first = earlier.reduce((sum, { detection }) => sum + detection.conditions.length, 0);
  return rule.detection.conditions.map((line, at) => printWatch(rule, line, first + at));
}

function printWatch(rule: SigmaRule, line: ConditionLine, at: number): string {
  const query = printQuery(esQs, rule, line);
  const context = { rule, settings: esQs.settings, scope: [] };
  const aggregation = line.aggregation?.kind === 'aggregate' ? line.aggregation : undefined;
  const watch = {
    metadata: {
      title: rule.title,
      description: rule.description ?? '',
      tags: rule.tags.length === 0 ? '' : rule.tags,
      query,
    },
    trigger: { schedule: { interval: rule.detection.timeframe ?? DEFAULT_INTERVAL } },
    input: {
      search: {
        request: {
          body: {
            size: 0,
            query: {
              bool: {
                must: [{ query_string: { query, analyze_wildcard: true } }],
                filter: { range: { timestamp: { gte: 'now-30m/m' } } },
              },
            },
            ...(aggregation === undefined ? {} : { aggs: aggregationsOf(aggregation, context) }),
          },
          indices: [INDEX],
        },
      },
    },
    condition: { compare: comparisonOf(aggregation) },
    actions: {
      send_email: {
        email: {
          to: 'root@localhost',
          subject: `Sigma Rule '${rule.title}'`,
          body: bodyOf(rule, aggregation),
          attachments: { 'data.json': { data: { format: 'json' } } },
        },
      },
    },
  };
  const name = `${rule.id ?? ''}${at === 0 ? '' : `-${at + 1}`}`;
  return `curl -s -XPUT -H 'Content-Type: application/json' --data-binary @- localhost:9200/_watcher/watch/${name} <<EOF\n${ascii(JSON.stringify(watch, null, 2))}\nEOF`;
}

type Counted = Extract<Aggregation, { kind: 'aggregate' }>;

function aggregationsOf(aggregation: Counted, context: LegacyContext): object {
  refuseNear(aggregation);
  const { field, by, operator, value } = aggregation;
  const least =
    operator === '>' ? { min_doc_count: value + 1 } : operator === '>=' ? { min_doc_count: value } : {};
  const terms = (one: string) => ({
    terms: {
      field: singleName(one, context, aggregation),
      size: 10,
      order: { _count: operator.startsWith('<') ? 'asc' : 'desc' },
      ...least,
    },
  });
  const counted = field === undefined ? undefined : { agg: terms(field) };
  if (by === undefined) return counted ?? {};
  return { by: counted === undefined ? terms(by) : { ...terms(by), aggs: counted } };
}

function comparisonOf(aggregation: Counted | undefined): object {
  if (aggregation === undefined) return { 'ctx.payload.hits.total': { not_eq: 0 } };
  const { field, by, operator, value } = aggregation;
  const compared = { [COMPARISONS[operator]!]: value };
  const buckets = [...(by === undefined ? [] : ['by']), ...(field === undefined ? [] : ['agg'])];
  if (buckets.length === 0) return { 'ctx.payload.hits.total': compared };
  return {
    [`ctx.payload.aggregations.${buckets.map((name) => `${name}.buckets.0`).join('.')}.doc_count`]: compared,
  };
}

function bodyOf(rule: SigmaRule, aggregation: Counted | undefined): string {
  if (aggregation !== undefined && (aggregation.by !== undefined || aggregation.field !== undefined)) {
    if (aggregation.field === undefined || aggregation.by === undefined) {
      const name = aggregation.by === undefined ? 'agg' : 'by';
      return `Hits:\n{{#aggregations.${name}.buckets}}\n {{key}} {{doc_count}}\n{{/aggregations.${name}.buckets}}\n`;
    }
    return 'Hits:\n{{#aggregations.agg.buckets}}\n {{key}} {{doc_count}}\n\n{{#by.buckets}}\n-- {{key}} {{doc_count}}\n{{/by.buckets}}\n\n{{/aggregations.agg.buckets}}\n';
  }
  const hits = (inner: string) =>
    `Hits:\n{{#ctx.payload.hits.hits}}${inner}${RULER}\n{{/ctx.payload.hits.hits}}`;
  if (rule.fields.length === 0) return hits('{{_source}}\n');
  const width = Math.max(...rule.fields.map((field) => field.length));
  const lines = rule.fields.map((field) => `${field.padStart(width)} = {{_source.${field}}}`);
  return hits(`Hit on {{_source.@timestamp}}:\n${lines.join('\n')}`);
}

/** Letters beyond ASCII as escapes. */
function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
