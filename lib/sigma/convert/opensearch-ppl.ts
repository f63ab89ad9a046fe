/**
 * OpenSearch Piped Processing Language. `LIKE` ignores case; `%` and `_` are wildcards. A comparison of a field that is
 * absent is NULL and stays so under NOT, so that a negation asks for absence first. Source: OpenSearch "PPL functions",
 * "Relevance functions" (`query_string` takes a Lucene query string over fields named with wildcards).
 */
import {
  type Expression,
  isKeywords,
  join,
  negationsInward,
  type Order,
  testsOf,
} from '../rule/expression.ts';
import type { Pattern } from '../rule/pattern.ts';
import { LUCENE } from './lucene.ts';
import { hasWildcard, isAny, writePattern } from './patterns.ts';
import { atom, notPiece, type Piece, printExpression, refuseCased, type Syntax } from './syntax.ts';

const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const name = (field: string): string =>
  /^[A-Za-z_]\w*$/.test(field) ? field : `\`${field.replaceAll('`', '``')}\``;

const like = (pattern: Pattern): string =>
  quoted(writePattern(pattern, { any: '%', one: '_', text: (text) => text.replace(/[\\%_]/g, '\\$&') }));

export const OPENSEARCH_PPL: Syntax = {
  title: 'OpenSearch PPL',
  and: ' AND ',
  or: ' OR ',
  not: notPiece('NOT '),
  tests: {
    pattern: (value, field, test) => {
      refuseCased(value, test, 'OpenSearch PPL');
      if (isAny(value.pattern)) return atom(`ISNOTNULL(${name(field)})`);
      if (hasWildcard(value.pattern)) return atom(`LIKE(${name(field)}, ${like(value.pattern)})`);
      return atom(`LOWER(${name(field)})=${quoted(value.pattern.join('').toLowerCase())}`);
    },
    number: ({ value }, field) => atom(`${name(field)}=${value}`),
    boolean: ({ value }, field) => atom(`${name(field)}=${value}`),
    null: (_, field) => atom(`ISNULL(${name(field)})`),
    exists: ({ exists }, field) => atom(`${exists ? 'ISNOTNULL' : 'ISNULL'}(${name(field)})`),
    regex: ({ source, flags: { i, m, s } }, field) => {
      const flags = `${i ? 'i' : ''}${m ? 'm' : ''}${s ? 's' : ''}`;
      return atom(`REGEXP_MATCH(${name(field)}, ${quoted(`${flags === '' ? '' : `(?${flags})`}${source}`)})`);
    },
    cidr: ({ network }, field) => atom(`CIDRMATCH(${name(field)}, "${network}")`),
    order: ({ operator, value }, field) => atom(`${name(field)}${SIGNS[operator]}${value}`),
    field: (value, field, test) => {
      refuseCased(value, test, 'OpenSearch PPL');
      const other = `LOWER(${name(value.field)})`;
      const a = `LOWER(${name(field)})`;
      if (value.position === 'equals') return atom(`${a}=${other}`);
      const before = value.position === 'startswith' ? '' : '"%", ';
      const after = value.position === 'endswith' ? '' : ', "%"';
      return atom(`LIKE(${a}, CONCAT(${before}${other}${after}))`);
    },
  },
  keywords: (part) => atom(`QUERY_STRING(['*'], ${quoted(printExpression(part, LUCENE).text)})`),
};

export function pplCondition(expression: Expression): Piece {
  const inward = negationsInward(expression, (item) => isKeywords(item) || fieldsOf(item).length === 1);
  return printExpression(keepAbsent(inward), OPENSEARCH_PPL);
}

/** `not` over tests of a field becomes: the field is absent, or not. */
function keepAbsent(expression: Expression): Expression {
  if (expression.kind === 'test') return expression;
  if (expression.kind !== 'not')
    return { ...expression, items: expression.items.map((item) => keepAbsent(item)) };
  const { range } = expression;
  if (![...testsOf(expression)].some(({ value }) => value.kind !== 'null' && value.kind !== 'exists'))
    return expression;
  const absent = fieldsOf(expression).map(
    (field): Expression => ({ kind: 'test', field, value: { kind: 'null' }, range }),
  );
  return join('or', [...absent, expression], range);
}

/** Names of fields that tests look at, each once; none for keywords. */
function fieldsOf(expression: Expression): string[] {
  const names = [...testsOf(expression)].flatMap(({ field, value }) => [
    ...(field === undefined ? [] : [field]),
    ...(value.kind === 'field' ? [value.field] : []),
  ]);
  return [...new Set(names)];
}
