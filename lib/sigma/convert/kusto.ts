/** Kusto Query Language. `contains`, `startswith`, `endswith`, `=~` and `in~` ignore case. Source: "String operators". */
import type { Order } from '../rule/expression.ts';
import { networkOf } from '../rule/network.ts';
import { widen } from '../rule/pattern.ts';
import { ConvertError } from './error.ts';
import { hasWildcard, isAny, patternRegex, shapeOf } from './patterns.ts';
import { atom, type Syntax } from './syntax.ts';

const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
const name = (field: string): string =>
  /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(field) ? field : `['${field.replace(/[\\']/g, '\\$&')}']`;

const TIME_PARTS = {
  minute: 'minute',
  hour: 'hour',
  day: 'day',
  week: 'week_of_year',
  month: 'month',
  year: 'year',
} as const;

export const KUSTO: Syntax = {
  title: 'Kusto',
  and: ' and ',
  or: ' or ',
  not: (inner) => atom(`not(${inner.text})`),
  tests: {
    pattern: ({ pattern, cased }, field) => {
      if (isAny(pattern)) return atom(`isnotempty(${name(field)})`);
      const shape = shapeOf(pattern);
      if (shape === undefined) {
        return atom(
          `${name(field)} matches regex ${quoted(`(?${cased ? '' : 'i'}s)${patternRegex(pattern)}`)}`,
        );
      }
      const { position, text } = shape;
      if (position === 'equals') return atom(`${name(field)} ${cased ? '==' : '=~'} ${quoted(text)}`);
      return atom(`${name(field)} ${position}${cased ? '_cs' : ''} ${quoted(text)}`);
    },
    number: ({ value }, field) => atom(`${name(field)} == ${value}`),
    boolean: ({ value }, field) => atom(`${name(field)} =~ "${value}"`),
    null: (_, field) => atom(`isempty(${name(field)})`),
    exists: ({ exists }, field) => atom(`${exists ? 'isnotempty' : 'isempty'}(${name(field)})`),
    regex: ({ source, flags: { i, m, s } }, field) => {
      const flags = `${i ? 'i' : ''}${m ? 'm' : ''}${s ? 's' : ''}`;
      return atom(`${name(field)} matches regex ${quoted(`${flags === '' ? '' : `(?${flags})`}${source}`)}`);
    },
    cidr: ({ network }, field) =>
      atom(
        `${networkOf(network)?.version === 6 ? 'ipv6_is_in_range' : 'ipv4_is_in_range'}(${name(field)}, "${network}")`,
      ),
    order: ({ operator, value }, field) => atom(`${name(field)} ${SIGNS[operator]} ${value}`),
    field: ({ field: other, position, cased }, field) => {
      const sign = position === 'equals' ? (cased ? '==' : '=~') : `${position}${cased ? '_cs' : ''}`;
      return atom(`${name(field)} ${sign} ${name(other)}`);
    },
    time: ({ part, operator, value }, field) => {
      const sign = operator === 'eq' ? '==' : SIGNS[operator];
      const time = `todatetime(${name(field)})`;
      return atom(
        part === 'week'
          ? `week_of_year(${time}) ${sign} ${value}`
          : `datetime_part("${TIME_PARTS[part]}", ${time}) ${sign} ${value}`,
      );
    },
  },
  keyword: ({ value, range }) => {
    if (value.kind === 'number' || value.kind === 'boolean') return atom(`* contains "${value.value}"`);
    if (value.kind === 'regex') return atom(`* matches regex ${quoted(value.source)}`);
    if (value.kind !== 'pattern')
      throw new ConvertError('convert-keyword', 'A keyword of Kusto is a text.', range);
    const shape = shapeOf(value.pattern);
    if (shape !== undefined) return atom(`* contains${value.cased ? '_cs' : ''} ${quoted(shape.text)}`);
    const regex = patternRegex(widen(value.pattern, true, true));
    return atom(`* matches regex ${quoted(`(?${value.cased ? '' : 'i'}s)${regex}`)}`);
  },
  list: (field, tests) => {
    const numbers = tests.flatMap(({ value }) => (value.kind === 'number' ? [value.value] : []));
    if (numbers.length === tests.length) return atom(`${name(field)} in (${numbers.join(', ')})`);
    const texts: string[] = [];
    for (const { value } of tests) {
      if (value.kind !== 'pattern' || value.cased || hasWildcard(value.pattern)) return undefined;
      texts.push(quoted(value.pattern.join('')));
    }
    return atom(`${name(field)} in~ (${texts.join(', ')})`);
  },
};
