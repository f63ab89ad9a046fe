import type { CommandEntry, Shape } from '../commands/table.ts';
import type { Aggregation, CommandStage, FieldRef, Option, SearchExpr, Text } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseAggregations } from './parse-aggregation.ts';
import { parseCount, parseFields, parseOption, requireField } from './parse-arguments.ts';
import { parseEvalExpr, parseTarget } from './parse-eval.ts';
import { parseSearchExpr } from './parse-search.ts';
import { combiningParsers } from './parse-stage-combine.ts';
import { fieldParsers } from './parse-stage-fields.ts';

/**
 * One parser per shape of arguments. Each answers what is special to its shape; name, range and comments are added by
 * the pipeline. `options` is filled on the way.
 */
export interface StageContext {
  cursor: Cursor;
  entry: CommandEntry;
  options: Option[];
}

/** The part of a stage that its shape's parser makes. */
export type Body = { [S in Shape]: Omit<Extract<CommandStage, { shape: S }>, keyof CommonParts> }[Shape];
interface CommonParts {
  kind: unknown;
  name: unknown;
  typed: unknown;
  nameRange: unknown;
  options: unknown;
  comments: unknown;
  range: unknown;
}
export type StageParser = (context: StageContext) => Body;

export const stageParsers: Readonly<Record<Shape, StageParser>> = {
  search: ({ cursor }) => {
    if (cursor.atStageEnd()) return { shape: 'search', implicit: false };
    return { shape: 'search', implicit: false, expr: parseSearchExpr(cursor) };
  },
  where: ({ cursor }) => ({ shape: 'where', expr: parseEvalExpr(cursor) }),
  eval: parseEval,
  stats: parseStats,
  tstats: parseTstats,
  chart: parseChart,
  top: ({ cursor, entry, options }) => {
    const leading = leadingOptions({ cursor, entry, options });
    const limit = leading ?? parseCount(cursor);
    const fields = parseFields(cursor, { types: entry.options, options, stop: ['by'] });
    const by = parseBy({ cursor, entry, options });
    return { shape: 'top', ...(limit === undefined ? {} : { limit }), fields, by };
  },
  ...fieldParsers,
  ...combiningParsers,
};

/** Options before the first positional argument; a bare count among them is answered (`dedup keepevents=t 3 f`). */
export function leadingOptions({ cursor, entry, options }: StageContext): number | undefined {
  let count: number | undefined;
  for (;;) {
    const option = parseOption(cursor, entry.options, false);
    if (option) {
      options.push(option);
      continue;
    }
    const digits = count === undefined ? parseCount(cursor) : undefined;
    if (digits === undefined) return count;
    count = digits;
  }
}

function parseEval({ cursor }: StageContext): Body {
  const assignments: Extract<Body, { shape: 'eval' }>['assignments'] = [];
  do {
    if (cursor.peek() === '`') {
      const macro = cursor.macro();
      const target = { kind: 'target' as const, name: '', raw: '', dynamic: false, range: macro.range };
      assignments.push({ kind: 'assignment', target, expr: macro, macro, range: macro.range });
      continue;
    }
    if (assignments.length > 0 && cursor.atStageEnd()) break;
    const target = parseTarget(cursor);
    if (!cursor.eat('=')) cursor.fail('expected-token', '`=`');
    const expr = parseEvalExpr(cursor);
    assignments.push({
      kind: 'assignment',
      target,
      expr,
      range: { start: target.range.start, end: cursor.pos },
    });
  } while (cursor.eat(','));
  return { shape: 'eval', assignments };
}

function parseBy({ cursor, entry, options }: StageContext, stop: string[] = []): FieldRef[] {
  if (!cursor.keyword('by')) return [];
  const fields = parseFields(cursor, { types: entry.options, options, stop, after: true });
  if (fields.length === 0) cursor.fail('expected-field', 'a field');
  return fields;
}

function requireAggregations(cursor: Cursor, list: Aggregation[]): void {
  if (list.length === 0)
    cursor.fail('expected-aggregation', 'an aggregation such as `count` or `values(field)`');
}

