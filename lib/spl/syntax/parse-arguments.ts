import type { FieldPair, FieldRef, Option, SortKey, Text } from './ast.ts';
import { undoEscapes } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { parseEvalExpr } from './parse-eval.ts';
import { parseSearchExpr, parseSearchPrimary } from './parse-search.ts';

/** The pieces that argument lists of commands are made of: options, fields, `a AS b` pairs, sort keys. */

/** How an option's value is read: `c` holds a condition (search or eval), anything else is one word or string. */
export type OptionTypes = Readonly<Record<string, string>>;

/** `name=value` at the cursor, or undefined without moving. `known` options accept blanks around `=`. */
export function parseOption(
  cursor: Cursor,
  types: OptionTypes,
  trailing: boolean,
  anyName = true,
): Option | undefined {
  cursor.skip();
  const start = cursor.pos;
  const written = cursor.match(/[A-Za-z_][\w.]*(?=\s*=(?!=))/y);
  if (written === undefined) return undefined;
  const lower = written.toLowerCase();
  const type = types[lower] ?? (types['*'] ? 's' : undefined);
  if (type === undefined && !anyName) {
    cursor.pos = start;
    return undefined;
  }
  const name = types[lower] ? lower : written;
  const nameRange = cursor.range(start);
  if (type === undefined) {
    cursor.report(
      'unknown-option',
      `\`${cursor.command}\` has no option \`${written}\`; it is kept as written and has no effect.`,
      nameRange,
      'warning',
    );
  }
  cursor.expect('=');
  const option: Option = {
    kind: 'option',
    name,
    value: { kind: 'text', value: '', raw: '', quoted: false, range: nameRange },
    nameRange,
    trailing,
    range: nameRange,
  };
  if (type === 'c') parseCondition(cursor, option);
  else option.value = optionValue(cursor);
  option.range = cursor.range(start);
  return option;
}

