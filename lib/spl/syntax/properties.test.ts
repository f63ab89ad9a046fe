import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  Aggregation,
  Dialect,
  EvalExpr,
  EvalOp,
  FieldRef,
  Query,
  SearchExpr,
  SearchOp,
  SearchValue,
  Stage,
  Text,
} from './ast.ts';
import { quote } from './characters.ts';

import { analyse, expandMacros, formatSearch, parse, print } from './index.ts';
import { parseCounted } from './parse.ts';
import { structure } from './structure.ts';

const dialects = fc.constantFrom<Dialect>('spl1', 'spl2');

/** Text that looks like a search more often than random characters do. */
const PIECES = [
  ' ',
  ' ',
  ' ',
  '|',
  '| ',
  '[',
  ']',
  '(',
  ')',
  '"',
  "'",
  '`',
  '```',
  '\\',
  ',',
  '=',
  '!=',
  '<',
  '>',
  '.',
  '-',
  '*',
  '/',
  '{',
  '}',
  ';',
  '$',
  '--x--',
  '/*',
  'AND ',
  'OR ',
  'NOT ',
  'IN (',
  ' by ',
  ' as ',
  'eval ',
  'stats ',
  'tstats ',
  'count',
  'values(',
  'where ',
  'from datamodel=',
  'join ',
  'rex ',
  'lookup ',
  'OUTPUT ',
  'sort ',
  'foreach ',
  'search ',
  'a',
  'b=1',
  '<<FIELD>>',
  'span=1h',
  '1',
  '.5',
  'é',
  '\u00a0',
  '\ufeff',
  '💥',
  'TERM(',
  'eval(',
  'startswith="',
  'timechart ',
  'x AS y',
];
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 120 }).map((parts) => parts.join(''));
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), soup);

