import type { Shape } from '../commands/table.ts';
import type { EvalCall, FieldRef, ReturnItem, SearchExpr, Subsearch, Text } from './ast.ts';
import type { Cursor } from './cursor.ts';
import {
  parseCount,
  parseField,
  parseFields,
  parseOption,
  parsePairs,
  requireField,
} from './parse-arguments.ts';
import { parseEvalExpr } from './parse-eval.ts';
import { parseSearchExpr } from './parse-search.ts';
import type { Body, StageContext, StageParser } from './parse-stage.ts';

/** Commands that bring in other data: lookups, subsearches, data sets; and those that take any words. */
export const combiningParsers = {
  lookup: parseLookup,
  'lookup-file': ({ cursor, entry, options }) => {
    let table: Text | undefined;
    let where: SearchExpr | undefined;
    while (!cursor.atStageEnd()) {
      const option = parseOption(cursor, entry.options, table !== undefined, false);
      if (option) options.push(option);
      else if (table && cursor.keyword('where')) where = parseSearchExpr(cursor);
      else if (table) cursor.fail('unexpected-argument', '`where` or the end of the stage');
      else table = cursor.word() ?? cursor.fail('expected-lookup', 'the name of a lookup');
    }
    if (!table && entry.name.endsWith('lookup')) cursor.fail('expected-lookup', 'the name of a lookup');
    return { shape: 'lookup-file', ...(table ? { table } : {}), ...(where ? { where } : {}) };
  },
  join: parseJoin,
  append: ({ cursor, entry, options }) => {
    const datasets: Text[] = [];
    const subsearches: Subsearch[] = [];
    let operator: string | undefined;
    while (!cursor.atStageEnd()) {
      if (cursor.eat(',')) continue;
      const given = datasets.length + subsearches.length > 0;
      if (cursor.peek() === '[') subsearches.push(cursor.subsearch());
      else {
        const option = parseOption(cursor, entry.options, given);
        if (option) options.push(option);
        else if (entry.name === 'set' && operator === undefined)
          operator =
            cursor.keyword('union', 'diff', 'intersect') ??
            cursor.fail('expected-token', '`union`, `diff` or `intersect`');
        else if (entry.name === 'union')
          datasets.push(
            cursor.word() ?? cursor.fail('expected-subsearch', 'a subsearch in `[ ]` or a dataset'),
          );
        else cursor.fail('expected-subsearch', 'a subsearch in `[ ]`');
      }
    }
    if (datasets.length + subsearches.length === 0) cursor.fail('expected-subsearch', 'a subsearch in `[ ]`');
    return { shape: 'append', ...(operator ? { operator } : {}), datasets, subsearches };
  },
  map: ({ cursor, entry, options }) => {
    let saved: Text | undefined;
    let subsearch: Subsearch | undefined;
    while (!cursor.atStageEnd()) {
      const option = parseOption(
        cursor,
        entry.options,
        saved !== undefined || subsearch !== undefined,
        false,
      );
      if (option) options.push(option);
      else if (cursor.peek() === '[' && !subsearch) subsearch = cursor.subsearch();
      else if (!saved) saved = cursor.word() ?? cursor.fail('expected-value', 'a search');
      else cursor.fail('unexpected-argument', 'the end of the stage');
    }
    if (!saved && !subsearch && !options.some((option) => option.name === 'search'))
      cursor.fail('expected-value', '`search="..."` or a subsearch');
    return { shape: 'map', ...(saved ? { saved } : {}), ...(subsearch ? { subsearch } : {}) };
  },
  foreach: ({ cursor, entry, options }) => {
    const fields = parseFields(cursor, { types: entry.options, options });
    if (cursor.peek() !== '[') cursor.fail('expected-subsearch', 'a template in `[ ]`');
    return { shape: 'foreach', fields, body: cursor.subsearch() };
  },
  format: ({ cursor, entry, options }) => {
    const parts: Text[] = [];
    while (!cursor.atStageEnd()) {
      const option = parseOption(cursor, entry.options, parts.length > 0);
      if (option) options.push(option);
      else parts.push(cursor.word() ?? cursor.fail('expected-value', 'a quoted string'));
    }
    if (parts.length !== 0 && parts.length !== 6)
      cursor.fail('expected-value', 'either no strings or six of them');
    return { shape: 'format', parts };
  },
  return: ({ cursor }) => {
    const count = parseCount(cursor);
    const items: ReturnItem[] = [];
    while (!cursor.atStageEnd()) {
      if (cursor.eat(',')) continue;
      const start = cursor.pos;
      const bare = cursor.eat('$');
      const first = requireField(cursor);
      const second = !bare && cursor.eat('=') ? requireField(cursor) : undefined;
      const item: ReturnItem = {
        kind: 'return-item',
        field: second ?? first,
        bare,
        range: cursor.range(start),
      };
      if (second) item.alias = first;
      items.push(item);
    }
    return { shape: 'return', ...(count === undefined ? {} : { count }), items };
  },
  from: parseFromStage,
  datamodel: ({ cursor, entry, options }) => {
    const words: Text[] = [];
    while (!cursor.atStageEnd()) {
      const option = parseOption(cursor, entry.options, words.length > 0);
      if (option) options.push(option);
      else words.push(cursor.word() ?? cursor.fail('expected-datamodel', 'the name of a data model'));
    }
    const [model, object, mode, more] = words;
    if (more || mode?.quoted)
      cursor.fail('unexpected-argument', 'at most a model, a dataset and `search` or `flat`');
    return {
      shape: 'datamodel',
      ...(model ? { model } : {}),
      ...(object ? { object } : {}),
      ...(mode ? { mode: mode.raw } : {}),
    };
  },
  into: ({ cursor, entry, options }) => {
    parseFieldsBefore({ cursor, entry, options });
    const { text, call } = parseSource(cursor);
    return { shape: 'into', target: text, ...(call ? { call } : {}) };
  },
  options: ({ cursor, entry, options }) => {
    while (!cursor.atStageEnd()) {
      if (cursor.eat(',')) continue;
      options.push(
        parseOption(cursor, entry.options, false) ??
          cursor.fail('unexpected-argument', 'an option `name=value` or the end of the stage'),
      );
    }
    return { shape: 'options' };
  },
  words: ({ cursor, entry, options }) => {
    const words: Text[] = [];
    let alias: FieldRef | undefined;
    while (!cursor.atStageEnd()) {
      if (cursor.eat(',')) continue;
      const option = parseOption(cursor, entry.options, words.length > 0);
      if (option) options.push(option);
      else if (words.length > 0 && !alias && cursor.keyword('as')) alias = requireField(cursor);
      else words.push(anyWord(cursor));
    }
    return { shape: 'words', words, ...(alias ? { alias } : {}) };
  },
} satisfies Partial<Record<Shape, StageParser>>;

