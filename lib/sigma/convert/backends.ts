/** Every backend of today: its formats, and how it makes a whole query of a rule. */
import type { Expression } from '../rule/expression.ts';
import type { SigmaRule } from '../rule/model.ts';
import { elasticRule, kibanaSearch } from './elastic-documents.ts';
import { EQL } from './eql.ts';
import { esqlCondition } from './esql.ts';
import { KQL } from './kql.ts';
import { KUSTO } from './kusto.ts';
import { LOGSCALE } from './logscale.ts';
import { lokiQuery } from './loki.ts';
import { LUCENE } from './lucene.ts';
import { pplCondition } from './opensearch-ppl.ts';
import { splunkSearch } from './splunk.ts';
import { savedSearch, tstatsSearch } from './splunk-formats.ts';
import { DUCKDB, SQLITE } from './sql.ts';
import { printExpression, type Syntax } from './syntax.ts';

export interface BackendInput {
  rule: SigmaRule;
  /** With the pipeline's names and demands. */
  expression: Expression;
  /** Of the pipeline; undefined without one. */
  table: string | undefined;
}

export interface Backend {
  title: string;
  /** The first is the default. */
  formats: Readonly<Record<string, (input: BackendInput) => string>>;
  /** Pipelines that make sense for it; the first is the default. */
  pipelines: readonly string[];
}

const query = (expression: Expression, syntax: Syntax): string => printExpression(expression, syntax).text;
const ELASTIC = ['ecs_windows', 'none'];

/** `windows-process_creation-*`: an index pattern of what the log source states. */
function indexOf({ logsource: { product, category, service } }: SigmaRule): string {
  const parts = [product, category, service].filter((part) => part !== undefined);
  return parts.length === 0 ? '*' : `${parts.join('-')}-*`;
}

const lokiSelector = ({ logsource }: SigmaRule): string =>
  logsource.product === 'windows' ? '{job=~"eventlog|winlog|windows|fluentbit.*"}' : '{job=~".+"}';

export const BACKENDS: Readonly<Record<string, Backend>> = {
  splunk: {
    title: 'Splunk SPL',
    pipelines: ['splunk_windows', 'sysmon+splunk_windows', 'splunk_cim', 'none'],
    formats: {
      default: ({ expression, table }) =>
        table === undefined ? splunkSearch(expression) : tstatsSearch(expression, table),
      savedsearches: ({ rule, expression, table }) =>
        savedSearch(rule, table === undefined ? splunkSearch(expression) : tstatsSearch(expression, table)),
    },
  },
  lucene: {
    title: 'Elastic Lucene',
    pipelines: ELASTIC,
    formats: {
      default: ({ expression }) => query(expression, LUCENE),
      elastic_rule: ({ rule, expression }) => elasticRule(rule, query(expression, LUCENE)),
      kibana_ndjson: ({ rule, expression }) => kibanaSearch(rule, query(expression, LUCENE)),
    },
  },
  kql: {
    title: 'Kibana KQL',
    pipelines: ELASTIC,
    formats: { default: ({ expression }) => query(expression, KQL) },
  },
  eql: {
    title: 'Elastic EQL',
    pipelines: ELASTIC,
    formats: { default: ({ expression }) => `any where ${query(expression, EQL)}` },
  },
  esql: {
    title: 'Elastic ES|QL',
    pipelines: ELASTIC,
    formats: {
      default: ({ expression }) =>
        `from * metadata _id, _index, _version | where ${esqlCondition(expression).text}`,
    },
  },
  opensearch_ppl: {
    title: 'OpenSearch PPL',
    pipelines: ELASTIC,
    formats: {
      default: ({ rule, expression }) => `source=${indexOf(rule)} | where ${pplCondition(expression).text}`,
    },
  },
  kusto: {
    title: 'Microsoft Kusto',
    pipelines: ['microsoft_xdr', 'sentinel_asim', 'none'],
    formats: {
      default: ({ expression, table }) =>
        table === undefined ? query(expression, KUSTO) : `${table}\n| where ${query(expression, KUSTO)}`,
    },
  },
  logscale: {
    title: 'CrowdStrike LogScale',
    pipelines: ['none'],
    formats: { default: ({ expression }) => query(expression, LOGSCALE) },
  },
  loki: {
    title: 'Grafana Loki',
    pipelines: ['none'],
    formats: { default: ({ rule, expression }) => lokiQuery(expression, lokiSelector(rule)) },
  },
  sqlite: {
    title: 'SQLite',
    pipelines: ['none'],
    formats: { default: ({ expression }) => `SELECT * FROM events WHERE ${query(expression, SQLITE)}` },
  },
  duckdb: {
    title: 'DuckDB',
    pipelines: ['none'],
    formats: { default: ({ expression }) => `SELECT * FROM events WHERE ${query(expression, DUCKDB)}` },
  },
};