describe('any text', () => {
  it('parses, prints, expands and is analysed without throwing', () => {
    fc.assert(
      fc.property(anyText, dialects, (text, dialect) => {
        const { query, diagnostics } = parse(text, { dialect });
        for (const { range } of diagnostics) {
          expect(range!.start).toBeGreaterThanOrEqual(0);
          expect(range!.start).toBeLessThanOrEqual(range!.end);
          expect(range!.end).toBeLessThanOrEqual(text.length);
        }
        analyse(query);
        formatSearch(text, { dialect });
        const { mapRange, text: expanded } = expandMacros(text, () => undefined);
        const mapped = mapRange({ start: 0, end: expanded.length });
        expect(mapped.end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('that has no error prints to text of the same meaning', () => {
    fc.assert(
      fc.property(soup, dialects, (text, dialect) => {
        const { query, diagnostics } = parse(text, { dialect });
        fc.pre(!diagnostics.some(({ severity }) => severity === 'error'));
        const printed = print(query);
        const again = parse(printed, { dialect });
        expect(structure(again.query)).toEqual(structure(query));
        expect(print(again.query)).toBe(printed);
      }),
      { numRuns: 4000 },
    );
  });

  it('takes work in proportion to its length', () => {
    const worst = (text: string) => {
      for (const dialect of ['spl1', 'spl2'] as const)
        expect(parseCounted(text, { dialect }).steps).toBeLessThan(40 * text.length + 2000);
    };
    for (const piece of PIECES) worst(piece.repeat(5000));
    for (const unit of [
      'a | ',
      '[a',
      'a=b OR ',
      '| where ((',
      '| eval x=f(',
      '| stats count(',
      '| join x [',
      '`m(',
      '"x',
      "| where 'a",
      '| foreach * [',
      '| rename a as b,',
      '| streamstats reset_after="(a)" ',
      '| transaction startswith="a \\\\" ',
    ])
      worst(unit.repeat(2000));
    fc.assert(
      fc.property(soup, (text) => worst(text)),
      { numRuns: 500 },
    );
  });
});

// ----------------------------------------------------------------------------------------------------- random trees

const range = { start: 0, end: 0 };
const word = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,5}$/)
  .filter(
    (name) =>
      ![
        'and',
        'or',
        'not',
        'xor',
        'in',
        'is',
        'like',
        'as',
        'by',
        'from',
        'where',
        'with',
        'over',
        'output',
        'outputnew',
        'span',
        'eval',
        'true',
        'false',
        'null',
        'd',
        'desc',
        'sortby',
        'every',
        'groupby',
        'auto',
        'num',
        'str',
        'ip',
      ].includes(name),
  );
const text = fc.string({ maxLength: 8 });
const fieldRef: fc.Arbitrary<FieldRef> = fc.oneof(
  word.map((name) => ({ kind: 'field' as const, name, raw: name, quoted: false, range })),
  text.map((name) => ({ kind: 'field' as const, name, raw: quote(name), quoted: true, range })),
);
const textNode: fc.Arbitrary<Text> = text.map((value) => ({
  kind: 'text',
  value,
  raw: quote(value),
  quoted: true,
  range,
}));
const searchValue: fc.Arbitrary<SearchValue> = fc.oneof(
  word.map((value) => ({
    kind: 'search-value' as const,
    value: `*${value}*`,
    raw: `*${value}*`,
    quoted: false,
    range,
  })),
  text.map((value) => ({ kind: 'search-value' as const, value, raw: quote(value), quoted: true, range })),
);
const searchExpr = fc.letrec<{ expr: SearchExpr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'search' },
    searchValue.map((value): SearchExpr => ({ kind: 'search-term', value, range })),
    fc
      .tuple(fieldRef, fc.constantFrom<SearchOp>('=', '!=', '<', '<=', '>', '>='), searchValue)
      .map(([field, op, value]): SearchExpr => ({ kind: 'search-compare', field, op, value, range })),
    fc
      .tuple(fieldRef, fc.array(searchValue, { minLength: 1, maxLength: 3 }))
      .map(([field, values]): SearchExpr => ({ kind: 'search-in', field, values, range })),
    tie('expr').map((expr): SearchExpr => ({ kind: 'search-not', expr, range })),
    fc
      .array(tie('expr'), { minLength: 2, maxLength: 3 })
      .map((items): SearchExpr => ({ kind: 'search-or', items, range })),
    fc.array(fc.tuple(tie('expr'), fc.boolean()), { minLength: 2, maxLength: 3 }).map(
      (pairs): SearchExpr => ({
        kind: 'search-and',
        items: pairs.map(([item]) => item),
        explicit: pairs.slice(1).map(([, and]) => and),
        range,
      }),
    ),
  ),
})).expr;

const OPS: EvalOp[] = [
  '*',
  '/',
  '%',
  '+',
  '-',
  '.',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'like',
  'and',
  'or',
  'xor',
];
const evalExpr = fc.letrec<{ expr: EvalExpr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'eval' },
    fc.nat().map((value): EvalExpr => ({ kind: 'number', value, raw: String(value), range })),
    text.map((value): EvalExpr => ({ kind: 'string', value, raw: quote(value), range })),
    word.map((name): EvalExpr => ({ kind: 'eval-field', name, raw: name, quoted: false, range })),
    text.map((name): EvalExpr => ({ kind: 'eval-field', name, raw: quote(name, "'"), quoted: true, range })),
    fc
      .tuple(word, fc.array(tie('expr'), { maxLength: 3 }))
      .map(([name, args]): EvalExpr => ({ kind: 'call', name, args, nameRange: range, range })),
    fc
      .tuple(fc.constantFrom('-' as const, '+' as const, 'not' as const), tie('expr'))
      .map(([op, expr]): EvalExpr => ({ kind: 'unary', op, expr, range })),
    fc
      .tuple(fc.constantFrom(...OPS), tie('expr'), tie('expr'))
      .map(([op, left, right]): EvalExpr => ({ kind: 'binary', op, left, right, range })),
    fc
      .tuple(tie('expr'), fc.array(tie('expr'), { minLength: 1, maxLength: 3 }))
      .map(([expr, list]): EvalExpr => ({ kind: 'in', expr, list, range })),
    fc
      .tuple(tie('expr'), fc.boolean())
      .map(([expr, negated]): EvalExpr => ({ kind: 'is-null', expr, negated, range })),
  ),
})).expr;

