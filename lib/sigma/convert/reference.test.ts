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

const SHARED = fileURLToPath(new URL('../../../../shared', import.meta.url));
const OUTPUTS = join(SHARED, 'sigma/pysigma-outputs.ndjson.gz');
const CORPUS = join(SHARED, 'corpus/sigma');

type Verdict = 'equal in effect' | 'reference wrong';

interface Reason {
  verdict: Verdict;
  why: string;
  /** Takes the difference away. */
  reference?(text: string): string;
  ours?(text: string): string;
  /** Explains the whole of what is left, where words cannot. */
  when?(reference: string, ours: string): boolean;
}

const replace =
  (...pairs: [RegExp, string][]) =>
  (text: string) =>
    pairs.reduce((result, [from, to]) => result.replace(from, to), text);
/** `"x"` outside lists as `"*x*"`. */
function keywordsAnywhere(text: string): string {
  const pieces = text.split(/( IN \((?:"(?:\\.|[^"\\])*"|[^()"])*\))/);
  const wide = (piece: string) =>
    piece
      .replace(/(^|[\s(])"((?:\\.|[^"\\])*)"(?=$|[\s)])/g, '$1"*$2*"')
      .replace(/"\*\*|\*\*"/g, (found) => (found.startsWith('"') ? '"*' : '*"'));
  return pieces.map((piece, at) => (at % 2 === 0 ? wide(piece) : piece)).join('');
}

const lower = (text: string) => text.toLowerCase();
const noBackslash = replace([/\\/g, '']);

