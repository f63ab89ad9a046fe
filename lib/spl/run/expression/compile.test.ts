import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect, EvalStage } from '../../syntax/ast.ts';
import { parse } from '../../syntax/index.ts';
import { addMore } from '../more.ts';
import { COMPAT_DEFAULTS, type CompatFlags } from '../value/compat.ts';
import { type MapValue, toStored, type Value } from '../value/value.ts';
import { type CompiledExpression, compileExpression, isPredicateOf, singleField } from './compile.ts';
import { type CompileContext, createRunContext } from './context.ts';

addMore();

function compile(expr: string, context: Partial<CompileContext> = {}) {
  const dialect: Dialect = context.dialect ?? 'spl1';
  const { query } = parse(`| eval x=${expr}`, { dialect });
  return compileExpression((query.stages[0] as EvalStage).assignments[0]!.expr, { dialect, ...context });
}

function compiled(expr: string, context: Partial<CompileContext> = {}): CompiledExpression {
  const result = compile(expr, context);
  if (Array.isArray(result)) throw new Error(result.map((d) => d.message).join(' '));
  return result;
}

function evaluate(
  expr: string,
  row: Record<string, Value> = {},
  context: Partial<CompileContext> = {},
): Value {
  const run = createRunContext({ now: 0, ...(context.compat !== undefined && { compat: context.compat }) });
  return compiled(expr, context).evaluate((field) => row[field] ?? null, run);
}

describe('what an expression reads', () => {
  it.each<[expr: string, fields: string[], single: string | undefined]>([
    ['if(a="x" OR a="y", 1, 0)', ['a'], 'a'],
    ["'a b'.c", ['a b', 'c'], undefined],
    ['1+2', [], undefined],
    ['a+random()', ['a'], undefined],
    ['mvmap(a, a*2)', ['a'], 'a'],
    ['match(a, b)', ['a', 'b'], undefined],
  ])('%s', (expr, fields, single) => {
    const expression = compiled(expr);
    expect([...expression.fields]).toEqual(fields);
    expect(singleField(expression)).toBe(single);
    expect(isPredicateOf(expression, 'a')).toBe(single === 'a' || fields.length === 0);
  });

  it('counts the fields of a search too', () => {
    const expression = compiled('searchmatch("a=1")', {
      searchmatch: () => ({ fields: ['a'], evaluate: (get) => get('a') === '1' }),
    });
    expect([expression.fields, expression.type]).toEqual([['a'], 'boolean']);
  });
});

describe('what an expression may be used for', () => {
  it.each([
    ['a="x"', 'assignment', 'eval-boolean-assignment'],
    ['a+1', 'condition', 'eval-not-a-condition'],
    ['"text"', 'condition', 'eval-not-a-condition'],
    ['a', 'condition', 'eval-not-a-condition'],
    ['NOT a', 'condition', 'eval-not-a-condition'],
    ['a="x" AND b', 'condition', 'eval-not-a-condition'],
  ] as const)('%s is refused as %s', (expr, use, code) => {
    expect(compile(expr, { use })).toMatchObject([{ code }]);
  });

  it.each([
    ['if(a="x", 1, 0)', 'assignment'],
    ['a="x"', 'condition'],
    ['if(a="x", true(), false())', 'condition'],
  ] as const)('%s is fine as %s', (expr, use) => {
    expect(compile(expr, { use })).toMatchObject({ fields: ['a'] });
  });

  it('lets a flag or SPL2 assign booleans', () => {
    const compat: CompatFlags = { ...COMPAT_DEFAULTS, booleanAssignment: 'text' };
    expect(toStored(evaluate('a=1', { a: '1' }, { use: 'assignment', compat }))).toBe('True');
    expect(toStored(evaluate('a=1', { a: '2' }, { use: 'assignment', dialect: 'spl2' }))).toBe('False');
  });
});

