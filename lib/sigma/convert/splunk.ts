/**
 * Splunk SPL. What `search` can say stands there; the rest (regular expressions, `?`, a literal `*`, case, two fields)
 * follows in `regex` and `where`, whose NULLs are taken care of: an absent field is no match.
 *
 * Escapes: Splunk Search Reference, "search" (a backslash and a quote take a backslash; `*` cannot be escaped).
 */
import type { Expression, Order, Test } from '../rule/expression.ts';
import { widen } from '../rule/pattern.ts';
import { ConvertError } from './error.ts';
import { hasOne, hasWildcard, isAny, patternRegex, type Wildcards, writePattern } from './patterns.ts';
import { atom, grouped, notPiece, type Piece, printExpression, type Syntax, type ValueOf } from './syntax.ts';

export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

const name = (field: string): string => (/^[\w.{}:@]+$/.test(field) ? field : quoted(field));

function searchText(pattern: ValueOf<'pattern'>['pattern']): string {
  return `"${writePattern(pattern, SEARCH_WILDCARDS)}"`;
}

const SEARCH_WILDCARDS: Wildcards = {
  any: '*',
  one: '?',
  text: (part) => part.replace(/[\\"]/g, '\\$&'),
};

/** `search` has no wildcard of one character, no literal asterisk and no case. */
function beyondSearch({ value }: Test): boolean {
  switch (value.kind) {
    case 'pattern':
      return (
        value.cased ||
        hasOne(value.pattern) ||
        value.pattern.some((part) => typeof part === 'string' && part.includes('*'))
      );
    case 'regex':
    case 'field':
    case 'time':
      return true;
    default:
      return false;
  }
}

const SEARCH: Syntax = {
  title: 'Splunk',
  and: ' ',
  or: ' OR ',
  not: notPiece('NOT '),
  tests: {
    pattern: ({ pattern }, field) => atom(`${name(field)}=${searchText(pattern)}`),
    number: ({ value }, field) => atom(`${name(field)}=${value}`),
    boolean: ({ value }, field) => atom(`${name(field)}="${value}"`),
    null: (_, field) => ({ text: `NOT ${name(field)}=*`, level: 'not' }),
    exists: ({ exists }, field) =>
      exists ? atom(`${name(field)}=*`) : { text: `NOT ${name(field)}=*`, level: 'not' },
    cidr: ({ network }, field) => atom(`${name(field)}="${network}"`),
    order: ({ operator, value }, field) => atom(`${name(field)}${SIGNS[operator]}${value}`),
  },
  keyword: ({ value, range }) => {
    // In quotes alone a text is found as whole words only; a keyword stands anywhere in the event.
    if (value.kind === 'number' || value.kind === 'boolean') return atom(`"*${value.value}*"`);
    if (value.kind === 'pattern') return atom(searchText(widen(value.pattern, true, true)));
    throw new ConvertError('convert-keyword', 'A keyword of Splunk is a text.', range);
  },
  list: (field, tests) => {
    const texts = tests.map(({ value }) =>
      value.kind === 'pattern' && !isAny(value.pattern)
        ? searchText(value.pattern)
        : value.kind === 'number'
          ? String(value.value)
          : undefined,
    );
    if (texts.includes(undefined)) return undefined;
    return atom(`${name(field)} IN (${texts.join(', ')})`);
  },
};

const evalName = (field: string): string => (/^\w+$/.test(field) ? field : `'${field}'`);

/** True or false, never NULL. */
const present = (field: string, test: string): Piece => ({
  text: `isnotnull(${evalName(field)}) AND ${test}`,
  level: 'and',
});

const match = (field: string, regex: string): Piece =>
  present(field, `match(${evalName(field)}, ${quoted(regex)})`);

const WHERE: Syntax = {
  title: 'Splunk',
  and: ' AND ',
  or: ' OR ',
  not: notPiece('NOT '),
  tests: {
    pattern: ({ pattern, cased }, field) => {
      if (!cased && !hasWildcard(pattern)) {
        return present(field, `lower(${evalName(field)})=${quoted(pattern.join('').toLowerCase())}`);
      }
      return match(field, `(?${cased ? '' : 'i'}s)${patternRegex(pattern)}`);
    },
    number: ({ value }, field) => present(field, `${evalName(field)}="${value}"`),
    boolean: ({ value }, field) => present(field, `lower(${evalName(field)})="${value}"`),
    null: (_, field) => atom(`isnull(${evalName(field)})`),
    exists: ({ exists }, field) => atom(`${exists ? 'isnotnull' : 'isnull'}(${evalName(field)})`),
    cidr: ({ network }, field) => present(field, `cidrmatch("${network}", ${evalName(field)})`),
    order: ({ operator, value }, field) =>
      present(field, `tonumber(${evalName(field)})${SIGNS[operator]}${value}`),
    regex: ({ source, flags }, field) => match(field, withFlags(source, flags)),
    field: ({ field: other, position, cased }, field) => {
      const fold = (one: string) => (cased ? evalName(one) : `lower(${evalName(one)})`);
      const [a, b] = [fold(field), fold(other)];
      const compared = {
        equals: `${a}=${b}`,
        startswith: `substr(${a}, 1, len(${b}))=${b}`,
        endswith: `substr(${a}, -len(${b}))=${b}`,
        contains: `like(${a}, "%".${b}."%")`,
      }[position];
      return {
        text: `isnotnull(${evalName(field)}) AND isnotnull(${evalName(other)}) AND ${compared}`,
        level: 'and',
      };
    },
  },
  keyword: (test) => {
    const inner = SEARCH.keyword!(test).text;
    return atom(`searchmatch(${quoted(inner)})`);
  },
};

function withFlags(source: string, { i, m, s }: ValueOf<'regex'>['flags']): string {
  const flags = `${i ? 'i' : ''}${m ? 'm' : ''}${s ? 's' : ''}`;
  return flags === '' ? source : `(?${flags})${source}`;
}

export interface SplunkParts {
  /** For `search`; empty when everything needs `where`. */
  search: string;
  /** Commands behind it, each with its pipe. */
  commands: string[];
}

/** Splits what every event has to meet into what `search` can say and what needs commands of its own. */
export function splunkParts(expression: Expression): SplunkParts {
  const demands = flatten(expression);
  const search: Piece[] = [];
  const commands: string[] = [];
  for (const demand of demands) {
    if (!needsCommand(demand)) search.push(printExpression(demand, SEARCH));
    else if (demand.kind === 'test' && demand.field !== undefined && demand.value.kind === 'regex') {
      const { source, flags } = demand.value;
      commands.push(`| regex ${name(demand.field)}=${quoted(withFlags(source, flags))}`);
    } else commands.push(`| where ${printExpression(demand, WHERE).text}`);
  }
  const only = search.length === 1;
  return {
    search: search.map((piece) => (only || piece.level !== 'or' ? piece.text : grouped(piece))).join(' '),
    commands,
  };
}

function flatten(expression: Expression): readonly Expression[] {
  return expression.kind === 'and' ? expression.items.flatMap(flatten) : [expression];
}

function needsCommand(expression: Expression): boolean {
  if (expression.kind === 'test') return beyondSearch(expression);
  if (expression.kind === 'not') return needsCommand(expression.item);
  return expression.items.some(needsCommand);
}

/** A whole search. */
export function splunkSearch(expression: Expression): string {
  const { search, commands } = splunkParts(expression);
  return [search === '' ? '*' : search, ...commands].join(' ');
}
