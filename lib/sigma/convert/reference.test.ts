/**
 * Conversions beside those of another converter. Outputs are equal after layout (parentheses, order, blanks), or they
 * differ for one of the listed reasons; what no reason explains is counted and may only become less.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SigmaDocument } from '../rule/model.ts';
import { readSigma } from '../rule/read.ts';
import { convert } from './convert.ts';
import { REASONS } from './fixtures/reference-reasons.ts';

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const OUTPUTS = join(SHARED, 'sigma/pysigma-outputs.ndjson.gz');
const CORPUS = join(SHARED, 'corpus/sigma');

/** Words without parentheses, sorted. */
function words(text: string): string {
  const found = text.replace(/[()]/g, ' ').match(/"(?:\\.|[^"\\])*"|`[^`]*`|'(?:[^']|'')*'|[^\s,]+/g) ?? [];
  return found.sort().join(' ');
}

interface Row {
  rule_path: string;
  backend: string;
  format: string;
  pipeline: string | null;
  output: unknown;
}

/** Combinations that both converters have: backend and pipeline there → pipeline here. */
const PAIRS: Readonly<Record<string, string>> = {
  'splunk null': 'none',
  'splunk splunk_windows': 'splunk_windows',
  'lucene null': 'none',
  'eql null': 'none',
  'esql null': 'none',
  'kusto null': 'none',
  'logscale null': 'none',
  'loki null': 'none',
  'sqlite null': 'none',
  'opensearch_ppl ecs_windows': 'ecs_windows',
};

function judge(backend: string, reference: string, ours: string): string {
  if (words(reference) === words(ours)) return 'equal';
  let [a, b] = [reference, ours];
  let wrong = false;
  for (const reason of REASONS[backend] ?? []) {
    if (reason.when?.(reference, ours)) return wrong ? 'reference wrong' : reason.verdict;
    const [c, d] = [reason.reference?.(a) ?? a, reason.ours?.(b) ?? b];
    if (words(c) === words(a) && words(d) === words(b)) continue;
    wrong ||= reason.verdict === 'reference wrong';
    [a, b] = [c, d];
    if (words(a) === words(b)) return wrong ? 'reference wrong' : 'equal in effect';
  }
  return 'not explained';
}

describe.skipIf(!existsSync(OUTPUTS))(
  'beside another converter (skipped where its outputs are absent)',
  () => {
    it('differences have a verdict, all but a counted rest', () => {
      const rows = gunzipSync(readFileSync(OUTPUTS)).toString('utf8').trim().split('\n');
      const documents = new Map<string, SigmaDocument>();
      const counts: Record<string, Record<string, number>> = {};
      for (const line of rows) {
        const row = JSON.parse(line) as Row;
        const key = `${row.backend} ${row.pipeline}`;
        const pipeline = PAIRS[key];
        if (pipeline === undefined || row.format !== 'default') continue;
        if (!documents.has(row.rule_path)) {
          const text = readFileSync(join(CORPUS, row.rule_path), 'utf8');
          documents.set(row.rule_path, readSigma(text).documents[0]!);
        }
        const { output } = convert(documents.get(row.rule_path)!, { backend: row.backend, pipeline });
        const reference = Array.isArray(row.output) ? row.output.join('\n') : row.output;
        const both = typeof reference === 'string' && reference !== '' && output !== undefined;
        const verdict = both
          ? judge(row.backend, reference, output)
          : output !== undefined
            ? 'only ours'
            : typeof reference === 'string' && reference !== ''
              ? 'refused by us'
              : 'refused by both';
        counts[key] ??= {};
        counts[key][verdict] = (counts[key][verdict] ?? 0) + 1;
      }
      expect(counts).toMatchInlineSnapshot(`
        {
          "eql null": {
            "equal": 977,
            "equal in effect": 42,
            "not explained": 7,
            "reference wrong": 84,
            "refused by both": 11,
            "refused by us": 36,
          },
          "esql null": {
            "reference wrong": 1112,
            "refused by both": 44,
            "refused by us": 1,
          },
          "kusto null": {
            "equal": 954,
            "equal in effect": 41,
            "not explained": 60,
            "only ours": 2,
            "reference wrong": 91,
            "refused by both": 9,
          },
          "logscale null": {
            "equal": 1028,
            "equal in effect": 53,
            "not explained": 28,
            "only ours": 7,
            "reference wrong": 30,
            "refused by both": 11,
          },
          "loki null": {
            "equal": 2,
            "equal in effect": 807,
            "not explained": 126,
            "only ours": 1,
            "reference wrong": 206,
            "refused by both": 2,
            "refused by us": 13,
          },
          "lucene null": {
            "equal": 1103,
            "not explained": 3,
            "reference wrong": 39,
            "refused by both": 11,
            "refused by us": 1,
          },
          "opensearch_ppl ecs_windows": {
            "equal": 182,
            "not explained": 22,
            "only ours": 1,
            "reference wrong": 908,
            "refused by both": 9,
            "refused by us": 35,
          },
          "splunk null": {
            "equal": 1039,
            "equal in effect": 35,
            "not explained": 2,
            "only ours": 1,
            "reference wrong": 71,
            "refused by both": 9,
          },
          "splunk splunk_windows": {
            "equal": 1038,
            "equal in effect": 35,
            "not explained": 3,
            "only ours": 1,
            "reference wrong": 71,
            "refused by both": 9,
          },
          "sqlite null": {
            "not explained": 8,
            "reference wrong": 1104,
            "refused by both": 44,
            "refused by us": 1,
          },
        }
      `);
    });
  },
);
