import type { Shape } from '../commands/table.ts';
import type { ConvertFunction, FieldRef, SortKey, Text } from './ast.ts';
import type { Cursor } from './cursor.ts';
import {
  parseAlias,
  parseCount,
  parseField,
  parseFields,
  parseOption,
  parsePairs,
  parseSortKey,
  requireField,
} from './parse-arguments.ts';
import { parseEvalExpr } from './parse-eval.ts';
import type { Body, StageContext, StageParser } from './parse-stage.ts';

/** Commands that work on the fields or the order of the rows they get. */
export const fieldParsers = {
  fields: ({ cursor, entry, options }) => {
    const remove = cursor.eat('-');
    if (!remove) cursor.eat('+');
    const fields = parseFields(cursor, { types: entry.options, options });
    if (fields.length === 0) cursor.fail('expected-field', 'a field');
    return { shape: 'fields', remove, fields };
  },
  'field-list': parseFieldList,
  rename: ({ cursor }) => {
    const pairs = parsePairs(cursor);
    if (pairs.length === 0) cursor.fail('expected-field', 'a field');
    for (const pair of pairs) {
      if (!pair.to && !pair.macro) {
        cursor.pos = pair.range.end;
        cursor.fail('expected-token', `\`AS\` and a new name for \`${pair.from.name}\``);
      }
    }
    return { shape: 'rename', pairs };
  },
  convert: parseConvert,
  rex: ({ cursor, entry, options }) => ({ shape: 'rex', pattern: patternAmong({ cursor, entry, options }) }),
  regex: parseRegexStage,
  spath: ({ cursor, entry, options }) => {
    let path: Text | undefined;
    while (!cursor.atStageEnd()) {
      const option = parseOption(cursor, entry.options, path !== undefined, false);
      if (option) options.push(option);
      else if (path) cursor.fail('unexpected-argument', 'the end of the stage');
      else path = cursor.word('value') ?? cursor.fail('expected-value', 'a path');
    }
    return { shape: 'spath', ...(path ? { path } : {}) };
  },
  dedup: parseDedup,
  sort: parseSort,
  head: parseHead,
  tail: ({ cursor, entry, options }) => {
    const limit = count({ cursor, entry, options });
    return { shape: 'tail', ...(limit === undefined ? {} : { limit }) };
  },
  bin: ({ cursor, entry, options }) => {
    const [field, ...more] = parseFields(cursor, { types: entry.options, options, stop: ['as'] });
    if (!field || more.length > 0) return cursor.fail('expected-field', 'one field');
    const alias = parseAlias(cursor);
    parseFields(cursor, { types: entry.options, options, after: true });
    return { shape: 'bin', field, ...(alias ? { alias } : {}) };
  },
  transaction: ({ cursor, entry, options }) => ({
    shape: 'transaction',
    fields: parseFields(cursor, { types: entry.options, options }),
  }),
  replace: parseReplace,
  strcat: ({ cursor, entry, options }) => {
    const parts: Text[] = [];
    while (!cursor.atStageEnd()) {
      if (cursor.eat(',')) continue;
      const option = parseOption(cursor, entry.options, parts.length > 0);
      if (option) options.push(option);
      else parts.push(cursor.word() ?? cursor.fail('expected-field', 'a field or a quoted string'));
    }
    const last = parts.pop();
    if (!last || parts.length === 0)
      return cursor.fail('expected-field', 'at least one source and the field to write');
    const { value, raw, quoted, range } = last;
    return { shape: 'strcat', parts, target: { kind: 'field', name: value, raw, quoted, range } };
  },
} satisfies Partial<Record<Shape, StageParser>>;

function parseFieldList({ cursor, entry, options }: StageContext): Body {
  const fields: FieldRef[] = parseFields(cursor, { types: entry.options, options, stop: ['as'] });
  let alias: FieldRef | undefined;
  if (fields.length > 0) {
    alias = parseAlias(cursor);
    if (alias) fields.push(...parseFields(cursor, { types: entry.options, options, after: true }));
  }
  if (fields.length < entry.minFields) {
    cursor.fail('expected-field', entry.minFields === 1 ? 'a field' : `${entry.minFields} fields`);
  }
  return { shape: 'field-list', fields, ...(alias ? { alias } : {}) };
}

function parseConvert({ cursor, entry, options }: StageContext): Body {
  const functions: ConvertFunction[] = [];
  while (!cursor.atStageEnd()) {
    if (cursor.eat(',')) continue;
    const option = parseOption(cursor, entry.options, functions.length > 0);
    if (option) {
      options.push(option);
      continue;
    }
    const start = cursor.pos;
    if (cursor.peek() === '`') {
      const field = requireField(cursor);
      functions.push({
        kind: 'convert-function',
        func: '',
        field,
        range: field.range,
        ...(field.macro ? { macro: field.macro } : {}),
      });
      continue;
    }
    const func =
      cursor.match(/[A-Za-z]\w*/y)?.toLowerCase() ??
      cursor.fail('expected-function', 'a conversion such as `ctime(field)`');
    cursor.skip();
    cursor.expect('(');
    cursor.skip();
    const field = requireField(cursor);
    cursor.expect(')');
    const alias = parseAlias(cursor);
    functions.push({
      kind: 'convert-function',
      func,
      field,
      ...(alias ? { alias } : {}),
      range: cursor.range(start),
    });
  }
  if (functions.length === 0) cursor.fail('expected-function', 'a conversion such as `ctime(field)`');
  return { shape: 'convert', functions };
}

