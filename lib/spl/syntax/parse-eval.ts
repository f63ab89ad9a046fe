import type { Range } from '../../text/diagnostic.ts';
import type { EvalExpr, EvalField, EvalOp, EvalTarget } from './ast.ts';
import { undoEscapes } from './characters.ts';
import type { Cursor } from './cursor.ts';

/**
 * Eval expressions by operator precedence. From the Search Manual ("Boolean expressions", "Predicate expressions"):
 * NOT, AND, OR, XOR for `eval` and `where`, the reverse of `search` for AND and OR. The documentation gives `.` no place;
 * it stands with `+` and `-`, left to right.
 */
const BINARY: Record<string, { op: EvalOp; level: number }> = {
  xor: { op: 'xor', level: 1 },
  or: { op: 'or', level: 2 },
  and: { op: 'and', level: 3 },
  '=': { op: '=', level: 5 },
  '==': { op: '=', level: 5 },
  '!=': { op: '!=', level: 5 },
  '<>': { op: '!=', level: 5 },
  '<': { op: '<', level: 5 },
  '<=': { op: '<=', level: 5 },
  '>': { op: '>', level: 5 },
  '>=': { op: '>=', level: 5 },
  like: { op: 'like', level: 5 },
  '+': { op: '+', level: 6 },
  '-': { op: '-', level: 6 },
  '.': { op: '.', level: 6 },
  '*': { op: '*', level: 7 },
  '/': { op: '/', level: 7 },
  '%': { op: '%', level: 7 },
};
export const EVAL_LEVELS: Readonly<Record<EvalOp, number>> = Object.fromEntries(
  Object.values(BINARY).map(({ op, level }) => [op, level]),
) as Record<EvalOp, number>;
/** NOT binds tighter than AND and looser than a comparison; a sign binds tighter than a product. */
export const NOT_LEVEL = 4;
export const COMPARE_LEVEL = 5;
export const SIGN_LEVEL = 8;

export function parseEvalExpr(cursor: Cursor, min = 1): EvalExpr {
  cursor.enter();
  let left = parsePrefix(cursor, min);
  for (;;) {
    const next = parseInfix(cursor, left, min);
    if (!next) break;
    left = next;
  }
  cursor.leave();
  return left;
}

function parseInfix(cursor: Cursor, left: EvalExpr, min: number): EvalExpr | undefined {
  if (cursor.atStageEnd()) return undefined;
  const before = cursor.pos;
  const word = cursor.peekWord()?.toLowerCase();
  if (word === 'in' || word === 'not' || word === 'is') return parseWordOperator(cursor, left, min, word);
  const symbol = word ?? cursor.match(/[=!<>]=|<>(?!>)|[-=<>+*/%.]/y, false);
  const operator = symbol === undefined ? undefined : BINARY[symbol];
  if (!operator || operator.level < min) return undefined;
  if (symbol === '<' && cursor.match(/<<\w+>>/y, false)) return undefined;
  cursor.pos = before;
  if (word) cursor.keyword(word);
  else cursor.expect(symbol!);
  const right = parseEvalExpr(cursor, operator.level + 1);
  return { kind: 'binary', op: operator.op, left, right, range: span(left, right) };
}

function parseWordOperator(cursor: Cursor, left: EvalExpr, min: number, word: string): EvalExpr | undefined {
  if (COMPARE_LEVEL < min) return undefined;
  const start = cursor.pos;
  cursor.keyword(word);
  if (word === 'is') {
    const negated = cursor.keyword('not') !== undefined;
    if (!cursor.keyword('null')) cursor.fail('expected-token', '`NULL`');
    return { kind: 'is-null', expr: left, negated, range: { start: left.range.start, end: cursor.pos } };
  }
  if (word === 'not') {
    const next = cursor.peekWord()?.toLowerCase();
    if (next !== 'in' && next !== 'like') {
      cursor.pos = start;
      return undefined;
    }
    const expr = parseInfix(cursor, left, COMPARE_LEVEL)!;
    return { kind: 'unary', op: 'not', expr, range: expr.range };
  }
  const list = cursor.peek() === '[' ? [subsearchExpr(cursor)] : parseList(cursor, '(', ')');
  return { kind: 'in', expr: left, list, range: { start: left.range.start, end: cursor.pos } };
}