describe('null', () => {
  it.each<[string, Value]>([
    ['missing="x"', null],
    ['NOT missing="x"', null],
    ['missing="x" OR 1=1', true],
    ['missing="x" AND 1=2', false],
    ['if(missing="x", 1, 2)', 2],
    ['if(NOT missing="x", 1, 2)', 2],
    ['missing . "x"', null],
    ['missing + 1', null],
    ['missing IN ("a")', null],
    ['case(missing=1, 1)', null],
    ['-missing', null],
  ])('%s', (expr, expected) => {
    expect(evaluate(expr)).toBe(expected);
  });
});

describe('SPL2', () => {
  const spl2 = { dialect: 'spl2' as const };
  const file: MapValue = {
    map: new Map<string, Value>([
      ['name', 'a.exe'],
      ['path', 'C:\\a.exe'],
    ]),
  };

  it('walks objects by dots: the whole name first, then the longest beginning', () => {
    expect(evaluate('process.file.name', { 'process.file.name': 'x' }, spl2)).toBe('x');
    expect(evaluate('process.file.name', { 'process.file': file }, spl2)).toBe('a.exe');
    expect(evaluate('process_file.name', { process_file: toStored(file) }, spl2)).toBe('a.exe');
    expect(evaluate('process.file.name', {}, spl2)).toBeNull();
    expect([...compiled('process.file.name', spl2).fields].sort()).toEqual([
      'process',
      'process.file',
      'process.file.name',
      'process{}',
    ]);
  });

  it('reads a comparison with null as a test for it', () => {
    expect([
      evaluate('a != null', { a: '' }, spl2),
      evaluate('a = null', {}, spl2),
      evaluate('a IS NOT NULL', {}, spl2),
    ]).toEqual([true, true, false]);
  });

  it('compares booleans with true', () => {
    expect(evaluate('match_regex(a, /(?i)x/)=true', { a: 'X' }, spl2)).toBe(true);
  });

  it('knows the escapes of pattern literals', () => {
    expect(evaluate('match_regex(a, /^[\\u2013\\|]\\\\u/i)', { a: '\u2013\\U' }, spl2)).toBe(true);
  });

  it('indexes lists and objects', () => {
    expect(
      evaluate('ucast(map_get(e, "ips"), "collection<string>", [])[0]', { 'e.ips': ['1', '2'] }, spl2),
    ).toBe('1');
    expect(evaluate('ucast(map_get(e, "ips"), "collection<string>", [])[0]', {}, spl2)).toBeNull();
    expect(evaluate('{"a": 1}["a"]', {}, spl2)).toBe(1);
  });

  it('writes objects as JSON', () => {
    expect(toStored(evaluate('{"a": b, "c": ["x", 1]}', { b: 'y' }, spl2))).toBe('{"a":"y","c":["x",1]}');
  });
});

describe('precision', () => {
  it('follows the least precise literal when asked to', () => {
    const compat: CompatFlags = { ...COMPAT_DEFAULTS, decimalRounding: 'least-precise' };
    expect([
      evaluate('8.250 * 0.2', {}, { compat }),
      evaluate('8.250 * 0.20', {}, { compat }),
      evaluate('8.250 * 0.200', {}, { compat }),
    ]).toEqual([2, 1.7, 1.65]);
  });
});

describe('properties', () => {
  it('no text of an expression makes compiling or running throw', () => {
    const token = fc.constantFrom(
      'a',
      '"x"',
      '1',
      '(',
      ')',
      '+',
      '.',
      '=',
      ' AND ',
      ' NOT ',
      'if(',
      ',',
      'match(',
      'mvindex(',
      "'f g'",
      ' IN (',
      ' LIKE ',
      'null()',
      '-',
      '%',
      'strftime(',
      'printf(',
      'json_set(',
    );
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 14 }),
        fc.oneof(fc.string(), fc.double(), fc.constant(['a', 'b'])),
        (tokens, value) => {
          const { query } = parse(`| eval x=${tokens.join('')}`);
          const stage = query.stages[0];
          if (stage?.kind !== 'command' || stage.shape !== 'eval') return;
          const expression = compileExpression(stage.assignments[0]!.expr, { dialect: 'spl1' });
          if (!Array.isArray(expression)) expression.evaluate(() => value, createRunContext({ now: 0 }));
        },
      ),
      { numRuns: 3000 },
    );
  });
});