/** Expands `f op (a, b)` so that lists and chains of alternatives are the same words. */
function lists(text: string): string {
  return text.replace(
    /([\w.`@-]+) (?:in~|in|IN|like~) \(((?:"(?:\\.|[^"\\])*"|-?\d+)(?:, (?:"(?:\\.|[^"\\])*"|-?\d+))*)\)/g,
    (_, field, items) =>
      (items as string)
        .match(/"(?:\\.|[^"\\])*"|-?\d+/g)!
        .map((item) => `${field}=${item}`)
        .join(' or '),
  );
}

const sqlForm = replace(
  [/<TABLE_NAME>/g, 'events'],
  [/`([^`]*)`/g, '"$1"'],
  [/NOT COALESCE/g, 'NOT'],
  [/, FALSE\)/g, ')'],
  [/ ESCAPE '\\'/g, ''],
  [/ LIKE /g, '='],
  [/ = /g, '='],
  [/=(-?\d+)\b/g, "='$1'"],
  [/LOWER\(([^)]*)\)/g, '$1'],
  [/=(?:true|false)/g, ''],
);

/** Tried one after the other, each on what the ones before left. */
const REASONS: Readonly<Record<string, readonly Reason[]>> = {
  splunk: [
    {
      verdict: 'reference wrong',
      why: 'A keyword in quotes is found as whole words only; it may stand anywhere.',
      reference: keywordsAnywhere,
    },
    {
      verdict: 'reference wrong',
      why: '`?` stands for one character and an escaped asterisk for itself; the reference has `*` for both, or an escape that Splunk does not know.',
      when: (reference, ours) =>
        /match\([^)]*"\(\?is\)/.test(ours) && !/\| (?:rex|regex|where) /.test(reference),
    },
    {
      verdict: 'equal in effect',
      why: 'Fields compared with each other, and regular expressions, by commands of another kind (proven by running).',
      when: (reference, ours) =>
        /\| (?:rex|regex|where|search) /.test(reference) && /\| (?:regex|where) /.test(ours),
    },
    {
      verdict: 'equal in effect',
      why: 'A list or its values one by one, truth values as texts.',
      reference: (text) => lists(replace([/=(true|false)\b/g, '="$1"'])(text)).replaceAll(' or ', ' OR '),
      ours: (text) => lists(text).replaceAll(' or ', ' OR '),
    },
    {
      verdict: 'reference wrong',
      why: 'A number alone is found as a whole word only; a keyword may stand anywhere.',
      reference: replace([/(^|[\s(])(\d+)(?=$|[\s)])/g, '$1"*$2*"']),
    },
    {
      verdict: 'reference wrong',
      why: '`\\*` in quotes is no escape of Splunk; a literal asterisk needs a comparison in `where`.',
      when: (reference, ours) => /\\\*/.test(reference) && /\| where .*lower\(/.test(ours),
    },
  ],
  lucene: [
    {
      verdict: 'reference wrong',
      why: 'Lucene covers the whole value and knows neither \\d nor (?i) nor anchors.',
      reference: replace([/:\/(?:\\.|[^/\\])+\//g, ':REGEX']),
      ours: replace([/:\/(?:\\.|[^/\\])+\//g, ':REGEX']),
    },
    {
      verdict: 'reference wrong',
      why: 'A number alone is found as a whole word only; a keyword may stand anywhere.',
      reference: replace([/(^|[\s(])(\d+)(?=$|[\s)])/g, '$1*$2*']),
    },
  ],
  eql: [
    {
      verdict: 'equal in effect',
      why: 'Empty texts and numbers compared by another operator; cidrMatch in another case.',
      reference: replace(
        [/==(?=")/g, ':'],
        [/cidrMatch/g, 'cidrmatch'],
        [/\?([\w.]+) == null/g, '$1 == null'],
      ),
    },
    {
      verdict: 'equal in effect',
      why: 'A list, or its values one by one.',
      reference: lists,
      ours: (text) => lists(text).replace(/:(?=["\d])/g, '='),
    },
    {
      verdict: 'equal in effect',
      why: 'The same comparison with `:` and in a list.',
      reference: replace([/:(?=["\d])/g, '=']),
    },
    {
      verdict: 'reference wrong',
      why: 'EQL covers the whole value and knows neither \\d nor (?i), nor an escaped wildcard.',
      when: (_, ours) => / regex~? "/.test(ours),
    },
    {
      verdict: 'reference wrong',
      why: 'A name with a hyphen is a subtraction without backticks.',
      reference: (text) => lists(text).replace(/:(?=["\d])/g, '='),
      ours: (text) => lists(text.replace(/`/g, '')).replace(/:(?=["\d])/g, '='),
    },
    {
      verdict: 'equal in effect',
      why: 'A field that may be missing from the mapping is asked for with `?`.',
      reference: replace([/\?(?=[\w.]+ [!=]= null)/g, '']),
      ours: replace([/\?(?=[\w.]+ [!=]= null)/g, '']),
    },
  ],
  kusto: [
    {
      verdict: 'equal in effect',
      why: 'Numbers of a list as texts.',
      reference: replace([/ in~ \(("-?\d+"(?:, "-?\d+")*)\)/g, ' in~ [$1]']),
      ours: (text) =>
        text.replace(
          / in \((-?\d+(?:, -?\d+)*)\)/g,
          (_, list) => ` in~ [${(list as string).replace(/-?\d+/g, '"$&"')}]`,
        ),
    },
    {
      verdict: 'reference wrong',
      why: 'A dotted name in quotes is a text; its value is never looked at.',
      reference: replace([/'([\w.]+)' /g, '$1 ']),
    },
    {
      verdict: 'reference wrong',
      why: '`startswith ""` holds where there is no value, and isnull never holds for texts.',
      reference: replace([/([\w.]+) startswith ""/g, 'isnotempty($1)'], [/isnull\(/g, 'isempty(']),
    },
    {
      verdict: 'reference wrong',
      why: 'A text alone is no condition: it is looked for in every column.',
      when: (_, ours) => /(?:^|[\s(])\* (?:contains|matches)/.test(ours),
    },
    {
      verdict: 'equal in effect',
      why: 'Wildcards as a regular expression, with ends and flags or without.',
      when: (reference, ours) => / matches regex "/.test(reference) && / matches regex "\(\?is?\)/.test(ours),
    },
  ],
  logscale: [
    { verdict: 'equal in effect', why: 'A field that is there.', reference: replace([/=\/\/i/g, '=*']) },
    {
      verdict: 'reference wrong',
      why: 'Quotation marks of a keyword became part of what is looked for.',
      reference: replace([/\/"((?:\\.|[^"\\])*)"\/i/g, '/$1/i'], [/\\"/g, '"']),
    },
    {
      verdict: 'equal in effect',
      why: 'Escapes that change nothing, and names in quotes.',
      reference: replace([/\\(?=[/{}])/g, ''], [/"([\w.-]+)"(?=!?=)/g, '$1']),
      ours: replace([/\\(?=[/{}])/g, '']),
    },
  ],
  esql: [
    {
      verdict: 'reference wrong',
      why: 'Comparisons of ES|QL tell upper from lower case; NULL under NOT loses events.',
      reference: (text) =>
        lower(
          replace(
            [/ends_with\(([^,()]+), "((?:\\.|[^"\\])*)"\)/g, '$1 like "*$2"'],
            [/starts_with\(([^,()]+), "((?:\\.|[^"\\])*)"\)/g, '$1 like "$2*"'],
            [/==/g, ' == '],
          )(text),
        ),
      ours: (text) =>
        lower(replace([/to_lower\(([^()]+)\)/g, '$1'], [/coalesce/g, ''], [/, false\)/g, ')'])(text)),
    },
    {
      verdict: 'reference wrong',
      why: 'Backslashes of a LIKE were not escaped.',
      reference: noBackslash,
      ours: noBackslash,
    },
    { verdict: 'equal in effect', why: 'A list, or its values one by one.', reference: lists, ours: lists },
    {
      verdict: 'equal in effect',
      why: 'Written closer.',
      reference: replace([/\s*==\s*/g, '=']),
      ours: replace([/\s*==\s*/g, '=']),
    },
    {
      verdict: 'equal in effect',
      why: 'A field that is there.',
      reference: replace([/([\w.`@-]+) like "\*"/g, '$1 is not null']),
    },
    {
      verdict: 'reference wrong',
      why: 'ES|QL covers the whole value and knows neither \\d nor (?i).',
      when: (reference, ours) => / rlike "/.test(reference) && / rlike "/.test(ours),
    },
  ],
  sqlite: [
    {
      verdict: 'reference wrong',
      why: '`=` tells upper from lower case, and NULL under NOT loses events.',
      reference: (text) => noBackslash(sqlForm(text)),
      ours: (text) => noBackslash(sqlForm(text)),
    },
    {
      verdict: 'equal in effect',
      why: 'A field that is there.',
      reference: replace([/([\w.]+|"[^"]*")='%'/g, '$1 IS NOT NULL']),
    },
  ],
  loki: [
    {
      verdict: 'equal in effect',
      why: 'Alternatives of a line in one group of flags, or in several.',
      when: (reference, ours) =>
        /^\{[^}]*\} \|~ /.test(reference) && /^\{[^}]*\} \|~ /.test(ours) && !/\| (?:json|logfmt)/.test(ours),
    },
    {
      verdict: 'equal in effect',
      why: 'Escapes that change nothing, values of several lines, numbers as texts, any value.',
      reference: replace(
        [/\\/g, ''],
        [/\(\?is?\)/g, ''],
        [/(\w)(!?=)(-?\d+)\b/g, '$1$2`$3`'],
        [/=~`\.\*`/g, '!=``'],
        [/!~`\.\*`/g, '=``'],
      ),
      ours: replace([/\\/g, ''], [/\(\?is?\)/g, ''], [/\?:/g, '']),
    },
    {
      verdict: 'reference wrong',
      why: 'A label filter covers the whole value, so a regular expression needs `.*` at its ends; names with dots are joined by `_`.',
      reference: replace([/([\w.-]+)(?==~|!~|=|!=)/g, '_'], [/\.\*/g, '']),
      ours: replace([/([\w.-]+)(?==~|!~|=|!=)/g, '_'], [/\.\*/g, '']),
    },
    {
      verdict: 'equal in effect',
      why: 'Fields of JSON, or of logfmt.',
      reference: replace([/\| logfmt/g, '| json']),
    },
  ],
  opensearch_ppl: [
    {
      verdict: 'reference wrong',
      why: 'The reference loses backslashes, and `=` tells upper from lower case.',
      reference: (text) => lists(lower(noBackslash(text))),
      ours: (text) => replace([/lower\(([^()]*)\)/g, '$1'])(lower(noBackslash(text))),
    },
    {
      verdict: 'equal in effect',
      why: 'Any value; regular expressions by another name and in other quotes; numbers as texts; backticks.',
      reference: replace(
        [/like\((`[^`]*`|[\w.]+), "%"\)/g, 'isnotnull($1)'],
        [/\bmatch\(/g, 'regexp_match('],
        [/['`"]/g, ''],
      ),
      ours: replace([/['`"]/g, '']),
    },
  ],
};

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