function parsePrefix(cursor: Cursor, min: number): EvalExpr {
  if (cursor.atStageEnd()) cursor.fail('expected-expression', 'an expression');
  const c = cursor.peek();
  const start = cursor.pos;
  if (c === '-' || c === '+') {
    cursor.expect(c);
    const expr = parseEvalExpr(cursor, SIGN_LEVEL);
    return { kind: 'unary', op: c, expr, range: { start, end: expr.range.end } };
  }
  const word = cursor.peekWord()?.toLowerCase();
  if (word === 'not') {
    cursor.keyword('not');
    const expr = parseEvalExpr(cursor, Math.max(NOT_LEVEL, Math.min(min, COMPARE_LEVEL)));
    const not: EvalExpr = { kind: 'unary', op: 'not', expr, range: { start, end: expr.range.end } };
    // `a > NOT b` is read, though a NOT does not belong there: as if it stood in parentheses.
    return min > NOT_LEVEL ? { ...not, parens: 1 } : not;
  }
  return parsePostfix(cursor, parsePrimary(cursor, c, start));
}

function parsePrimary(cursor: Cursor, c: string, start: number): EvalExpr {
  const spl2 = cursor.dialect === 'spl2';
  if (c === '(') return parseParens(cursor, start);
  if (c === '"') {
    const raw = cursor.quoted();
    return { kind: 'string', value: undoEscapes(raw.slice(1, -1)), raw, range: cursor.range(start) };
  }
  if (c === "'") return quotedField(cursor, start);
  if (c === '`') return cursor.macro();
  if (c === '[')
    return spl2
      ? { kind: 'array', items: parseList(cursor, '[', ']'), range: cursor.range(start) }
      : subsearchExpr(cursor);
  if (spl2 && c === '{') return parseObject(cursor, start);
  if (spl2 && c === '/') return parseRegex(cursor, start);
  const number = cursor.match(/(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w])/y);
  if (number !== undefined)
    return { kind: 'number', value: Number(number), raw: number, range: cursor.range(start) };
  const raw = cursor.identifier();
  if (raw === '') return cursor.fail('expected-expression', 'an expression');
  const range = cursor.range(start);
  const end = cursor.pos;
  if (cursor.peek() === '(') {
    const argNames: (string | undefined)[] = [];
    const args = parseList(cursor, '(', ')', spl2 ? argNames : undefined);
    const named = argNames.some((name) => name !== undefined) ? { argNames } : {};
    return {
      kind: 'call',
      name: raw.toLowerCase(),
      args,
      ...named,
      nameRange: range,
      range: cursor.range(start),
    };
  }
  const field: EvalField = { kind: 'eval-field', name: raw, raw, quoted: false, range };
  if (spl2 && cursor.match(/->/y)) return lambda(cursor, [field], start);
  cursor.pos = end;
  const constant = spl2 ? CONSTANTS[raw.toLowerCase()] : undefined;
  return constant === undefined ? field : { kind: 'constant', value: constant, range };
}

const CONSTANTS: Record<string, true | false | null> = { true: true, false: false, null: null };

function parseParens(cursor: Cursor, start: number): EvalExpr {
  if (cursor.dialect === 'spl2' && cursor.match(/\(\s*[$\w]+(?:\s*,\s*[$\w]+)*\s*\)\s*->/y, false)) {
    const params = parseList(cursor, '(', ')').filter((param) => param.kind === 'eval-field');
    cursor.expect('->');
    return lambda(cursor, params, start);
  }
  cursor.expect('(');
  const inner = parseEvalExpr(cursor);
  cursor.expect(')');
  return { ...inner, parens: (inner.parens ?? 0) + 1 };
}

function lambda(cursor: Cursor, params: EvalField[], start: number): EvalExpr {
  const body = parseEvalExpr(cursor);
  return { kind: 'lambda', params, body, range: { start, end: body.range.end } };
}

function quotedField(cursor: Cursor, start: number): EvalField {
  const raw = cursor.quoted();
  return {
    kind: 'eval-field',
    name: undoEscapes(raw.slice(1, -1), "'"),
    raw,
    quoted: true,
    range: cursor.range(start),
  };
}

function subsearchExpr(cursor: Cursor): EvalExpr {
  const subsearch = cursor.subsearch();
  return { kind: 'eval-subsearch', subsearch, range: subsearch.range };
}

/** Expressions between brackets, separated by commas; a trailing comma is let pass, as Splunk does. */
function parseList(cursor: Cursor, open: string, close: string, names?: (string | undefined)[]): EvalExpr[] {
  cursor.skip();
  cursor.expect(open);
  const items: EvalExpr[] = [];
  while (!cursor.eat(close)) {
    cursor.skip();
    names?.push(
      cursor
        .match(/[A-Za-z_]\w*\s*:(?=\s)/y)
        ?.slice(0, -1)
        .trim(),
    );
    items.push(parseEvalExpr(cursor));
    if (!cursor.eat(',')) {
      cursor.expect(close);
      break;
    }
  }
  return items;
}

