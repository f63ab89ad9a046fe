/** Kibana Query Language. Source: Kibana Guide, "KQL": reserved characters, wildcards, ranges. It has no regular expressions. */
import type { Order, Test } from '../rule/expression.ts';
import { ConvertError } from './error.ts';
import { hasOne, isAny, writePattern } from './patterns.ts';
import { atom, notPiece, type Syntax, type ValueOf } from './syntax.ts';

const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

const written = (text: string): string =>
  text.replace(/[\\():<>"*{}]/g, '\\$&').replace(/\b(?:and|or|not)\b/gi, '\\$&');
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

function patternText({ pattern }: ValueOf<'pattern'>, test: Test): string {
  if (hasOne(pattern)) {
    throw new ConvertError('convert-value', 'KQL has no wildcard for one character.', test.range);
  }
  if (pattern.every((part) => typeof part === 'string')) return quoted(pattern.join(''));
  return writePattern(pattern, { any: '*', one: '?', text: written });
}

export const KQL: Syntax = {
  title: 'KQL',
  and: ' and ',
  or: ' or ',
  not: notPiece('not '),
  tests: {
    pattern: (value, field, test) =>
      atom(`${field}: ${isAny(value.pattern) ? '*' : patternText(value, test)}`),
    number: ({ value }, field) => atom(`${field}: ${value}`),
    boolean: ({ value }, field) => atom(`${field}: ${value}`),
    null: (_, field) => ({ text: `not ${field}: *`, level: 'not' }),
    exists: ({ exists }, field) => (exists ? atom(`${field}: *`) : { text: `not ${field}: *`, level: 'not' }),
    cidr: ({ network }, field) => atom(`${field}: ${quoted(network)}`),
    order: ({ operator, value }, field) => atom(`${field} ${SIGNS[operator]} ${value}`),
  },
  keyword: (test) => {
    const { value } = test;
    if (value.kind === 'pattern') return atom(patternText(value, test));
    if (value.kind === 'number' || value.kind === 'boolean') return atom(String(value.value));
    throw new ConvertError('convert-keyword', 'A keyword of KQL is a text.', test.range);
  },
  list: (field, tests) => {
    if (!tests.every(({ value }) => value.kind === 'pattern' && !isAny(value.pattern))) return undefined;
    const texts = tests.map((test) => patternText(test.value as ValueOf<'pattern'>, test));
    return atom(`${field}: (${texts.join(' or ')})`);
  },
};