function parseStats(context: StageContext): Body {
  const { cursor, entry, options } = context;
  const aggregations = parseAggregations(cursor, entry.options, options, ['by']);
  if (!options.some((option) => option.macro)) requireAggregations(cursor, aggregations);
  const by: FieldRef[] = [];
  let window: { field: FieldRef; size: Text; step?: Text } | undefined;
  if (cursor.keyword('by')) {
    while (!cursor.atStageEnd()) {
      if (cursor.eat(',')) continue;
      if (cursor.dialect === 'spl2' && cursor.match(/span(?=\s*\()/iy)) {
        window = parseWindow(cursor);
        continue;
      }
      const option = parseOption(cursor, entry.options, true);
      if (option) options.push(option);
      else by.push(requireField(cursor));
    }
    if (by.length === 0 && !window) cursor.fail('expected-field', 'a field');
  }
  return { shape: 'stats', aggregations, by, ...(window ? { window } : {}) };
}

function parseWindow(cursor: Cursor): { field: FieldRef; size: Text; step?: Text } {
  cursor.skip();
  cursor.expect('(');
  const field = requireField(cursor);
  cursor.expect(',');
  const size = cursor.word() ?? cursor.fail('expected-value', 'a time span');
  const step = cursor.eat(',') ? (cursor.word() ?? cursor.fail('expected-value', 'a time span')) : undefined;
  cursor.expect(')');
  return { field, size, ...(step ? { step } : {}) };
}

const CLAUSES = ['from', 'where', 'by', 'groupby'];

function parseTstats(context: StageContext): Body {
  const { cursor, entry, options } = context;
  const aggregations = parseAggregations(cursor, entry.options, options, CLAUSES);
  let from: Extract<Body, { shape: 'tstats' }>['from'];
  let where: SearchExpr | undefined;
  let by: FieldRef[] = [];
  const stop = (at: Cursor) =>
    at.match(/(?:from|by|groupby)(?![\w.=*:])|(?:span|every)\s*=/iy, false) !== undefined;
  while (!cursor.atStageEnd()) {
    const clause = cursor.keyword(...CLAUSES);
    if (clause === 'from') from = parseFrom(cursor);
    else if (clause === 'where') where = parseSearchExpr(cursor, stop);
    else if (clause) {
      by = parseFields(cursor, { types: entry.options, options, stop: CLAUSES, after: true });
      if (by.length === 0) cursor.fail('expected-field', 'a field');
    } else {
      const option = parseOption(cursor, entry.options, true, false);
      options.push(option ?? cursor.fail('expected-clause', '`from`, `where` or `by`'));
    }
  }
  const at = options.findIndex((option) => option.name === 'span');
  const span = at < 0 ? undefined : options.splice(at, 1)[0]?.value;
  return {
    shape: 'tstats',
    aggregations,
    ...(from ? { from } : {}),
    ...(where ? { where } : {}),
    by,
    ...(span ? { span } : {}),
  };
}

function parseFrom(cursor: Cursor): Extract<Body, { shape: 'tstats' }>['from'] {
  cursor.skip();
  const start = cursor.pos;
  const key = cursor.match(/(?:datamodel|sid)\s*[=:]|datamodel(?=\s)/iy);
  const name =
    cursor.word() ?? cursor.fail('expected-datamodel', 'a data model, as in `datamodel=Endpoint.Processes`');
  const type = key === undefined ? 'namespace' : key.toLowerCase().startsWith('sid') ? 'sid' : 'datamodel';
  return { type, name, range: cursor.range(start) };
}

function parseChart(context: StageContext): Body {
  const { cursor, entry, options } = context;
  const aggregations = parseAggregations(cursor, entry.options, options, ['by', 'over', 'where']);
  requireAggregations(cursor, aggregations);
  const types = entry.options;
  let over: FieldRef | undefined;
  let by: FieldRef[] = [];
  let seriesFilter: Text | undefined;
  while (!cursor.atStageEnd()) {
    const clause = cursor.keyword('over', 'by', 'where');
    if (clause === 'over') {
      over = requireField(cursor);
      parseFields(cursor, { types, options, stop: ['by', 'where'], after: true });
    } else if (clause === 'by') {
      by = parseFields(cursor, { types, options, stop: ['where'], after: true });
      if (by.length === 0) cursor.fail('expected-field', 'a field');
    } else if (clause === 'where') {
      cursor.skip();
      const start = cursor.pos;
      while (!cursor.atStageEnd() && !cursor.match(/\w+\s*=/y, false)) cursor.pos++;
      const raw = cursor.text.slice(start, cursor.pos).trimEnd();
      seriesFilter = {
        kind: 'text',
        value: raw,
        raw,
        quoted: false,
        range: { start, end: start + raw.length },
      };
    } else {
      const option = parseOption(cursor, types, true);
      options.push(option ?? cursor.fail('expected-clause', '`over`, `by` or an option'));
    }
  }
  return {
    shape: 'chart',
    aggregations,
    ...(over ? { over } : {}),
    by,
    ...(seriesFilter ? { seriesFilter } : {}),
  };
}
