/** Lucene query strings of Elasticsearch, Kibana and OpenSearch. Source: "Query string syntax", reserved characters. */
import type { Order } from '../rule/expression.ts';
import { ConvertError } from './error.ts';
import { luceneRegex } from './lucene-regex.ts';
import { isAny, writePattern } from './patterns.ts';
import { atom, grouped, type Syntax, type ValueOf } from './syntax.ts';

const SPECIAL = /[\s+\-=&|!(){}[\]^"~*?:\\/<>]/g;
const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

const written = (text: string): string => text.replace(SPECIAL, '\\$&');
const name = (field: string): string => field.replace(/[\s:\\()]/g, '\\$&');

function patternText({ pattern }: ValueOf<'pattern'>): string {
  if (pattern.length === 0) return '""';
  const text = writePattern(pattern, { any: '*', one: '?', text: written });
  // A word that would be read as an operator.
  return /^(?:AND|OR|NOT)$/.test(text) ? `"${text}"` : text;
}

const PRESENT = (field: string) => atom(`_exists_:${name(field)}`);
// In a group of its own: beside OR, a bare NOT would be taken from the whole group.
const ABSENT = (field: string) => atom(`(NOT _exists_:${name(field)})`);

export const LUCENE: Syntax = {
  title: 'Lucene',
  and: ' AND ',
  or: ' OR ',
  // A query that begins with NOT inside OR selects nothing in Lucene: a parenthesis of its own keeps its meaning.
  not: (inner) => atom(`(NOT ${grouped(inner)})`),
  tests: {
    pattern: (value, field) => atom(`${name(field)}:${patternText(value)}`),
    number: ({ value }, field) => atom(`${name(field)}:${value < 0 ? `\\${value}` : value}`),
    boolean: ({ value }, field) => atom(`${name(field)}:${value}`),
    null: (_, field) => ABSENT(field),
    exists: ({ exists }, field) => (exists ? PRESENT(field) : ABSENT(field)),
    regex: (value, field, test) => {
      const regex = luceneRegex(value);
      if (regex === undefined) {
        throw new ConvertError(
          'convert-regex',
          'Lucene has no such regular expression (anchors, look-around).',
          test.range,
        );
      }
      return atom(`${name(field)}:/${regex.replace(/(?<!\\)\//g, '\\/')}/`);
    },
    cidr: ({ network }, field) => atom(`${name(field)}:${written(network)}`),
    order: ({ operator, value }, field) => atom(`${name(field)}:${SIGNS[operator]}${value}`),
  },
  keyword: ({ value, range }) => {
    if (value.kind === 'pattern') return atom(`*${patternText(value)}*`.replace(/^\*\*|\*\*$/g, '*'));
    if (value.kind === 'number' || value.kind === 'boolean') return atom(`*${value.value}*`);
    throw new ConvertError('convert-keyword', 'A keyword of Lucene is a text.', range);
  },
  list: (field, tests) => {
    const texts = tests.map(({ value }) =>
      value.kind === 'pattern' && !isAny(value.pattern)
        ? patternText(value)
        : value.kind === 'number'
          ? String(value.value)
          : undefined,
    );
    return texts.includes(undefined) ? undefined : atom(`${name(field)}:(${texts.join(' OR ')})`);
  },
};