/** One quoted (or bare) regular expression, options before and after it. */
function patternAmong({ cursor, entry, options }: StageContext): Text {
  let pattern: Text | undefined;
  while (!cursor.atStageEnd()) {
    const option =
      cursor.peek() === '"' ? undefined : parseOption(cursor, entry.options, pattern !== undefined, false);
    if (option) options.push(option);
    else if (pattern) cursor.fail('unexpected-argument', 'the end of the stage');
    else pattern = regexText(cursor);
  }
  return pattern ?? cursor.fail('expected-pattern', 'a quoted regular expression');
}

function regexText(cursor: Cursor): Text {
  const c = cursor.peek();
  if (c === '"' || c === '`') return cursor.word()!;
  const start = cursor.pos;
  const raw = cursor.match(cursor.dialect === 'spl2' || cursor.inSubsearch ? /[^\s|";\]]+/y : /[^\s|"]+/y);
  if (raw === undefined) return cursor.fail('expected-pattern', 'a quoted regular expression');
  return { kind: 'text', value: raw, raw, quoted: false, range: cursor.range(start) };
}

function parseRegexStage({ cursor }: StageContext): Body {
  cursor.skip();
  const start = cursor.pos;
  const c = cursor.text[start];
  const quotedField = c === '"' && cursor.match(/"(?:[^"\\|]|\\.)*"(?=\s*!?=)/y, false) !== undefined;
  const raw = quotedField ? cursor.quoted() : cursor.match(/[^\s=!"|`]+(?=\s*!?=)/y);
  if (raw === undefined) return { shape: 'regex', negated: false, pattern: regexText(cursor) };
  const name = quotedField ? raw.slice(1, -1) : raw;
  const field: FieldRef = { kind: 'field', name, raw, quoted: quotedField, range: cursor.range(start) };
  const negated = cursor.eat('!');
  cursor.expect('=');
  return { shape: 'regex', field, negated, pattern: regexText(cursor) };
}

function parseDedup({ cursor, entry, options }: StageContext): Body {
  const limit = count({ cursor, entry, options });
  const fields = parseFields(cursor, { types: entry.options, options, stop: ['sortby'] });
  if (fields.length < 1) cursor.fail('expected-field', 'a field');
  const sortby: SortKey[] = [];
  if (cursor.keyword('sortby')) {
    while (!cursor.atStageEnd()) {
      if (cursor.eat(',')) continue;
      const option = parseOption(cursor, entry.options, true, false);
      if (option) options.push(option);
      else sortby.push(parseSortKey(cursor));
    }
    if (sortby.length === 0) cursor.fail('expected-field', 'a field');
  }
  return { shape: 'dedup', ...(limit === undefined ? {} : { count: limit }), fields, sortby };
}

function parseSort({ cursor, entry, options }: StageContext): Body {
  const limit = count({ cursor, entry, options });
  const keys: SortKey[] = [];
  let descending = false;
  while (!cursor.atStageEnd()) {
    if (cursor.eat(',')) continue;
    const option = parseOption(cursor, entry.options, keys.length > 0);
    if (option) options.push(option);
    else if (keys.length > 0 && cursor.match(/(?:desc|d)(?=\s*(?:\||\]|$))/iy)) descending = true;
    else keys.push(parseSortKey(cursor));
  }
  if (keys.length === 0) cursor.fail('expected-field', 'a field');
  return { shape: 'sort', ...(limit === undefined ? {} : { limit }), keys, descending };
}

function parseHead({ cursor, entry, options }: StageContext): Body {
  let expr: Extract<Body, { shape: 'head' }>['expr'];
  while (!cursor.atStageEnd()) {
    const option = parseOption(cursor, entry.options, expr !== undefined, false);
    if (option) options.push(option);
    else if (expr) cursor.fail('unexpected-argument', 'the end of the stage');
    else expr = parseEvalExpr(cursor);
  }
  // `head 5`: a number alone is the limit, not a condition.
  if (expr?.kind === 'number' && !expr.parens) return { shape: 'head', limit: expr.value };
  // The run refuses it as a limit; as a condition it would be a puzzle.
  if (expr?.kind === 'unary' && expr.op === '-' && expr.expr.kind === 'number' && !expr.parens)
    return { shape: 'head', limit: -expr.expr.value };
  return { shape: 'head', ...(expr ? { expr } : {}) };
}

/** Leading options of the command and a bare number among them. */
function count({ cursor, entry, options }: StageContext): number | undefined {
  let found: number | undefined;
  for (;;) {
    const option = parseOption(cursor, entry.options, false, false);
    if (option) options.push(option);
    else if (found === undefined) {
      found = parseCount(cursor);
      if (found === undefined) return undefined;
    } else return found;
  }
}

function parseReplace({ cursor }: StageContext): Body {
  const pairs: { from: Text; to: Text }[] = [];
  const fields: FieldRef[] = [];
  while (!cursor.atStageEnd()) {
    if (cursor.eat(',')) continue;
    if (cursor.keyword('in')) {
      while (!cursor.atStageEnd()) {
        if (!cursor.eat(',')) fields.push(parseField(cursor) ?? cursor.fail('expected-field', 'a field'));
      }
      break;
    }
    const from = cursor.word('value') ?? cursor.fail('expected-value', 'a value to replace');
    // A comma before WITH occurs in published searches; Splunk reads commas here as blanks.
    cursor.eat(',');
    if (!cursor.keyword('with')) cursor.fail('expected-token', '`WITH`');
    pairs.push({ from, to: cursor.word('value') ?? cursor.fail('expected-value', 'a replacement') });
  }
  if (pairs.length === 0) cursor.fail('expected-value', 'a value to replace');
  return { shape: 'replace', pairs, fields };
}
