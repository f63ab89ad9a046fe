/**
 * Conversions beside those of another converter: how many are equal after layout (parentheses, order, blanks), and why
 * the others differ. `fixtures/reference-differences.md` is the table of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SigmaRule } from '../rule/model.ts';
import { readSigma } from '../rule/read.ts';
import { resolveRule } from '../rule/resolve.ts';
import { type Conversion, convert } from './convert.ts';
import { type Judgement, judge, judgeRefusal } from './fixtures/reference-compare.ts';
import { markdownTable } from './fixtures/reference-table.ts';
import { OPENSEARCH_PPL } from './opensearch-ppl.ts';
import { PIPELINES } from './pipelines/index.ts';
import { applyPipeline } from './pipelines/pipeline.ts';
import { printExpression } from './syntax.ts';

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const OUTPUTS = join(SHARED, 'sigma/pysigma-outputs.ndjson.gz');
const CORPUS = join(SHARED, 'corpus/sigma');

interface Row {
  rule_path: string;
  backend: string;
  format: string;
  pipeline: string | null;
  output?: unknown;
  error?: string;
}

interface Form {
  pipeline: string;
  /** Of ours. */
  format?: string;
  /** The query within an output of the other, and of ours, where there is more around it. */
  theirs?(output: unknown): unknown;
  ours?(output: string): string;
}

const line = (output: unknown): string =>
  /^search = (.*)/ms.exec(String(output))![1]!.replace(/\\\n/g, '\n').trim();
const parsed = (text: string) => JSON.parse(text) as Record<string, unknown>;

interface KibanaSearch {
  attributes: { kibanaSavedObjectMeta: { searchSourceJSON: string } };
}
const kibanaQuery = ({ attributes }: KibanaSearch) =>
  parsed(attributes.kibanaSavedObjectMeta.searchSourceJSON).query as Record<string, unknown>;

/** Combinations that both converters have. */
const SHARED_FORMS: Readonly<Record<string, string | Form>> = {
  'splunk default null': 'none',
  'splunk default splunk_windows': 'splunk_windows',
  'splunk default sysmon+splunk_windows': 'sysmon+splunk_windows',
  'splunk savedsearches splunk_windows': {
    pipeline: 'splunk_windows',
    format: 'savedsearches',
    theirs: line,
    ours: line,
  },
  'splunk data_model splunk_cim': { pipeline: 'splunk_cim' },
  'lucene siem_rule ecs_windows': {
    pipeline: 'ecs_windows',
    format: 'elastic_rule',
    theirs: (output) => (output as { params: { query: string } }).params.query,
    ours: (output) => String(parsed(output).query),
  },
  'lucene kibana_ndjson ecs_windows': {
    pipeline: 'ecs_windows',
    format: 'kibana_ndjson',
    theirs: (output) => (kibanaQuery(output as KibanaSearch).query_string as { query: string }).query,
    ours: (output) => String(kibanaQuery(parsed(output) as unknown as KibanaSearch).query),
  },
  'lucene default null': 'none',
  'lucene default ecs_windows': 'ecs_windows',
  'eql default null': 'none',
  'eql default ecs_windows': 'ecs_windows',
  'esql default null': 'none',
  'esql default ecs_windows': 'ecs_windows',
  'kusto default null': 'none',
  'kusto default microsoft_xdr_pipeline': 'microsoft_xdr',
  'kusto default sentinel_asim': 'sentinel_asim',
  'logscale default null': 'none',
  'loki default null': 'none',
  'sqlite default null': 'none',
  'opensearch_ppl default ecs_windows': 'ecs_windows',
};

/** Our conversion without what keeps events whose fields are absent, for the language that needs more than a word for it. */
function plainOf(rule: SigmaRule, { backend, pipeline, output }: Conversion): string | undefined {
  if (backend !== 'opensearch_ppl') return output;
  const { expression } = resolveRule(rule);
  const mapped = applyPipeline(expression!, rule.logsource, PIPELINES.find(({ name }) => name === pipeline)!);
  const source = output!.slice(0, output!.indexOf(' | where '));
  return `${source} | where ${printExpression(mapped.expression, OPENSEARCH_PPL).text}`;
}

function compared(row: Row, rule: SigmaRule, { pipeline, format, theirs, ours }: Form): Judgement {
  const conversion = convert(rule, {
    backend: row.backend,
    pipeline,
    ...(format === undefined ? {} : { format }),
  });
  const { output, error } = conversion;
  const given =
    row.output === undefined || row.output === '' ? undefined : (theirs?.(row.output) ?? row.output);
  const reference = Array.isArray(given) ? given.join('\n') : given;
  if (typeof reference !== 'string' || reference === '' || output === undefined) {
    const text = typeof reference === 'string' && reference !== '' ? reference : undefined;
    const theirError = row.error ?? (text === undefined ? 'no output' : undefined);
    return judgeRefusal(row.backend, text, error?.message, theirError);
  }
  return judge(
    row.backend,
    reference,
    ours?.(output) ?? output,
    resolveRule(rule).expression!,
    ours ? undefined : plainOf(rule, conversion),
  );
}

const VERDICTS = ['equal', 'equal in effect', 'reference wrong', 'refused by both', 'not explained'] as const;

describe.skipIf(!existsSync(OUTPUTS))(
  'beside another converter (skipped where its outputs are absent)',
  () => {
    it('every difference has a verdict and a reason', async () => {
      const rules = new Map<string, SigmaRule>();
      const forms = new Map<string, Map<string, number>>();
      const unexplained: string[] = [];
      for (const line of gunzipSync(readFileSync(OUTPUTS)).toString('utf8').trim().split('\n')) {
        const row = JSON.parse(line) as Row;
        const form = `${row.backend} ${row.format} ${row.pipeline}`;
        const shared = SHARED_FORMS[form];
        if (shared === undefined) continue;
        let rule = rules.get(row.rule_path);
        if (rule === undefined) {
          rule = readSigma(readFileSync(join(CORPUS, row.rule_path), 'utf8')).documents[0] as SigmaRule;
          rules.set(row.rule_path, rule);
        }
        const { verdict, why } = compared(
          row,
          rule,
          typeof shared === 'string' ? { pipeline: shared } : shared,
        );
        if (verdict === 'not explained') unexplained.push(`${form}: ${row.rule_path}`);
        const counts = forms.get(form) ?? new Map<string, number>();
        forms.set(form, counts);
        const key = `${verdict} | ${why}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      expect(unexplained).toEqual([]);
      expect([...forms.keys()].sort()).toEqual(Object.keys(SHARED_FORMS).sort());
      await expect(tableOf(forms)).toMatchFileSnapshot('fixtures/reference-differences.md');
    }, 240_000);
  },
);

/** Verdicts of a form in their order, the most frequent reasons first. */
function tableOf(forms: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const lines = ['# Conversions beside another converter', ''];
  for (const [form, counts] of forms) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const rank = (key: string) => VERDICTS.findIndex((verdict) => key.startsWith(`${verdict} |`));
    const sorted = [...counts].sort(([a, m], [b, n]) => rank(a) - rank(b) || n - m || (a < b ? -1 : 1));
    const rows = sorted.map(([key, count]) => [...key.split(' | '), String(count)]);
    lines.push(
      `## ${form}`,
      '',
      `${total} rules.`,
      '',
      ...markdownTable([['verdict', 'reason', 'rules'], ...rows]),
      '',
    );
  }
  return lines.join('\n');
}
