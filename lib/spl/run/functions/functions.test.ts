import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { Dialect, EvalStage } from '../../syntax/ast.ts';
import { parse } from '../../syntax/index.ts';
import { compileExpression } from '../expression/compile.ts';
import { createRunContext, type RunOptions } from '../expression/context.ts';
import { addMore } from '../more.ts';
import { timeZone } from '../time/zone.ts';
import { toStored, type Value } from '../value/value.ts';
import { FUNCTION_DOCS, SPL2_ONLY } from './functions.docs.ts';
import { MORE_FUNCTIONS } from './more.ts';
import { MORE_NAMES } from './more-names.ts';
import { FUNCTIONS } from './registry.ts';

addMore();

type Row = { readonly [field: string]: Value };

const NOW = 1_645_092_037;

function evaluate(
  expr: string,
  row: Row = {},
  dialect: Dialect = 'spl1',
  options: Partial<RunOptions> = {},
): Value | Diagnostic[] {
  const { query, diagnostics } = parse(`| eval x=${expr}`, { dialect });
  const assignment = (query.stages[0] as EvalStage).assignments?.[0];
  if (assignment === undefined) return diagnostics;
  const compiled = compileExpression(assignment.expr, { dialect });
  if (Array.isArray(compiled)) return compiled;
  return compiled.evaluate((field) => row[field] ?? null, createRunContext({ now: NOW, ...options }));
}

describe('documented examples', () => {
  it('exist for every function', () => {
    expect(Object.keys(FUNCTION_DOCS).sort()).toEqual(Object.keys(FUNCTIONS).sort());
    expect(
      Object.entries(FUNCTION_DOCS)
        .filter(([, docs]) => docs.example === undefined)
        .map(([name]) => name),
    ).toEqual(['searchmatch', 'lookup']);
  });

  const examples = Object.entries(FUNCTION_DOCS).flatMap(([name, { example }]) =>
    example === undefined ? [] : [{ name, ...example }],
  );
  it.each(examples)('$expr', ({ name, expr, row, expected }) => {
    const value = evaluate(expr, row, SPL2_ONLY.has(name) ? 'spl2' : 'spl1');
    const shown = typeof value === 'boolean' ? value : toStored(value as Value);
    if (Array.isArray(expected)) expect((shown as unknown[]).map(String)).toEqual(expected.map(String));
    else expect(shown).toBe(expected);
  });
});

