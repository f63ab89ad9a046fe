/** Event Query Language. Source: Elasticsearch "EQL syntax": `:` and `like~` ignore case and are for texts only, `regex~` covers the whole value. */
import type { Order, Test } from '../rule/expression.ts';
import type { Pattern } from '../rule/pattern.ts';
import { ConvertError } from './error.ts';
import { luceneRegex } from './lucene-regex.ts';
import { hasWildcard, isAny, patternRegex, writePattern } from './patterns.ts';
import { atom, notPiece, type Piece, type Syntax, type ValueOf } from './syntax.ts';

const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
const name = (field: string): string =>
  /^[A-Za-z_][\w.@]*$/.test(field) ? field : `\`${field.replaceAll('`', '``')}\``;
const wild = (pattern: Pattern): string =>
  quoted(writePattern(pattern, { any: '*', one: '?', text: (text) => text }));

/** `*` and `?` cannot be escaped in `:` and `like`. */
const literalWildcard = (pattern: Pattern): boolean =>
  pattern.some((part) => typeof part === 'string' && /[*?]/.test(part));

function regexTest(value: ValueOf<'regex'>, field: string, test: Test): Piece {
  const regex = luceneRegex({ ...value, flags: { ...value.flags, i: false } });
  if (regex === undefined) {
    throw new ConvertError(
      'convert-regex',
      'EQL has no such regular expression (anchors, look-around).',
      test.range,
    );
  }
  return atom(`${name(field)} regex${value.flags.i ? '~' : ''} ${quoted(regex)}`);
}

export const EQL: Syntax = {
  title: 'EQL',
  and: ' and ',
  or: ' or ',
  not: notPiece('not '),
  tests: {
    pattern: ({ pattern, cased }, field, test) => {
      if (literalWildcard(pattern)) {
        const flags = { i: !cased, m: false, s: true };
        return regexTest({ kind: 'regex', source: patternRegex(pattern), flags }, field, test);
      }
      if (!cased) return atom(`${name(field)}:${wild(pattern)}`);
      return atom(`${name(field)} ${hasWildcard(pattern) ? 'like' : '=='} ${wild(pattern)}`);
    },
    number: ({ value }, field) => atom(`${name(field)} == ${value}`),
    boolean: ({ value }, field) => atom(`${name(field)} == ${value}`),
    null: (_, field) => atom(`?${name(field)} == null`),
    exists: ({ exists }, field) => atom(`?${name(field)} ${exists ? '!=' : '=='} null`),
    regex: regexTest,
    cidr: ({ network }, field) => atom(`cidrmatch(${name(field)}, "${network}")`),
    order: ({ operator, value }, field) => atom(`${name(field)} ${SIGNS[operator]} ${value}`),
  },
  list: (field, tests) => {
    const numbers = tests.flatMap(({ value }) => (value.kind === 'number' ? [value.value] : []));
    if (numbers.length === tests.length) return atom(`${name(field)} in (${numbers.join(', ')})`);
    const patterns: Pattern[] = [];
    for (const { value } of tests) {
      if (value.kind !== 'pattern' || value.cased || isAny(value.pattern) || literalWildcard(value.pattern))
        return undefined;
      patterns.push(value.pattern);
    }
    return atom(`${name(field)} like~ (${patterns.map(wild).join(', ')})`);
  },
};