function parseFieldsBefore({ cursor, entry, options }: StageContext): void {
  for (;;) {
    const option = parseOption(cursor, entry.options, false, false);
    if (!option) return;
    options.push(option);
  }
}

/** A word, a quoted string, or anything in brackets, for commands whose arguments are not described. */
function anyWord(cursor: Cursor): Text {
  const c = cursor.peek();
  const start = cursor.pos;
  if (c === '[') cursor.subsearch();
  else if (c !== '(' && c !== ')' && c !== '=') {
    const field = parseField(cursor);
    if (field) return { ...field, kind: 'text', value: field.name };
  } else cursor.expect(c);
  if (cursor.pos === start) cursor.fail('expected-value', 'a word');
  const raw = cursor.text.slice(start, cursor.pos);
  return { kind: 'text', value: raw, raw, quoted: false, range: cursor.range(start) };
}

function parseLookup({ cursor, entry, options }: StageContext): Body {
  parseFieldsBefore({ cursor, entry, options });
  const table = cursor.word() ?? cursor.fail('expected-lookup', 'the name of a lookup');
  parseFieldsBefore({ cursor, entry, options });
  const keys = parsePairs(cursor, ['output', 'outputnew']);
  if (keys.length === 0) cursor.fail('expected-field', 'a column of the lookup to match on');
  const mode = cursor.keyword('output', 'outputnew');
  if (!mode) return { shape: 'lookup', table, keys };
  const fields = parsePairs(cursor);
  if (fields.length === 0) cursor.fail('expected-field', 'a column of the lookup to add');
  return { shape: 'lookup', table, keys, output: { mode: mode as 'output' | 'outputnew', fields } };
}

function parseJoin({ cursor, entry, options }: StageContext): Body {
  const fields = parseFields(cursor, { types: entry.options, options, stop: ['where'] });
  const where = cursor.keyword('where') ? parseEvalExpr(cursor) : undefined;
  const subsearch = cursor.peek() === '[' ? cursor.subsearch() : undefined;
  if (!subsearch && entry.name === 'join') cursor.fail('expected-subsearch', 'a subsearch in `[ ]`');
  return { shape: 'join', fields, ...(where ? { where } : {}), ...(subsearch ? { subsearch } : {}) };
}

/** `name`, `$name`, `"name"` or `name(args)`. */
function parseSource(cursor: Cursor): { text: Text; call?: EvalCall } {
  if (cursor.match(/\s*[A-Za-z_]\w*\s*\(/y, false)) {
    const call = parseEvalExpr(cursor, 9);
    if (call.kind === 'call') {
      const raw = cursor.text.slice(call.range.start, call.range.end);
      return { text: { kind: 'text', value: call.name, raw, quoted: false, range: call.range }, call };
    }
  }
  return { text: cursor.word('value') ?? cursor.fail('expected-dataset', 'a dataset') };
}

function parseFromStage({ cursor }: StageContext): Body {
  cursor.skip();
  const start = cursor.pos;
  const typed = cursor.match(/(?:datamodel|lookup|savedsearch)(?:\s*:|\s+(?=["\w]))/iy);
  if (typed) {
    const dataset = cursor.word('value') ?? cursor.fail('expected-dataset', 'a dataset');
    return { shape: 'from', type: typed.toLowerCase().replace(/[\s:]+$/, '') as 'datamodel', dataset };
  }
  const { text: dataset, call } = parseSource(cursor);
  if (call) return { shape: 'from', type: 'function', dataset, call };
  const where = cursor.keyword('where') ? parseEvalExpr(cursor) : undefined;
  if (dataset.value.startsWith('$')) {
    return {
      shape: 'from',
      type: 'variable',
      dataset: { ...dataset, value: dataset.value.slice(1) },
      ...(where ? { where } : {}),
    };
  }
  while (!where && !cursor.atStageEnd()) {
    const word = cursor.word() ?? cursor.fail('expected-dataset', 'a dataset');
    dataset.raw += ` ${word.raw}`;
    dataset.value = dataset.raw;
    dataset.range = cursor.range(start);
  }
  return { shape: 'from', type: 'dataset', dataset, ...(where ? { where } : {}) };
}