describe('edges', () => {
  const list = ['a1', 'b2'];
  it.each<[expr: string, expected: unknown, row?: Row]>([
    ['substr("abc", 0, 2)', 'ab'],
    ['substr("abc", -5, 4)', 'ab'],
    ['substr("abc", 2)', 'bc'],
    ['round(-2.5)', -3],
    ['round(1.005, 2)', 1.01],
    ['round(1234.5, -2)', 1200],
    ['tostring(1234567.891, "commas")', '1,234,567.89'],
    ['tostring(100000, "duration")', '1+03:46:40'],
    ['tostring(255, "hex")', '0xFF'],
    ['tostring(f)', list, { f: list }],
    ['lower(f)', ['a1', 'b2'], { f: ['A1', 'B2'] }],
    ['len(f)', null, { f: list }],
    ['match(f, "b")', true, { f: list }],
    ['f="b2"', true, { f: list }],
    ['NOT match(missing, "x")', null],
    ['mvindex(f, 0, 9)', list, { f: list }],
    ['mvindex(f, 5)', null, { f: list }],
    ['mvindex(f, -3)', null, { f: list }],
    ['mvfilter(f!="a1")', 'b2', { f: list }],
    ['mvzip(f, missing)', null, { f: list }],
    ['split("abc", "")', ['a', 'b', 'c']],
    ['split("abc", ";")', 'abc'],
    ['replace("a.b", "\\.", "$&")', 'a$&b'],
    ['replace("C:\\\\x", "\\\\\\\\", "/")', 'C:/x'],
    ['urldecode("%zz%41%")', '%zzA%'],
    ['"a" . 1 . "b"', 'a1b'],
    ['1 . 2', '12'],
    ['"x" IN ("a", "x")', true],
    ['NOT f IN (g)', false, { f: 'b2', g: list }],
    ['f LIKE "A%"', false, { f: 'abc' }],
    ['relative_time(0, "+" + days + "d")', 604800, { days: '7' }],
    ['7 % -3', 1],
    ['-7 % 3', -1],
    ['5 / 0', null],
    ['(1=1) XOR (1=2)', true],
    ['relative_time(0, "soon")', null],
    ['strptime("31/02/2024", "%d/%m/%Y")', null],
    ['json_extract(j, "a{}.b")', '[1,2]', { j: '{"a":[{"b":1},{"b":2}]}' }],
    ['json_extract(j, "x.y")', null, { j: '{"a":1}' }],
    ['json_extract(j, "constructor")', null, { j: '{}' }],
    ['json_set(j, "__proto__.x", 1)', '{}', { j: '{}' }],
    ['json_object("k", "[1]")', '{"k":"[1]"}'],
    ['spath(x, "e.p{@id}")', ['1', '2'], { x: '<e><p id="1"/><p id="2">t</p></e>' }],
    ['spath("not json", "a")', null],
    ['printf("%s %5.2f %x %%", "a", 3.14159, 255)', 'a  3.14 ff %'],
    ['printf("%d")', '0'],
    ['typeof(missing)', 'Invalid'],
    ['typeof(1=1)', 'Boolean'],
    ['ln(0)', null],
    ['cidrmatch("2001:db8::/32", "2001:db8::1")', true],
    ['cidrmatch("nonsense", "1.2.3.4")', false],
  ])('%s', (expr, expected, row) => {
    const value = evaluate(expr, row);
    expect(Array.isArray(value) ? value.map(String) : value).toEqual(expected);
  });

  it.each([
    ['nosuch(1)', 'eval-unknown-function'],
    ['constructor(1)', 'eval-unknown-function'],
    ['if(1=1, 2)', 'eval-arity'],
    ['case(1=1, 2, 3)', 'eval-arity'],
    ['tonumber("abc")', 'eval-literal'],
    ['match(x, "(")', 'regex-syntax'],
    ['searchmatch("a=b")', 'eval-searchmatch'],
    ['mvmap("a", 1)', 'eval-arity'],
  ])('%s is refused: %s', (expr, code) => {
    expect(evaluate(expr)).toMatchObject([{ code, severity: 'error', range: expect.anything() }]);
  });

  it('points into the pattern that is refused', () => {
    const text = '| eval x=match(f, "ab(c")';
    const [diagnostic] = evaluate('match(f, "ab(c")') as Diagnostic[];
    expect(text.slice(diagnostic!.range!.start, diagnostic!.range!.end)).toBe('(');
  });

  it('notes what a row did, once', () => {
    const notes: string[] = [];
    const row: Row = { f: list, p: '(' };
    const options: Partial<RunOptions> = { note: (note) => notes.push(note.code) };
    evaluate('len(f)', row, 'spl1', options);
    evaluate('match(f, p)', row, 'spl1', options);
    expect(notes).toEqual(['eval-multivalue', 'regex-syntax']);
  });

  it('follows flags and says which it rests on', () => {
    const flags: string[] = [];
    const rests = (flag: string) => void flags.push(flag);
    expect(evaluate('1 + "a"', {}, 'spl1', { rests })).toBeNull();
    expect(evaluate('1 + "a"', {}, 'spl1', { rests, compat: { numberPlusText: 'concatenate' } })).toBe('1a');
    expect(evaluate('len(f)', { f: list }, 'spl1', { rests, compat: { multivalueText: 'each' } })).toEqual([
      2, 2,
    ]);
    expect(flags).toEqual(['numberPlusText', 'numberPlusText', 'multivalueText']);
  });

  it('repeats random numbers with the seed', () => {
    const draw = (seed: number) => evaluate('random()', {}, 'spl1', { seed });
    expect(draw(5)).toBe(draw(5));
    expect(draw(5)).not.toBe(draw(6));
  });

  it('looks rows up through the run', () => {
    const lookup = (table: string, keys: ReadonlyMap<string, unknown>) =>
      table === 't'
        ? keys.get('k') === 'a'
          ? new Map([
              ['v', '1'],
              ['w', '2'],
            ])
          : null
        : undefined;
    expect(
      evaluate('lookup("t", json_object("k", f), json_array("v"))', { f: 'a' }, 'spl1', { lookup }),
    ).toBe('{"v":"1"}');
    expect(evaluate('lookup("t", json_object("k", f))', { f: 'b' }, 'spl1', { lookup })).toBeNull();
  });

  it('uses the zone of the run', () => {
    const zone = timeZone('America/New_York')!;
    expect(evaluate('strftime(1534188153, "%H:%M %Z")', {}, 'spl1', { zone })).toBe('15:22 EDT');
    expect(evaluate('relative_time(1615708800, "+1d")', {}, 'spl1', { zone })).toBe(1615708800 + 86_400);
    expect(evaluate('relative_time(1615611600, "+1d@d")', {}, 'spl1', { zone })).toBe(1615698000);
  });
});

describe('properties', () => {
  const value: fc.Arbitrary<Value> = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.integer(),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '',
      '1e999',
      '%d %s %5.3f %c %A',
      '-1d@d',
      '%Y-%m-%d',
      '{"a":[1,{"b":null}]}',
      'a{}.b',
      '(a|b)+',
      '<a b="c">d</a>',
      '10.0.0.0/8',
    ),
    fc.array(fc.oneof(fc.string({ maxLength: 4 }), fc.integer()), { minLength: 2, maxLength: 4 }),
  );

  it('no function throws, whatever it is given', () => {
    const zone = timeZone('America/New_York')!;
    const fields = ['a', 'b', 'c', 'd'];
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(FUNCTIONS)),
        fc.array(value, { maxLength: 4 }),
        (name, values) => {
          const call = `${name}(${fields.slice(0, values.length).join(', ')})`;
          const row: Row = Object.fromEntries(values.map((v, i) => [fields[i]!, v]));
          evaluate(call, row, 'spl2', { zone });
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

it('names the functions that are fetched on demand as they are', () => {
  expect(MORE_NAMES).toEqual(Object.keys(MORE_FUNCTIONS));
});
