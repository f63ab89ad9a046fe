import type { Range } from '../../text/diagnostic.ts';
import type { Token } from './condition.ts';
import type { Aggregation, AggregationFunction } from './model.ts';

const FUNCTIONS = new Set<string>(['count', 'min', 'max', 'avg', 'sum']);
const OPERATORS = new Set(['<', '<=', '>', '>=', '=']);
const FORM = 'write `| count(FIELD) by FIELD > NUMBER`';

/** Reads what stands behind `|`; a text says what is wrong with it. */
export function parseAggregation(tokens: readonly Token[], range: Range): Aggregation | string {
  const words = split(tokens);
  const first = words[0]?.toLowerCase();
  if (first === undefined) return `Nothing stands behind \`|\`; ${FORM}.`;
  if (first === 'near') return near(words.slice(1), range);
  if (!FUNCTIONS.has(first)) return `\`${words[0]}\` is no aggregation; ${FORM}.`;
  let at = 1;
  let field: string | undefined;
  if (words[at] === '(') {
    if (words[at + 1] !== ')') {
      field = words[at + 1];
      at += 1;
    }
    if (words[at + 1] !== ')') return `The parenthesis behind \`${words[0]}\` is not closed; ${FORM}.`;
    at += 2;
  }
  let by: string | undefined;
  if (words[at]?.toLowerCase() === 'by') {
    by = words[at + 1];
    if (by === undefined || OPERATORS.has(by)) return `A field has to follow \`by\`; ${FORM}.`;
    at += 2;
  }
  const operator = words[at];
  if (operator === undefined || !OPERATORS.has(operator)) {
    return `A comparison with a number is missing; ${FORM}.`;
  }
  const valueText = words[at + 1] ?? '';
  if (!/^-?\d+(?:\.\d+)?$/.test(valueText)) return `\`${operator}\` needs a number; ${FORM}.`;
  if (words.length > at + 2) return `\`${words[at + 2]}\` cannot follow the number; ${FORM}.`;
  return {
    kind: 'aggregate',
    function: first as AggregationFunction,
    field,
    by,
    operator: operator as '<' | '<=' | '>' | '>=' | '=',
    value: Number(valueText),
    valueText,
    range,
  };
}

function near(words: readonly string[], range: Range): Aggregation | string {
  const include: string[] = [];
  const exclude: string[] = [];
  let into = include;
  let expected = true;
  for (const word of words) {
    const lower = word.toLowerCase();
    if (lower === 'and') expected = true;
    else if (lower === 'not') into = exclude;
    else if (!expected || !/^[\w*-]+$/.test(word))
      return 'Behind `near` stand names joined by `and` and `and not`.';
    else {
      into.push(word);
      into = include;
      expected = false;
    }
  }
  if (include.length === 0) return 'Behind `near` stands the name of a search.';
  return { kind: 'near', include, exclude, range };
}

/** `>10` and `count(x)by` are several words. */
function split(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ text }) => text.match(/[<>]=?|=|[()]|[^<>=()]+/g) ?? []);
}
