/** CrowdStrike LogScale. Regular expressions ignore case with `i`; absent fields are found by `!=*`. Source: LogScale "Query Syntax". */
import type { Order } from '../rule/expression.ts';
import { ConvertError } from './error.ts';
import { isAny, patternRegex } from './patterns.ts';
import { atom, notPiece, type Syntax, type ValueOf } from './syntax.ts';

const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };
const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;

const name = (field: string): string =>
  /^[\w.@#-]+$/.test(field) ? field : `"${field.replace(/[\\"]/g, '\\$&')}"`;

function regexText({ source, flags: { i, m, s } }: ValueOf<'regex'>): string {
  const escaped = source.replace(/\\[\s\S]|\//g, (found) => (found === '/' ? '\\/' : found));
  return `/${escaped}/${i ? 'i' : ''}${m ? 'm' : ''}${s ? 'd' : ''}`;
}

const patternText = ({ pattern, cased }: ValueOf<'pattern'>): string =>
  `/${patternRegex(pattern, SPECIAL)}/${cased ? '' : 'i'}`;

export const LOGSCALE: Syntax = {
  title: 'LogScale',
  and: ' ',
  or: ' or ',
  not: notPiece('not '),
  tests: {
    pattern: (value, field) => {
      if (isAny(value.pattern)) return atom(`${name(field)}=*`);
      if (value.pattern.length === 0) return atom(`${name(field)}=""`);
      return atom(`${name(field)}=${patternText(value)}`);
    },
    number: ({ value }, field) => atom(`${name(field)}=${value}`),
    boolean: ({ value }, field) => atom(`${name(field)}=/^${value}$/i`),
    null: (_, field) => atom(`${name(field)}!=*`),
    exists: ({ exists }, field) => atom(`${name(field)}${exists ? '' : '!'}=*`),
    regex: (value, field) => atom(`${name(field)}=${regexText(value)}`),
    cidr: ({ network }, field) => atom(`cidr(${name(field)}, subnet="${network}")`),
    order: ({ operator, value }, field) => atom(`${name(field)}${SIGNS[operator]}${value}`),
    field: ({ field: other, position, cased }, field, test) => {
      if (position === 'equals' && cased) return atom(`test(${name(field)} == ${name(other)})`);
      const message = 'LogScale compares two fields only as they are: `fieldref|cased`.';
      throw new ConvertError('convert-field-reference', message, test.range);
    },
  },
  keyword: ({ value, range }) => {
    if (value.kind === 'pattern')
      return atom(patternText({ ...value, pattern: value.pattern }).replace(/^\/\^|\$\/(i?)$/g, '/$1'));
    if (value.kind === 'number' || value.kind === 'boolean') return atom(`/${value.value}/i`);
    if (value.kind === 'regex') return atom(regexText(value));
    throw new ConvertError('convert-keyword', 'A keyword of LogScale is a text.', range);
  },
};
