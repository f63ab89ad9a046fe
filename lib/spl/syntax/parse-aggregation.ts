import type { Aggregation, AggregationArg, FieldRef, Option, Text } from './ast.ts';
import { undoEscapes } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { type OptionTypes, parseAlias, parseOption } from './parse-arguments.ts';
import { parseEvalExpr } from './parse-eval.ts';

/**
 * Aggregations up to `by`, `over`, `from`, `where` or the end of the stage, options among them. Names of functions are
 * not checked here: which exist is the evaluator's table.
 */
export function parseAggregations(
  cursor: Cursor,
  types: OptionTypes,
  options: Option[],
  stop: string[],
): Aggregation[] {
  const list: Aggregation[] = [];
  while (!cursor.atStageEnd()) {
    if (cursor.eat(',')) continue;
    const word = cursor.peekWord()?.toLowerCase();
    if (word !== undefined && stop.includes(word)) break;
    const start = cursor.pos;
    if (cursor.text[start] === '`') {
      const macro = cursor.macro();
      if (list.length === 0) options.push(macroOption(macro));
      else
        list.push({ kind: 'aggregation', func: '', label: macro.raw, rest: [], macro, range: macro.range });
      continue;
    }
    // `agg=count(x)` is another spelling of `count(x)` in `chart` and `timechart`.
    if (types.agg) cursor.match(/agg\s*=\s*/iy);
    const option = parseOption(cursor, types, list.length > 0);
    if (option) options.push(option);
    else list.push(parseAggregation(cursor));
  }
  return list;
}

export function macroOption(macro: NonNullable<Option['macro']>): Option {
  const value: Text = { kind: 'text', value: macro.raw, raw: macro.raw, quoted: false, range: macro.range };
  return {
    kind: 'option',
    name: '',
    value,
    nameRange: macro.range,
    trailing: false,
    macro,
    range: macro.range,
  };
}

function parseAggregation(cursor: Cursor): Aggregation {
  const call = parseCall(cursor);
  const alias = parseAlias(cursor);
  if (!alias) return call;
  return { ...call, alias, range: { start: call.range.start, end: alias.range.end } };
}

function parseCall(cursor: Cursor): Aggregation {
  cursor.skip();
  const start = cursor.pos;
  const name =
    cursor.match(/[A-Za-z_]\w*/y) ??
    cursor.fail('expected-aggregation', 'an aggregation such as `count` or `values(field)`');
  const func = name.toLowerCase();
  if (func === 'as') {
    cursor.pos = start;
    cursor.fail('expected-aggregation', 'an aggregation before `as`');
  }
  const nameEnd = cursor.pos;
  if (func === 'eval' && cursor.peek() === '(') {
    const expr = parseEvalExpr(cursor, 9);
    return {
      kind: 'aggregation',
      func: '',
      label: cursor.text.slice(start, cursor.pos),
      arg: { kind: 'agg-expr', expr, wrapped: true },
      rest: [],
      range: cursor.range(start),
    };
  }
  if (cursor.peek() !== '(') {
    cursor.pos = nameEnd;
    return { kind: 'aggregation', func, label: name, rest: [], range: cursor.range(start) };
  }
  cursor.expect('(');
  const rest: Text[] = [];
  let arg: AggregationArg | undefined;
  cursor.skip();
  const argStart = cursor.pos;
  let argEnd = argStart;
  if (cursor.peek() !== ')') {
    arg = parseArgument(cursor, func);
    argEnd = cursor.pos;
    while (cursor.eat(',')) {
      rest.push(cursor.word() ?? cursor.fail('expected-value', 'a value'));
      argEnd = cursor.pos;
    }
  }
  cursor.expect(')');
  const written = cursor.text.slice(argStart, argEnd).trim();
  const label = `${name}(${arg?.kind === 'agg-field' && rest.length === 0 ? arg.field.name : written})`;
  const call: Aggregation = { kind: 'aggregation', func, label, rest, range: cursor.range(start) };
  if (arg) call.arg = arg;
  return call;
}

function parseArgument(cursor: Cursor, func: string): AggregationArg {
  const start = cursor.pos;
  if (func === 'sparkline') {
    cursor.enter();
    const aggregation = parseCall(cursor);
    cursor.leave();
    return { kind: 'agg-nested', aggregation };
  }
  if (cursor.match(/eval(?=\s*\()/iy)) {
    cursor.skip();
    cursor.expect('(');
    const expr = parseEvalExpr(cursor);
    cursor.expect(')');
    return { kind: 'agg-expr', expr, wrapped: true };
  }
  const field = simpleField(cursor);
  if (field) return { kind: 'agg-field', field };
  cursor.pos = start;
  return { kind: 'agg-expr', expr: parseEvalExpr(cursor), wrapped: false };
}

/** A name up to the closing parenthesis or comma; undefined when it is an expression. */
function simpleField(cursor: Cursor): FieldRef | undefined {
  const c = cursor.peek();
  const start = cursor.pos;
  const quoted = c === '"' || c === "'";
  if (c === '`') {
    const macro = cursor.macro();
    return { kind: 'field', name: macro.raw, raw: macro.raw, quoted: false, range: macro.range, macro };
  }
  const raw = quoted ? cursor.quoted() : cursor.match(/[^\s,()|"'`[\]]+/y);
  if (raw === undefined) return undefined;
  const range = cursor.range(start);
  const next = cursor.peek();
  if (next !== ')' && next !== ',') return undefined;
  // `count(a*2)`: digits or an operator other than a wildcard make it an expression.
  if (!quoted && /[=<>!]|\*\d|[+/]/.test(raw)) return undefined;
  const name = undoEscapes(quoted ? raw.slice(1, -1) : raw, c);
  return { kind: 'field', name, raw, quoted, range };
}