function optionValue(cursor: Cursor): Text {
  const c = cursor.peek();
  const start = cursor.pos;
  if (c === '[' && cursor.dialect === 'spl2') {
    parseEvalExpr(cursor);
    const raw = cursor.text.slice(start, cursor.pos).trimEnd();
    return { kind: 'text', value: raw, raw, quoted: false, range: { start, end: start + raw.length } };
  }
  if (c === '"' || c === "'" || c === '`') return cursor.word('value')!;
  // `span=1log10`, `limit=top5`, `a=1-10`, `agg=count(x)`: everything up to a blank or comma.
  const raw = cursor.match(
    cursor.dialect === 'spl2'
      ? /(?:[^\s,|()[\]"`\\;]|\\[^\s]|\([^()|"`;]*\))+/y
      : /(?:[^\s,|()[\]"`\\]|\\[^\s]|\([^()|"`]*\))+/y,
  );
  if (raw === undefined || raw.startsWith('=')) return cursor.fail('expected-value', 'a value');
  return { kind: 'text', value: undoEscapes(raw), raw, quoted: false, range: cursor.range(start) };
}

/** `eval(expr)`, `(search)`, `"search"`, `"("expr")"`, or a bare `field=value`. */
function parseCondition(cursor: Cursor, option: Option): void {
  const c = cursor.peek();
  const start = cursor.pos;
  const reset = option.name.startsWith('reset_');
  let inner: string | undefined;
  let value: string;
  if (cursor.match(/eval(?=\s*\()/iy) || (reset && c === '(')) {
    option.condition = { kind: 'eval-condition', expr: parseEvalExpr(cursor, 9) };
    value = cursor.text.slice(start, cursor.pos);
  } else if (c === '(' || (c !== '"' && c !== "'")) {
    option.condition = { kind: 'search-condition', expr: parseSearchPrimary(cursor) };
    value = cursor.text.slice(start, cursor.pos);
  } else {
    const literal = cursor.match(/"\("(?:[^"\\]|\\.|"(?!\)"))*"\)"/y);
    const raw = literal ?? cursor.quoted();
    inner = undoEscapes(literal ? raw.slice(3, -3) : raw.slice(1, -1), c);
    value = inner;
    const nested = cursor.nested(inner, start + (literal ? 3 : 1));
    option.condition = reset
      ? { kind: 'eval-condition', expr: parseEvalExpr(nested) }
      : { kind: 'search-condition', expr: parseSearchExpr(nested) };
  }
  const raw = cursor.text.slice(start, cursor.pos);
  option.value = { kind: 'text', value, raw, quoted: inner !== undefined, range: cursor.range(start) };
}

/** A field name: bare, quoted, with a call's parentheses glued to it (`values(x)`), or a macro. */
export function parseField(cursor: Cursor): FieldRef | undefined {
  const c = cursor.peek();
  const start = cursor.pos;
  if (c === '`') {
    const macro = cursor.macro();
    return { kind: 'field', name: macro.raw, raw: macro.raw, quoted: false, range: macro.range, macro };
  }
  const word = cursor.word();
  if (!word) return undefined;
  if (!word.quoted) {
    while (
      cursor.pos < cursor.end &&
      cursor.startsWith('(') &&
      cursor.match(/\([^()|`]*(?:\([^()|`]*\)[^()|`]*)*\)/y)
    )
      cursor.run('arg');
  }
  const raw = cursor.text.slice(start, cursor.pos);
  const name = word.quoted ? word.value : undoEscapes(raw);
  return { kind: 'field', name, raw, quoted: word.quoted, range: cursor.range(start) };
}

export function requireField(cursor: Cursor): FieldRef {
  return parseField(cursor) ?? cursor.fail('expected-field', 'a field');
}

export interface ListOptions {
  types: OptionTypes;
  options: Option[];
  /** Ends the list: a keyword of the command. */
  stop?: string[];
  /** Other positional arguments came before: options here are trailing ones. */
  after?: boolean;
}

/** Fields separated by commas or blanks, options anywhere among them, up to the end of the stage or a keyword. */
export function parseFields(
  cursor: Cursor,
  { types, options, stop = [], after = false }: ListOptions,
): FieldRef[] {
  const fields: FieldRef[] = [];
  while (!cursor.atStageEnd() && cursor.peek() !== ')' && cursor.peek() !== '[') {
    if (cursor.eat(',')) continue;
    const word = stop.length > 0 ? cursor.peekWord()?.toLowerCase() : undefined;
    if (word !== undefined && stop.includes(word)) break;
    const option = parseOption(cursor, types, after || fields.length > 0);
    if (option) options.push(option);
    else fields.push(requireField(cursor));
  }
  return fields;
}

/** `a AS b, c, d AS e` up to the end of the stage or a keyword. */
export function parsePairs(cursor: Cursor, stop: string[] = []): FieldPair[] {
  const pairs: FieldPair[] = [];
  while (!cursor.atStageEnd()) {
    if (cursor.eat(',')) continue;
    const word = cursor.peekWord()?.toLowerCase();
    if (word !== undefined && stop.includes(word)) break;
    const from = requireField(cursor);
    const to = parseAlias(cursor);
    const pair: FieldPair = {
      kind: 'pair',
      from,
      range: { start: from.range.start, end: (to ?? from).range.end },
    };
    if (to) pair.to = to;
    if (from.macro) pair.macro = from.macro;
    pairs.push(pair);
  }
  return pairs;
}

export function parseAlias(cursor: Cursor): FieldRef | undefined {
  return cursor.keyword('as') ? requireField(cursor) : undefined;
}

const SORT_TYPES = /(?:auto|num|str|ip)(?=\s*\()/iy;

/** `-num(f)`, `+ f`, `- f`. */
export function parseSortKey(cursor: Cursor): SortKey {
  cursor.skip();
  const start = cursor.pos;
  const direction = cursor.eat('-') ? '-' : cursor.eat('+') ? '+' : '';
  cursor.skip();
  const type = cursor.match(SORT_TYPES);
  let field: FieldRef;
  if (type) {
    cursor.expect('(');
    cursor.skip();
    field = requireField(cursor);
    cursor.expect(')');
  } else field = requireField(cursor);
  const key: SortKey = { kind: 'sort-key', direction, field, range: cursor.range(start) };
  if (type) key.type = type.toLowerCase() as 'auto';
  return key;
}

/** A bare whole number at the cursor. */
export function parseCount(cursor: Cursor): number | undefined {
  cursor.skip();
  const digits = cursor.match(/[\s,]*-?\d+(?![^\s,|\]);\-"'`[])/y);
  return digits === undefined ? undefined : Number(digits.replace(/[\s,]+/, ''));
}
