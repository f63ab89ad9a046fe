/** Everything that a rule becomes elsewhere: a conversion for each place that could run it, in the order of a page. */
import { ownEntry } from '../../collections.ts';
import { LineIndex } from '../../text/position.ts';
import { WINDOWS_CATEGORIES } from '../match/windows-sources.ts';
import type { FilterRule, LogSource, SigmaRule } from '../rule/model.ts';
import type { SigmaFile } from '../rule/read.ts';
import { BACKENDS } from './backends.ts';
import { convert } from './convert.ts';
import { convertLegacy, LEGACY_BACKENDS } from './legacy/index.ts';
import { PIPELINES } from './pipelines/index.ts';
import { type Pipeline, pipelineConcerns } from './pipelines/pipeline.ts';

export interface RuleConversion {
  /** Unique among the conversions of a rule, fit for an attribute. */
  key: string;
  title: string;
  /** One of the seven backends of the old converter. */
  legacy: boolean;
  backend: string;
  format: string;
  pipeline: string;
  /** With a pipeline that the content brings along. */
  own: boolean;
  /** Of the pipeline; absent where it changes nothing. */
  pipelineTitle?: string;
  /** Exactly one of `output` and `reason` is there. */
  output?: string;
  reason?: Reason;
}

/** Why there is no query. */
export interface Reason {
  code: string;
  message: string;
  /** Line of the rule that stands against it, from 1. */
  line?: number;
}

interface Target {
  key: string;
  title: string;
  backend: string;
  own?: boolean;
  format?: string;
  pipeline: (logsource: LogSource) => string;
}

const elastic = ({ product }: LogSource): string => (product === 'windows' ? 'ecs_windows' : 'none');
const always = (pipeline: string) => () => pipeline;

/** Categories that Sysmon records are narrowed to its events; channels of services to their source. */
function splunk({ product, category }: LogSource): string {
  if (product !== 'windows') return 'none';
  const events = ownEntry(WINDOWS_CATEGORIES, category ?? '') ?? [];
  return events.some(({ service }) => service === 'sysmon') ? 'sysmon+splunk_windows' : 'splunk_windows';
}

const TARGETS: readonly Target[] = [
  { key: 'splunk', title: 'Splunk', backend: 'splunk', pipeline: splunk },
  {
    key: 'savedsearches',
    title: 'savedsearches.conf',
    backend: 'splunk',
    format: 'savedsearches',
    pipeline: splunk,
  },
  { key: 'tstats', title: 'Splunk tstats', backend: 'splunk', pipeline: always('splunk_cim') },
  { key: 'lucene', title: 'Elastic Lucene', backend: 'lucene', pipeline: elastic },
  { key: 'eql', title: 'Elastic EQL', backend: 'eql', pipeline: elastic },
  { key: 'esql', title: 'Elastic ES|QL', backend: 'esql', pipeline: elastic },
  { key: 'kql', title: 'Kibana KQL', backend: 'kql', pipeline: elastic },
  {
    key: 'elastic-rule',
    title: 'Elastic rule',
    backend: 'lucene',
    format: 'elastic_rule',
    pipeline: elastic,
  },
  { key: 'ppl', title: 'OpenSearch PPL', backend: 'opensearch_ppl', pipeline: elastic },
  { key: 'xdr', title: 'Defender XDR', backend: 'kusto', pipeline: always('microsoft_xdr') },
  { key: 'asim', title: 'Sentinel ASIM', backend: 'kusto', pipeline: always('sentinel_asim') },
  { key: 'logscale', title: 'LogScale', backend: 'logscale', pipeline: always('none') },
  { key: 'loki', title: 'Loki', backend: 'loki', pipeline: always('none') },
  { key: 'sqlite', title: 'SQLite', backend: 'sqlite', pipeline: always('none') },
  { key: 'duckdb', title: 'DuckDB', backend: 'duckdb', pipeline: always('none') },
];

/** What the content gives beside the rule. */
export interface ContentConversion {
  /** Each gives a conversion to every backend that it is for, where it is about the rule's log source. */
  pipelines?: readonly Pipeline[];
  /** Filters of other files. */
  filters?: readonly FilterRule[];
}

/**
 * The documents of one file together, as its text becomes one query for each rule; filters are joined to the rules that
 * they name. Pure; never throws.
 */
export function ruleConversions(
  { documents, diagnostics }: SigmaFile,
  text: string,
  { pipelines = [], filters: others = [] }: ContentConversion = {},
): RuleConversion[] {
  const lines = new LineIndex(text);
  const reasonOf = ({
    code,
    message,
    range,
  }: {
    code: string;
    message: string;
    range?: { start: number };
  }) => ({
    code,
    message,
    ...(range === undefined ? {} : { line: lines.positionAt(range.start).line }),
  });
  const unread = diagnostics.find(({ severity }) => severity === 'error') ?? {
    code: 'convert-no-rule',
    message: 'The file holds no rule.',
  };
  const rules = documents.filter((document): document is SigmaRule => document.kind === 'rule');
  const logsource = rules[0]?.logsource ?? { range: { start: 0, end: 0 } };
  const filters = [...documents.filter((one) => one.kind === 'filter'), ...others];
  // A file of filters alone says that they are no rules.
  const asked = rules.length === 0 ? documents : documents.filter(({ kind }) => kind !== 'filter');
  const targets = [...TARGETS, ...pipelines.flatMap((pipeline) => targetsOf(pipeline, logsource))];
  const today = targets.map(
    ({ key, title, own = false, backend, format, pipeline: pipelineFor }): RuleConversion => {
      const pipeline = pipelineFor(logsource);
      const options = { backend, format, pipeline, pipelines, filters };
      const results = asked.map((document) => convert(document, options));
      const error = documents.length === 0 ? unread : results.find((result) => result.error)?.error;
      return {
        ...{ key, title, legacy: false, own, backend, format: format ?? 'default', pipeline },
        ...(pipeline === 'none' ? {} : { pipelineTitle: titleOf(pipeline, pipelines) }),
        ...(error
          ? { reason: reasonOf(error) }
          : { output: results.map(({ output }) => output).join('\n\n') }),
      };
    },
  );
  const legacy = LEGACY_BACKENDS.map((backend): RuleConversion => {
    const found = rules.length === 0 ? { error: unread } : convertLegacy(rules, backend);
    return {
      ...{
        key: `old-${backend}`,
        title: backend,
        legacy: true,
        own: false,
        backend,
        format: 'default',
        pipeline: 'none',
      },
      ...('error' in found ? { reason: reasonOf(found.error) } : { output: found.output }),
    };
  });
  return [...today, ...legacy];
}

/** A pipeline of the content, to each backend that it is for. */
function targetsOf(pipeline: Pipeline, logsource: LogSource): Target[] {
  if (!pipelineConcerns(pipeline, logsource)) return [];
  const backends = pipeline.backends ?? Object.keys(BACKENDS);
  return backends.map((backend) => ({
    key: `${pipeline.name}-${backend}`,
    title: BACKENDS[backend]!.title,
    own: true,
    backend,
    pipeline: always(pipeline.name),
  }));
}

function titleOf(name: string, given: readonly Pipeline[]): string | undefined {
  return [...given, ...PIPELINES].find((pipeline) => pipeline.name === name)?.title;
}