/** SPL2: `a.b` and `a[0]`. Offsets of `range` cover the whole chain. */
function parsePostfix(cursor: Cursor, primary: EvalExpr): EvalExpr {
  if (cursor.dialect !== 'spl2') return primary;
  let expr = primary;
  const start = primary.range.start;
  for (;;) {
    if (cursor.match(/\.(?=[A-Za-z_'$])/y)) {
      const at = cursor.pos;
      const quoted = cursor.startsWith("'");
      const raw = quoted ? '' : cursor.identifier();
      const property: EvalField = quoted
        ? quotedField(cursor, at)
        : { kind: 'eval-field', name: raw, raw, quoted: false, range: cursor.range(at) };
      expr = { kind: 'member', object: expr, property, range: cursor.range(start) };
    } else if (cursor.pos < cursor.end && cursor.startsWith('[')) {
      cursor.expect('[');
      const index = parseEvalExpr(cursor);
      cursor.expect(']');
      expr = { kind: 'index', object: expr, index, range: cursor.range(start) };
    } else return expr;
  }
}

function parseObject(cursor: Cursor, start: number): EvalExpr {
  const entries: Extract<EvalExpr, { kind: 'object' }>['entries'] = [];
  cursor.expect('{');
  while (!cursor.eat('}')) {
    const c = cursor.peek();
    const at = cursor.pos;
    const quoted = c === '"' || c === "'";
    const raw = quoted ? cursor.quoted() : cursor.identifier();
    if (raw === '') cursor.fail('expected-key', 'a key');
    const value = quoted ? undoEscapes(raw.slice(1, -1), c) : raw;
    const key = { kind: 'text' as const, value, raw, quoted, range: cursor.range(at) };
    cursor.expect(':');
    entries.push({ key, value: parseEvalExpr(cursor) });
    if (!cursor.eat(',')) {
      cursor.expect('}');
      break;
    }
  }
  return { kind: 'object', entries, range: cursor.range(start) };
}

/** `/pattern/flags`. Inside a character class a slash needs no backslash. */
function parseRegex(cursor: Cursor, start: number): EvalExpr {
  let at = start + 1;
  let inClass = false;
  for (; at < cursor.end; at++) {
    const c = cursor.text[at];
    if (c === '\\') at++;
    else if (c === '[') inClass = true;
    else if (c === ']') inClass = false;
    else if (c === '\n' || (c === '/' && !inClass && closesRegex(cursor.text, at + 1))) break;
  }
  cursor.steps += at - start;
  if (cursor.text[at] !== '/' || at >= cursor.end)
    cursor.fail('unclosed-regex', 'a `/` that closes this regular expression');
  cursor.pos = at + 1;
  const flags = cursor.match(/[a-z]*/y) ?? '';
  const pattern = cursor.text.slice(start + 1, at).replaceAll('\\/', '/');
  return {
    kind: 'regex',
    pattern,
    flags,
    raw: cursor.text.slice(start, cursor.pos),
    range: cursor.range(start),
  };
}

/** A slash closes when flags and then a delimiter follow: `/(?i)/dest:rdp/` in a published search has one inside. */
function closesRegex(text: string, at: number): boolean {
  REGEX_END.lastIndex = at;
  return REGEX_END.test(text);
}
const REGEX_END = /[a-z]{0,8}\s*(?:$|[),\]};|=!<>+]|--|(?:AND|OR|XOR|and|or)\b)/y;

function span(left: { range: Range }, right: { range: Range }): Range {
  return { start: left.range.start, end: right.range.end };
}

/** The left side of an assignment: any run up to `=`, or a quoted name. `{field}` in it makes the name dynamic. */
export function parseTarget(cursor: Cursor): EvalTarget {
  const c = cursor.peek();
  const start = cursor.pos;
  const quoted = c === '"' || c === "'";
  const raw = quoted ? cursor.quoted() : (cursor.match(/(?:<<\w+>>|[^\s=,()|"'`<>[\]])+/y) ?? '');
  if (raw === '') return cursor.fail('expected-field', 'a field to assign to');
  const name = quoted ? undoEscapes(raw.slice(1, -1), c) : raw;
  return {
    kind: 'target',
    name,
    raw,
    dynamic: !quoted && /\{[^{}]+\}/.test(raw),
    range: cursor.range(start),
  };
}
