import type { FieldRef, SearchExpr, SearchOp, SearchValue } from './ast.ts';
import { undoEscapes } from './characters.ts';
import type { Cursor } from './cursor.ts';

/**
 * Search expressions. Precedence, from the Search Manual ("Boolean expressions"): parentheses, NOT, OR, AND; a blank
 * between two terms is AND. The operators must be upper case, anything else is a term.
 */

/** True where the surrounding command's own keyword ends the expression (`by` in `tstats ... where`). */
export type Stop = (cursor: Cursor) => boolean;
const never: Stop = () => false;

export function parseSearchExpr(cursor: Cursor, stop: Stop = never): SearchExpr {
  const start = at(cursor);
  const items: SearchExpr[] = [];
  const explicit: boolean[] = [];
  for (;;) {
    const and = operator(cursor, 'AND');
    if (items.length > 0) {
      if (!and && atEnd(cursor, stop)) break;
      explicit.push(and);
    } else if (and || atEnd(cursor, stop)) {
      cursor.fail('expected-search-term', 'a search term');
    }
    items.push(parseOr(cursor, stop));
  }
  if (items.length === 1) return items[0]!;
  return { kind: 'search-and', items, explicit, range: { start, end: items.at(-1)!.range.end } };
}

function parseOr(cursor: Cursor, stop: Stop): SearchExpr {
  const start = at(cursor);
  const items = [parseNot(cursor, stop)];
  while (operator(cursor, 'OR')) items.push(parseNot(cursor, stop));
  if (items.length === 1) return items[0]!;
  return { kind: 'search-or', items, range: { start, end: items.at(-1)!.range.end } };
}

function parseNot(cursor: Cursor, stop: Stop): SearchExpr {
  const start = at(cursor);
  if (!operator(cursor, 'NOT')) return parseSearchPrimary(cursor, stop);
  cursor.enter();
  const expr = parseNot(cursor, stop);
  cursor.leave();
  return { kind: 'search-not', expr, range: { start, end: expr.range.end } };
}

/** One term, comparison, group or subsearch. */
export function parseSearchPrimary(cursor: Cursor, stop: Stop = never): SearchExpr {
  if (atEnd(cursor, stop)) cursor.fail('expected-search-term', 'a search term');
  const c = cursor.peek();
  const start = cursor.pos;
  if (c === '(') {
    cursor.expect('(');
    cursor.enter();
    if (cursor.eat(')')) {
      cursor.leave();
      return { kind: 'search-and', items: [], explicit: [], parens: 1, range: cursor.range(start) };
    }
    const inner = parseSearchExpr(cursor);
    cursor.expect(')');
    cursor.leave();
    return { ...inner, parens: (inner.parens ?? 0) + 1 };
  }
  if (c === '[') {
    const subsearch = cursor.subsearch();
    return { kind: 'search-subsearch', subsearch, range: subsearch.range };
  }
  if (c === '`') return cursor.macro();
  if (c === ',') {
    // A lone comma stands between terms in a few hand-written searches; it is matched as text, as Splunk does.
    cursor.expect(',');
    return { kind: 'search-term', value: plain(cursor, start), range: cursor.range(start) };
  }
  return parseTermOrCompare(cursor);
}