const aggregation: fc.Arbitrary<Aggregation> = fc
  .tuple(word, fieldRef, evalExpr, fc.boolean(), fieldRef)
  .map(([func, field, expr, plain, alias]): Aggregation => {
    const arg = plain
      ? { kind: 'agg-field' as const, field }
      : { kind: 'agg-expr' as const, expr, wrapped: true };
    return { kind: 'aggregation', func, label: `${func}()`, arg, rest: [], alias, range };
  });

const base = { kind: 'command' as const, nameRange: range, options: [], comments: [], range };
const fields = fc.array(fieldRef, { minLength: 1, maxLength: 4 });
const stage: fc.Arbitrary<Stage> = fc.oneof(
  searchExpr.map((expr): Stage => ({ ...base, shape: 'search', name: 'search', implicit: false, expr })),
  evalExpr.map((expr): Stage => ({ ...base, shape: 'where', name: 'where', expr })),
  fc.array(fc.tuple(word, evalExpr), { minLength: 1, maxLength: 3 }).map(
    (pairs): Stage => ({
      ...base,
      shape: 'eval',
      name: 'eval',
      assignments: pairs.map(([name, expr]) => ({
        kind: 'assignment',
        target: { kind: 'target', name, raw: name, dynamic: false, range },
        expr,
        range,
      })),
    }),
  ),
  fc
    .tuple(fc.array(aggregation, { minLength: 1, maxLength: 4 }), fields)
    .map(([aggregations, by]): Stage => ({ ...base, shape: 'stats', name: 'stats', aggregations, by })),
  fc.tuple(fc.array(aggregation, { minLength: 1, maxLength: 4 }), searchExpr, fields).map(
    ([aggregations, where, by]): Stage => ({
      ...base,
      shape: 'tstats',
      name: 'tstats',
      aggregations,
      by,
      where,
      from: {
        type: 'datamodel',
        name: { kind: 'text', value: 'A.B', raw: 'A.B', quoted: false, range },
        range,
      },
    }),
  ),
  fields.map((list): Stage => ({ ...base, shape: 'field-list', name: 'table', fields: list })),
  fc
    .tuple(fields, fc.boolean())
    .map(([list, remove]): Stage => ({ ...base, shape: 'fields', name: 'fields', remove, fields: list })),
  fc.array(fc.tuple(fieldRef, fieldRef), { minLength: 1, maxLength: 3 }).map(
    (pairs): Stage => ({
      ...base,
      shape: 'rename',
      name: 'rename',
      pairs: pairs.map(([from, to]) => ({ kind: 'pair', from, to, range })),
    }),
  ),
  textNode.map((pattern): Stage => ({ ...base, shape: 'rex', name: 'rex', pattern })),
  fc
    .tuple(fc.nat(), fields)
    .map(
      ([count, list]): Stage => ({ ...base, shape: 'dedup', name: 'dedup', count, fields: list, sortby: [] }),
    ),
);
const query = fc.letrec<{ query: Query }>((tie) => ({
  query: fc
    .array(
      fc.oneof(
        { depthIdentifier: 'query', maxDepth: 2, withCrossShrink: true },
        stage,
        fc.tuple(fields, tie('query')).map(
          ([list, inner]): Stage => ({
            ...base,
            shape: 'join',
            name: 'join',
            fields: list,
            subsearch: { kind: 'subsearch', query: inner, text: '', range },
          }),
        ),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((stages): Query => ({ kind: 'query', dialect: 'spl1', stages, leadingPipe: true, range })),
})).query;

/** Structure without written parentheses, which a tree made by hand has none of, and names of unaliased columns. */
const bare = (node: unknown) => structure(node, { parens: false });

describe('any tree', () => {
  it('prints to text that parses to it', () => {
    fc.assert(
      fc.property(query, (tree) => {
        const printed = print(tree);
        const { query: again, diagnostics } = parse(printed);
        expect(diagnostics).toEqual([]);
        expect(bare(again)).toEqual(bare(tree));
        expect(print(again)).toBe(printed);
      }),
      { numRuns: 1500 },
    );
  });
});
