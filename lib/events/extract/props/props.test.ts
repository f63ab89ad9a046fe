import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { FieldMap } from '../../record.ts';
import { parseConf } from './conf.ts';
import { searchTime } from './search-time.ts';

const path = fileURLToPath(new URL('../../../../../shared/vectors/spl.ndjson', import.meta.url));
const absent = existsSync(path) ? '' : ' (skipped: no ../shared beside the checkout)';

interface Vector {
  id: string;
  kind: string;
  phase: string;
  props: string;
  transforms?: string;
  input_raw: string;
  expected: { _raw: string; fields: Record<string, string | string[]> }[];
}

/** The expressions of the captures; the language itself is tested where it lives. */
const EXPRESSIONS: Record<string, (fields: FieldMap) => string | undefined> = {
  'absent_field . "-suffix"': (fields) => (fields.has('absent_field') ? 'wrong' : undefined),
  'absent_field + 1': (fields) => (fields.has('absent_field') ? 'wrong' : undefined),
  'if(status >= 400, "error", "ok")': (fields) => (Number(fields.get('status')) >= 400 ? 'error' : 'ok'),
};

describe.skipIf(absent !== '')(`search-time extraction as captured from Splunk 10.4${absent}`, () => {
  const vectors: Vector[] =
    absent === ''
      ? readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => line.includes('"props"'))
          .map((line) => JSON.parse(line) as Vector)
          .filter(({ kind, phase }) => kind === 'props' && phase === 'search-time')
      : [];

  test.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
    const props = parseConf(vector.props).get('') ?? new Map();
    const rules = searchTime(props, parseConf(vector.transforms ?? ''), {
      evaluate: (expression, fields) => EXPRESSIONS[expression]?.(fields),
    });
    expect(rules.diagnostics).toEqual([]);
    const lines = vector.input_raw.replace(/\n$/, '').split('\n');
    expect(lines).toEqual(vector.expected.map(({ _raw }) => _raw));
    for (const [at, line] of lines.entries())
      expect(Object.fromEntries(rules.extract(line))).toEqual(vector.expected[at]?.fields);
  });
});

describe('search-time rules', () => {
  test('optional groups that took no part make no field; aliases keep the original', () => {
    const rules = searchTime(
      parseConf(
        'KV_MODE = none\nEXTRACT-a = user=(?<user>\\w+)(?: as (?<role>\\w+))?\nFIELDALIAS-b = user AS who user ASNEW user',
      ).get('') ?? new Map(),
    );
    expect(Object.fromEntries(rules.extract('user=bob'))).toEqual({ user: 'bob', who: 'bob' });
  });

  test('xml mode: paths, attributes, repeated elements', () => {
    const rules = searchTime(parseConf('KV_MODE = xml').get('') ?? new Map());
    expect(Object.fromEntries(rules.extract('<a><b id="1">x</b><b id="2">y</b><c/></a>'))).toEqual({
      'a.b{@id}': ['1', '2'],
      'a.b': ['x', 'y'],
    });
  });

  test('what cannot be honoured is said', () => {
    const { diagnostics } = searchTime(
      parseConf('EXTRACT-a = (?<x>a)(?(1)b)\nREPORT-b = none_such\nEVAL-c = 1\nLOOKUP-d = t k OUTPUT v').get(
        '',
      ) ?? new Map(),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'props-pattern',
      'props-transform-missing',
      'props-eval',
      'props-lookup',
    ]);
  });

  test('conf text: stanzas, comments, continued lines', () => {
    const conf = parseConf('# c\na = 1\n[x]\nREGEX = a\\\n b\nFORMAT = $1::$2\n');
    expect(conf.get('')?.get('a')).toBe('1');
    expect(conf.get('x')?.get('REGEX')).toBe('a\n b');
  });
});
