/** What an event must have for the condition of a `where` to hold. */
import { type Expression, join } from '../../sigma/rule/expression.ts';
import { parseRegex } from '../../spl/run/regex/parse.ts';
import { requiredTexts } from '../../spl/run/regex/required.ts';
import type { EvalBinary, EvalCall, EvalExpr } from '../../spl/syntax/ast.ts';
import { type FieldSource, isAscii, needsOfValues, RANGE } from './needs-of-values.ts';
import { isNull, originOfEval } from './origin-of-eval.ts';

/** Undefined where the condition may hold for any event. */
export function needsOfEval(expr: EvalExpr, source: FieldSource): Expression | undefined {
  switch (expr.kind) {
    case 'binary':
      return ofBinary(expr, source);
    case 'call':
      return Object.hasOwn(OF_CALLS, expr.name) ? OF_CALLS[expr.name]!(expr, source) : undefined;
    case 'in':
      return oneOf(expr.expr, expr.list, source);
    case 'is-null':
      return expr.negated ? some(expr.expr, source) : undefined;
    default:
      return undefined;
  }
}

function ofBinary({ op, left, right }: EvalBinary, source: FieldSource): Expression | undefined {
  switch (op) {
    case 'and': {
      const items = [left, right].flatMap((side) => needsOfEval(side, source) ?? []);
      return items.length === 0 ? undefined : join('and', items, RANGE);
    }
    case 'or': {
      const items = [left, right].map((side) => needsOfEval(side, source));
      const known = items.filter((item) => item !== undefined);
      return known.length < items.length ? undefined : join('or', known, RANGE);
    }
    case '=':
      if (isTrue(right)) return needsOfEval(left, source);
      if (isTrue(left)) return needsOfEval(right, source);
      return left.kind === 'string' ? equals(right, left, source) : equals(left, right, source);
    case 'like':
      return isLike(left, right, source);
    case '!=':
      return some(isNull(left) ? right : left, source);
    // What is not there is neither less nor more than anything.
    case '<':
    case '<=':
    case '>':
    case '>=':
      return some(left.kind === 'number' ? right : left, source);
    default:
      return undefined;
  }
}

const isTrue = (expr: EvalExpr): boolean =>
  (expr.kind === 'constant' && expr.value === true) || (expr.kind === 'call' && expr.name === 'true');

/** The expression has a value. */
const some = (expr: EvalExpr, source: FieldSource): Expression | undefined =>
  needsOfValues(originOfEval(expr, source), ['*']);

const equals = (expr: EvalExpr, value: EvalExpr, source: FieldSource): Expression | undefined =>
  needsOfValues(originOfEval(expr, source), [textOf(value)]);

/** Numbers are equal however they are written. */
function textOf(value: EvalExpr): string {
  if (value.kind !== 'string' || value.value === '') return '*';
  return isAscii(value.value) && Number.isNaN(Number(value.value)) ? value.value : '*';
}

function oneOf(expr: EvalExpr, list: readonly EvalExpr[], source: FieldSource): Expression | undefined {
  if (expr.kind !== 'string')
    return needsOfValues(
      originOfEval(expr, source),
      list.map((item) => textOf(item)),
    );
  const items = list.map((item) => equals(item, expr, source));
  const known = items.filter((item) => item !== undefined);
  return known.length < items.length ? undefined : join('or', known, RANGE);
}

/** `%` and `_` stand for any text here: one letter is not told from more. */
function isLike(expr: EvalExpr, like: EvalExpr, source: FieldSource): Expression | undefined {
  const written = like.kind === 'string' && isAscii(like.value) ? like.value : '%';
  return needsOfValues(originOfEval(expr, source), [written.replaceAll(/[%_\\]+/g, '*') || '*']);
}

function isMatch(expr: EvalExpr, regex: EvalExpr, source: FieldSource): Expression | undefined {
  const texts = requiredOf(regex)?.filter((text) => text !== '') ?? [];
  // The members of a list are put together with line breaks.
  const usable = texts.length > 0 && texts.every((text) => !text.includes('\n') && !text.includes('*'));
  return needsOfValues(originOfEval(expr, source), usable ? texts.map((text) => `*${text}*`) : ['*']);
}

function requiredOf(regex: EvalExpr): readonly string[] | undefined {
  const source = regex.kind === 'string' ? regex.value : writtenOf(regex);
  const tree = source === undefined ? undefined : parseRegex(source, true);
  return tree === undefined || 'code' in tree ? undefined : requiredTexts(tree);
}

/** Flags that change which letters are meant are few: `x` leaves blanks out. */
const writtenOf = (regex: EvalExpr): string | undefined =>
  regex.kind === 'regex' && !regex.flags.includes('x') ? regex.pattern : undefined;

const matches = ({ args: [text, regex] }: EvalCall, source: FieldSource): Expression | undefined =>
  text && regex && isMatch(text, regex, source);

/** Conditions that are functions; any other may hold whatever the event has. */
const OF_CALLS: { readonly [name: string]: (call: EvalCall, source: FieldSource) => Expression | undefined } =
  {
    match: matches,
    match_regex: matches,
    like: ({ args: [text, like] }, source) => text && like && isLike(text, like, source),
    in: ({ args: [value, ...list] }, source) => value && oneOf(value, list, source),
    isnotnull: ({ args: [value] }, source) => value && some(value, source),
    cidrmatch: ({ args: [, address] }, source) => address && some(address, source),
  };