function parseTermOrCompare(cursor: Cursor): SearchExpr {
  const start = cursor.pos;
  const directive = cursor.match(/(?:TERM|CASE)(?=\()/y);
  if (directive) {
    const value = parseDirective(cursor, directive as 'TERM' | 'CASE');
    return { kind: 'search-term', value, range: cursor.range(start) };
  }
  const head = cursor.word('search');
  if (!head) return cursor.fail('expected-search-term', 'a search term');
  const colons = head.quoted ? -1 : head.raw.indexOf('::', 1);
  if (colons > 0 && colons + 2 < head.raw.length) {
    cursor.pos = start + colons + 2;
    const value = parseValue(cursor);
    const field = fieldOf(cursor, start, start + colons, false);
    return { kind: 'search-compare', field, op: '::', value, range: cursor.range(start) };
  }
  const end = cursor.pos;
  const c = cursor.peek();
  if (c === '=' || c === '<' || c === '>' || c === '!') {
    const op = cursor.match(/==|!=|<=|>=|[=<>]/y);
    if (op) {
      const field = fieldOf(cursor, start, end, head.quoted);
      const value = parseValue(cursor);
      return {
        kind: 'search-compare',
        field,
        op: (op === '==' ? '=' : op) as SearchOp,
        value,
        range: cursor.range(start),
      };
    }
  }
  if ((c === 'I' || c === 'i') && cursor.match(/in(?=\s*\()/iy)) {
    const field = fieldOf(cursor, start, end, head.quoted);
    const values = parseValueList(cursor);
    return { kind: 'search-in', field, values, range: cursor.range(start) };
  }
  cursor.pos = end;
  const { value, raw, quoted, range } = head;
  return { kind: 'search-term', value: { kind: 'search-value', value, raw, quoted, range }, range };
}

function parseValueList(cursor: Cursor): SearchValue[] {
  cursor.expect('(');
  const values: SearchValue[] = [];
  while (!cursor.eat(')')) {
    if (cursor.eat(',')) continue;
    values.push(parseValue(cursor));
  }
  return values;
}

function parseValue(cursor: Cursor): SearchValue {
  const c = cursor.peek();
  const start = cursor.pos;
  if (c === '`') {
    const macro = cursor.macro();
    return {
      kind: 'search-value',
      value: macro.raw,
      raw: macro.raw,
      quoted: false,
      range: macro.range,
      macro,
    };
  }
  const directive = cursor.match(/(?:TERM|CASE)(?=\()/y);
  if (directive) return parseDirective(cursor, directive as 'TERM' | 'CASE');
  if (c === '"') {
    const word = cursor.word('value')!;
    return { kind: 'search-value', value: word.value, raw: word.raw, quoted: true, range: word.range };
  }
  if (c === '=') cursor.fail('expected-value', 'a value');
  // `*"two words"*`: quotes inside a bare value only protect blanks.
  let value = '';
  for (;;) {
    const run = cursor.run('value');
    value += undoEscapes(run).replaceAll(/\\(?=\s)/g, '');
    if (run === '' || cursor.pos >= cursor.end || !cursor.startsWith('"')) break;
    value += undoEscapes(cursor.quoted().slice(1, -1));
  }
  if (cursor.pos === start) cursor.fail('expected-value', 'a value');
  // `latest=now()`.
  value += cursor.match(/\(\)/y) ?? '';
  return {
    kind: 'search-value',
    value,
    raw: cursor.text.slice(start, cursor.pos),
    quoted: false,
    range: cursor.range(start),
  };
}

function parseDirective(cursor: Cursor, directive: 'TERM' | 'CASE'): SearchValue {
  cursor.expect('(');
  const c = cursor.peek();
  const start = cursor.pos;
  let raw = '';
  if (c === '"') {
    raw = cursor.quoted();
  } else {
    let depth = 0;
    for (; cursor.pos < cursor.end; cursor.pos++) {
      const d = cursor.text[cursor.pos];
      if (d === '(') depth++;
      else if (d === '|' || (d === ')' && depth-- === 0)) break;
    }
    cursor.steps += cursor.pos - start;
    raw = cursor.text.slice(start, cursor.pos).trimEnd();
  }
  const range = { start, end: start + raw.length };
  cursor.expect(')');
  const quoted = c === '"';
  const value = quoted ? undoEscapes(raw.slice(1, -1)) : raw;
  return { kind: 'search-value', value, raw, quoted, directive, range };
}

function plain(cursor: Cursor, start: number): SearchValue {
  const raw = cursor.text.slice(start, cursor.pos);
  return { kind: 'search-value', value: raw, raw, quoted: false, range: cursor.range(start) };
}

function fieldOf(cursor: Cursor, start: number, end: number, quoted: boolean): FieldRef {
  const raw = cursor.text.slice(start, end);
  const name = undoEscapes(quoted ? raw.slice(1, -1) : raw);
  return { kind: 'field', name, raw, quoted, range: { start, end } };
}

function at(cursor: Cursor): number {
  cursor.skip();
  return cursor.pos;
}

function atEnd(cursor: Cursor, stop: Stop): boolean {
  return cursor.atStageEnd() || cursor.startsWith(')') || stop(cursor);
}

function operator(cursor: Cursor, name: 'AND' | 'OR' | 'NOT'): boolean {
  cursor.skip();
  const pattern =
    name === 'AND'
      ? /AND(?![^\s()[\]"`|])/y
      : name === 'OR'
        ? /OR(?![^\s()[\]"`|])/y
        : /NOT(?![^\s()[\]"`|])/y;
  return cursor.match(pattern) !== undefined;
}
