/**
 * ES|QL. Comparisons tell cases apart, so fields are put into lower case; NULL is made false under NOT. Source:
 * Elasticsearch "ES|QL operators" (LIKE: `*`, `?`, backslash escapes; RLIKE: Lucene regular expressions) and "ES|QL
 * search functions" (`qstr` takes a Lucene query string; search functions stand in no other function).
 */
import { type Expression, isKeywords, negationsInward, type Order, testsOf } from '../rule/expression.ts';
import type { Pattern } from '../rule/pattern.ts';
import { ConvertError } from './error.ts';
import { LUCENE } from './lucene.ts';
import { luceneRegex } from './lucene-regex.ts';
import { hasWildcard, isAny, writePattern } from './patterns.ts';
import { atom, notPiece, type Piece, printExpression, type Syntax } from './syntax.ts';

const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
const name = (field: string): string =>
  /^[A-Za-z_@][\w.]*$/.test(field) ? field : `\`${field.replaceAll('`', '``')}\``;
const folded = (field: string, cased: boolean): string => (cased ? name(field) : `to_lower(${name(field)})`);

function like(pattern: Pattern, cased: boolean): string {
  const fold = (text: string) => (cased ? text : text.toLowerCase());
  return quoted(
    writePattern(pattern, { any: '*', one: '?', text: (text) => fold(text).replace(/[\\*?]/g, '\\$&') }),
  );
}

export const ESQL: Syntax = {
  title: 'ES|QL',
  and: ' and ',
  or: ' or ',
  not: (inner) =>
    inner.level === 'atom' && /^qstr\(| is (?:not )?null$/.test(inner.text)
      ? notPiece('not ')(inner)
      : { text: `not coalesce(${inner.text}, false)`, level: 'not' },
  tests: {
    pattern: ({ pattern, cased }, field) => {
      if (isAny(pattern)) return atom(`${name(field)} is not null`);
      if (hasWildcard(pattern)) return atom(`${folded(field, cased)} like ${like(pattern, cased)}`);
      const text = pattern.join('');
      return atom(`${folded(field, cased)} == ${quoted(cased ? text : text.toLowerCase())}`);
    },
    number: ({ value }, field) => atom(`${name(field)} == ${value}`),
    boolean: ({ value }, field) => atom(`${name(field)} == ${value}`),
    null: (_, field) => atom(`${name(field)} is null`),
    exists: ({ exists }, field) => atom(`${name(field)} is ${exists ? 'not ' : ''}null`),
    regex: (value, field, test) => {
      const regex = luceneRegex(value);
      if (regex !== undefined) return atom(`${name(field)} rlike ${quoted(regex)}`);
      throw new ConvertError(
        'convert-regex',
        'ES|QL has no such regular expression (anchors, look-around).',
        test.range,
      );
    },
    cidr: ({ network }, field) => atom(`cidr_match(${name(field)}, "${network}")`),
    order: ({ operator, value }, field) => atom(`${name(field)} ${SIGNS[operator]} ${value}`),
    field: ({ field: other, position, cased }, field) => {
      const [a, b] = [folded(field, cased), folded(other, cased)];
      if (position === 'equals') return atom(`${a} == ${b}`);
      if (position === 'contains') return atom(`locate(${a}, ${b}) > 0`);
      return atom(`${position === 'startswith' ? 'starts_with' : 'ends_with'}(${a}, ${b})`);
    },
  },
  keywords: (part) => atom(`qstr(${quoted(printExpression(part, LUCENE).text)})`),
  list: (field, tests) => {
    const texts: string[] = [];
    for (const { value } of tests) {
      if (value.kind !== 'pattern' || value.cased || hasWildcard(value.pattern)) return undefined;
      texts.push(quoted(value.pattern.join('').toLowerCase()));
    }
    return atom(`to_lower(${name(field)}) in (${texts.join(', ')})`);
  },
};

/** Search functions cannot stand in `coalesce`: negations are carried inwards until none is round one beside a field. */
export function esqlCondition(expression: Expression): Piece {
  const whole = (item: Expression) =>
    isKeywords(item) || ![...testsOf(item)].some(({ field }) => field === undefined);
  return printExpression(negationsInward(expression, whole), ESQL);
}
