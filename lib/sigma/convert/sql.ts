/**
 * SQL for SQLite and DuckDB, over a table with a text column for each field. A missing field is NULL, and a comparison
 * with NULL is neither true nor false: under NOT it is made false first, so that `not filter` keeps such events.
 */
import type { Order, Test, TimePart } from '../rule/expression.ts';
import type { Pattern } from '../rule/pattern.ts';
import { ConvertError } from './error.ts';
import { hasWildcard, isAny, networkPatterns, type Wildcards, writePattern } from './patterns.ts';
import { atom, notPiece, type Piece, type Syntax, type ValueOf } from './syntax.ts';

export interface SqlDialect {
  title: string;
  /** LIKE that ignores case. */
  like: string;
  /** Compares with case, as `GLOB` or `LIKE` does. */
  cased(column: string, pattern: Pattern): string;
  regex(column: string, value: ValueOf<'regex'>): string;
  number(column: string): string;
  time(column: string, part: TimePart): string;
  contains(text: string, part: string): string;
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const column = (field: string): string =>
  /^[A-Za-z_]\w*$/.test(field) && !RESERVED.has(field.toLowerCase())
    ? field
    : `"${field.replaceAll('"', '""')}"`;
/** Words that one of the two does not take as a column's name without quotes (DuckDB: `duckdb_keywords()`). */
const RESERVED = new Set(
  `add all alter analyse analyze and anti any array as asc asof asymmetric at authorization autoincrement between
  binary both by case cast check collate collation column columns commit concurrently constraint create cross default
  deferrable delete desc describe distinct do drop else end escape except exists false fetch for foreign freeze from
  full generated glob group having ilike in index initially inner insert intersect into is isnull join lambda lateral
  leading left like limit map natural not nothing notnull null offset on only or order outer overlaps pivot
  pivot_longer pivot_wider placing positional primary qualify references returning right select semi set show similar
  some struct summarize symmetric table tablesample then to trailing transaction true try_cast union unique unpack
  unpivot update using values variadic verbose when where window with`.split(/\s+/),
);
const SIGNS: Readonly<Record<Order | 'eq', string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=', eq: '=' };

const LIKE: Wildcards = { any: '%', one: '_', text: (part) => part.replace(/[\\%_]/g, '\\$&') };
const likeText = (pattern: Pattern): string => text(writePattern(pattern, LIKE));

export function sqlSyntax(dialect: SqlDialect): Syntax {
  const like = (field: string, pattern: Pattern): string => {
    if (isAny(pattern)) return `${column(field)} IS NOT NULL`;
    return `${column(field)} ${dialect.like} ${likeText(pattern)} ESCAPE '\\'`;
  };
  return {
    title: dialect.title,
    and: ' AND ',
    or: ' OR ',
    not: (inner) =>
      neverNull(inner)
        ? notPiece('NOT ')(inner)
        : { text: `NOT COALESCE(${inner.text}, FALSE)`, level: 'not' },
    tests: {
      pattern: ({ pattern, cased }, field) =>
        atom(cased ? dialect.cased(column(field), pattern) : like(field, pattern)),
      number: ({ value }, field) => atom(`${column(field)} = '${value}'`),
      boolean: ({ value }, field) => atom(`LOWER(${column(field)}) = '${value}'`),
      null: (_, field) => atom(`${column(field)} IS NULL`),
      exists: ({ exists }, field) => atom(`${column(field)} IS ${exists ? 'NOT ' : ''}NULL`),
      regex: (value, field) => atom(dialect.regex(column(field), value)),
      cidr: ({ network }, field, test) => cidr(network, test, (pattern) => like(field, pattern)),
      order: ({ operator, value }, field) =>
        atom(`${dialect.number(column(field))} ${SIGNS[operator]} ${value}`),
      field: (value, field) => atom(fieldTest(value, field, dialect)),
      time: ({ part, operator, value }, field) =>
        atom(`${dialect.time(column(field), part)} ${SIGNS[operator]} ${value}`),
    },
  };
}

const neverNull = ({ text: inner }: Piece): boolean => /^(?:"[^"]*"|\w+) IS (?:NOT )?NULL$/.test(inner);

function cidr(network: string, test: Test, like: (pattern: Pattern) => string): Piece {
  const patterns = networkPatterns(network);
  if (patterns !== undefined) {
    const texts = patterns.map(like);
    return texts.length === 1 ? atom(texts[0]!) : { text: texts.join(' OR '), level: 'or' };
  }
  const message = `The network ${network} cannot be said as a pattern of an address's text.`;
  throw new ConvertError('convert-cidr', message, test.range);
}

function fieldTest(
  { field: other, position, cased }: ValueOf<'field'>,
  field: string,
  dialect: SqlDialect,
): string {
  const fold = (one: string) => (cased ? column(one) : `LOWER(${column(one)})`);
  const [a, b] = [fold(field), fold(other)];
  switch (position) {
    case 'equals':
      return `${a} = ${b}`;
    case 'startswith':
      return `SUBSTR(${a}, 1, LENGTH(${b})) = ${b}`;
    case 'endswith':
      return `SUBSTR(${a}, LENGTH(${a}) - LENGTH(${b}) + 1) = ${b}`;
    case 'contains':
      return dialect.contains(a, b);
  }
}

const regexFlags = ({ flags: { i, m, s } }: ValueOf<'regex'>): string =>
  `${i ? 'i' : ''}${m ? 'm' : ''}${s ? 's' : ''}`;

const STRFTIME: Readonly<Record<TimePart, string>> = {
  minute: '%M',
  hour: '%H',
  day: '%d',
  week: '%V',
  month: '%m',
  year: '%Y',
};

export const SQLITE = sqlSyntax({
  title: 'SQLite',
  like: 'LIKE',
  cased: (name, pattern) =>
    hasWildcard(pattern)
      ? `${name} GLOB ${text(writePattern(pattern, { any: '*', one: '?', text: (part) => part.replace(/[*?[]/g, '[$&]') }))}`
      : `${name} = ${text(pattern.join(''))}`,
  regex: (name, value) => {
    const flags = regexFlags(value);
    return `${name} REGEXP ${text(`${flags === '' ? '' : `(?${flags})`}${value.source}`)}`;
  },
  number: (name) => `CAST(${name} AS REAL)`,
  time: (name, part) => `CAST(STRFTIME('${STRFTIME[part]}', ${name}) AS INTEGER)`,
  contains: (a, b) => `INSTR(${a}, ${b}) > 0`,
});

export const DUCKDB = sqlSyntax({
  title: 'DuckDB',
  like: 'ILIKE',
  cased: (name, pattern) => `${name} LIKE ${likeText(pattern)} ESCAPE '\\'`,
  regex: (name, value) =>
    `REGEXP_MATCHES(${name}, ${text(value.source)}, '${regexFlags(value).replace('m', 'n')}')`,
  number: (name) => `TRY_CAST(${name} AS DOUBLE)`,
  time: (name, part) => `DATE_PART('${part}', TRY_CAST(${name} AS TIMESTAMP))`,
  contains: (a, b) => `CONTAINS(${a}, ${b})`,
});
