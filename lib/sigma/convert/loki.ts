/**
 * Grafana Loki (LogQL). Label filters know no `not`, so a negation is carried to the tests; an absent label is an empty
 * one. Regular expressions of label filters cover the whole value. What label filters cannot ask (two fields, a text of
 * the line beside fields) is asked by a template, whose answer is a label. Source: Loki "Log queries", "Template
 * functions".
 */
import type { Expression, Order, Test } from '../rule/expression.ts';
import { ConvertError } from './error.ts';
import { isAny, patternRegex } from './patterns.ts';
import { atom, grouped, joinPieces, type Piece, type Syntax, type ValueOf } from './syntax.ts';

const SIGNS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };
const OPPOSITE: Readonly<Record<Order, Order>> = { lt: 'gte', lte: 'gt', gt: 'lte', gte: 'lt' };

/** The stage `json` joins names with `_`; labels have no other characters. */
const label = (field: string): string => field.replace(/\W/g, '_').replace(/^\d/, '_$&');

function quoted(text: string): string {
  return text.includes('`') ? `"${text.replace(/[\\"]/g, '\\$&')}"` : `\`${text}\``;
}

const JOIN: Syntax = {
  title: 'Loki',
  and: ' and ',
  or: ' or ',
  not: (inner) => inner,
  tests: {},
};

/** `stages` takes the templates that the labels asked for come from. */
function print(expression: Expression, negated: boolean, stages: string[]): Piece {
  if (expression.kind === 'not') return print(expression.item, !negated, stages);
  if (expression.kind === 'test') return printTest(expression, negated, stages);
  const kind = negated ? (expression.kind === 'and' ? 'or' : 'and') : expression.kind;
  return joinPieces(
    kind,
    expression.items.map((item) => print(item, negated, stages)),
    JOIN,
  );
}

function whole(source: string): string {
  const start = source.startsWith('^') ? '' : '.*';
  const end = /(?:^|[^\\])(?:\\\\)*\$$/.test(source) ? '' : '.*';
  return start === '' && end === '' ? source : `${start}(?:${source})${end}`;
}

function answer(template: string, negated: boolean, stages: string[]): Piece {
  const name = `answer_${stages.length + 1}`;
  stages.push(`${name}=\`{{ if ${template} }}yes{{ end }}\``);
  return atom(`${name}${negated ? '!=' : '='}\`yes\``);
}

/** In templates: the outer quotation marks are backticks. */
const templateText = (text: string): string => JSON.stringify(text).replaceAll('`', '\\x60');

function compareFields(field: string, { field: other, position, cased }: ValueOf<'field'>): string {
  const [a, b] = [label(field), label(other)].map((name) => (cased ? `.${name}` : `(lower .${name})`));
  const compared = {
    equals: `eq ${a} ${b}`,
    startswith: `hasPrefix ${b} ${a}`,
    endswith: `hasSuffix ${b} ${a}`,
    contains: `contains ${b} ${a}`,
  }[position];
  return `and .${label(field)} .${label(other)} (${compared})`;
}

function printTest(test: Test, negated: boolean, stages: string[]): Piece {
  const { field, value, range } = test;
  if (field === undefined) return answer(`count ${templateText(lineRegex(test))} __line__`, negated, stages);
  const name = label(field);
  const [equal, matches] = negated ? ['!=', '!~'] : ['=', '=~'];
  switch (value.kind) {
    case 'pattern': {
      if (isAny(value.pattern)) return atom(`${name}${negated ? '=' : '!='}\`\``);
      if (value.pattern.length === 0) return atom(`${name}${equal}\`\``);
      const regex = patternRegex(value.pattern);
      const open = [!regex.startsWith('^'), !regex.endsWith('$')];
      const flags = value.cased ? '(?s)' : '(?is)';
      return atom(
        `${name}${matches}${quoted(`${flags}${open[0] ? '.*' : ''}${regex}${open[1] ? '.*' : ''}`)}`,
      );
    }
    case 'number':
      return atom(`${name}${equal}\`${value.value}\``);
    case 'boolean':
      return atom(`${name}${matches}\`(?i)${value.value}\``);
    case 'null':
      return atom(`${name}${equal}\`\``);
    case 'exists':
      return atom(`${name}${value.exists === negated ? '=' : '!='}\`\``);
    case 'regex': {
      const { i, m, s } = value.flags;
      const flags = `${i ? 'i' : ''}${m ? 'm' : ''}${s ? 's' : ''}`;
      return atom(`${name}${matches}${quoted(`${flags === '' ? '' : `(?${flags})`}${whole(value.source)}`)}`);
    }
    case 'cidr':
      return atom(`${name}${equal}ip("${value.network}")`);
    case 'order':
      return atom(`${name}${SIGNS[negated ? OPPOSITE[value.operator] : value.operator]}${value.value}`);
    case 'field':
      return answer(compareFields(field, value), negated, stages);
    case 'time':
      throw new ConvertError('convert-time-part', 'Loki has no parts of a time.', range);
  }
}

/** Line filters for a search of keywords only; they can be joined by `or`, or follow each other. */
function lineFilters(expression: Expression, negated: boolean): string | undefined {
  if (expression.kind === 'not') return lineFilters(expression.item, !negated);
  if (expression.kind === 'test') {
    if (expression.field !== undefined) return undefined;
    return `${negated ? '!~' : '|~'} ${quoted(lineRegex(expression))}`;
  }
  const together = negated ? expression.kind === 'or' : expression.kind === 'and';
  if (together) {
    const filters = expression.items.map((item) => lineFilters(item, negated));
    return filters.includes(undefined) ? undefined : filters.join(' ');
  }
  if (negated || !expression.items.every((item) => item.kind === 'test' && item.field === undefined))
    return undefined;
  return `|~ ${quoted((expression.items as readonly Test[]).map((test) => `(?:${lineRegex(test)})`).join('|'))}`;
}

function lineRegex({ value, range }: Test): string {
  if (value.kind === 'number' || value.kind === 'boolean') return `(?i)${value.value}`;
  if (value.kind === 'pattern')
    return `${value.cased ? '' : '(?i)'}${patternRegex(value.pattern).replace(/^\^|\$$/g, '')}`;
  if (value.kind === 'regex') return `${value.flags.i ? '(?i)' : ''}${value.source}`;
  throw new ConvertError('convert-keyword', 'A keyword of Loki is a text.', range);
}

/** Demands on the line first, then on labels. */
export function lokiQuery(expression: Expression, selector: string): string {
  const demands = expression.kind === 'and' ? expression.items : [expression];
  const lines: string[] = [];
  const labels: Expression[] = [];
  for (const demand of demands) {
    const filter = lineFilters(demand, false);
    if (filter === undefined) labels.push(demand);
    else lines.push(filter);
  }
  const head = [selector, ...lines].join(' ');
  if (labels.length === 0) return head;
  const stages: string[] = [];
  const pieces = labels.map((item) => print(item, false, stages));
  const asked = stages.length === 0 ? '' : `label_format ${stages.join(', ')} | `;
  return `${head} | json | ${asked}${pieces.length === 1 ? pieces[0]!.text : pieces.map((piece) => (piece.level === 'or' ? grouped(piece) : piece.text)).join(' and ')}`;
}
