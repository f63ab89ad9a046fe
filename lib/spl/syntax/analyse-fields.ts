import { commandEntry } from '../commands/table.ts';
import type { Aggregation, CommandStage, EvalCall, EvalExpr, FieldRef, SearchExpr, Stage } from './ast.ts';
import { macroParts } from './characters.ts';

/** What one stage does to fields. Names may hold wildcards where the language allows them. */
export interface FieldFlow {
  reads: string[];
  writes: string[];
  /** `rename` pairs, wildcards kept: what was written under the first name is there under the second. */
  renames: [string, string][];
  /** Rows come out with these and the written fields only (`stats`, `table`, `tstats` ...). */
  closes: boolean;
  /** The stage adds fields that the text does not name (a lookup without OUTPUT, automatic `spath`). */
  open: boolean;
}

/** Words of a search that bound time or place and are not fields of an event. */
const MODIFIERS =
  /^_?(?:index_)?(?:earliest|latest)$|^(?:starttimeu|endtimeu|timeformat|starthoursago|endhoursago|startdaysago|enddaysago|startminutesago|endminutesago)$/i;
const TEMPLATE = /<<\w+>>|^\$.*\$$/;

export function fieldFlow(stage: Stage): FieldFlow {
  const flow: FieldFlow = { reads: [], writes: [], renames: [], closes: false, open: false };
  if (stage.kind === 'macro-stage') {
    const { name, args } = macroParts(stage.call.raw.slice(1, -1));
    // What this macro does is fixed (see the built-in definitions), so a search needs no expansion to be understood.
    if (name === 'drop_dm_object_name' && args[0]) flow.renames.push([`${args[0]}.*`, '*']);
    return flow;
  }
  if (stage.kind === 'command') {
    optionFields(stage, flow);
    stageFields(stage, flow);
  }
  const clean = (names: string[]) =>
    [...new Set(names)].filter((name) => name !== '' && !TEMPLATE.test(name));
  return {
    ...flow,
    reads: clean(flow.reads),
    writes: clean(flow.writes).filter((name) => !name.includes('*')),
  };
}

function optionFields(stage: CommandStage, flow: FieldFlow): void {
  const types = commandEntry(stage.name)?.options ?? {};
  for (const option of stage.options) {
    const type = types[option.name];
    if (type === 'f') flow.reads.push(option.value.value);
    if (type === 'w') flow.writes.push(option.value.value);
    if (option.condition?.kind === 'search-condition')
      flow.reads.push(...searchFields(option.condition.expr));
    if (option.condition?.kind === 'eval-condition') flow.reads.push(...evalFields(option.condition.expr));
  }
}

const names = (fields: FieldRef[]) => fields.filter((field) => !field.macro).map((field) => field.name);
const list = (field: FieldRef | undefined) => (field ? names([field]) : []);

function aggregate(aggregations: Aggregation[], flow: FieldFlow): void {
  for (const aggregation of aggregations) {
    if (aggregation.macro) continue;
    for (let arg = aggregation.arg; arg; arg = arg.kind === 'agg-nested' ? arg.aggregation.arg : undefined) {
      if (arg.kind === 'agg-field') flow.reads.push(...names([arg.field]));
      if (arg.kind === 'agg-expr') flow.reads.push(...evalFields(arg.expr));
    }
    flow.writes.push(aggregation.alias?.name ?? aggregation.label);
  }
}

function stageFields(stage: CommandStage, flow: FieldFlow): void {
  const read = (...found: string[]) => flow.reads.push(...found);
  const write = (...found: string[]) => flow.writes.push(...found);
  switch (stage.shape) {
    case 'search':
      if (stage.expr) read(...searchFields(stage.expr));
      break;
    case 'where':
      read(...evalFields(stage.expr));
      break;
    case 'eval':
      for (const { target, expr, macro } of stage.assignments) {
        if (macro) continue;
        // An earlier assignment of the same stage has made the field already.
        read(...evalFields(expr).filter((name) => !isMade(name, flow.writes)));
        write(target.name);
      }
      break;
    case 'stats':
      read(...names(stage.by));
      aggregate(stage.aggregations, flow);
      if (stage.window) read(stage.window.field.name);
      if (stage.window) write('window_start', 'window_end');
      flow.closes = stage.name === 'stats' || stage.name === 'sistats';
      if (flow.closes) write(...names(stage.by));
      break;
    case 'tstats':
      read(...names(stage.by));
      aggregate(stage.aggregations, flow);
      if (stage.where) read(...searchFields(stage.where));
      write(...names(stage.by));
      flow.closes = true;
      break;
    case 'chart': {
      const keys = [...list(stage.over), ...names(stage.by)];
      read(...keys, ...(stage.name.endsWith('timechart') ? ['_time'] : []));
      aggregate(stage.aggregations, flow);
      write(...keys, ...(stage.name.endsWith('timechart') ? ['_time'] : []));
      flow.closes = true;
      flow.open = keys.length > (stage.name.endsWith('timechart') ? 0 : 1);
      break;
    }
    case 'top': {
      const keys = [...names(stage.fields), ...names(stage.by)];
      read(...keys);
      write(...keys, 'count', 'percent');
      flow.closes = true;
      break;
    }
    case 'fields':
      if (!stage.remove) read(...names(stage.fields));
      break;
    case 'field-list':
      fieldList(stage, flow);
      break;
    case 'rename':
      for (const { from, to, macro } of stage.pairs) {
        if (macro || !to) continue;
        if (!from.name.includes('*')) read(from.name);
        if (!to.name.includes('*')) write(to.name);
        flow.renames.push([from.name, to.name]);
      }
      break;
    case 'convert':
      for (const { field, alias, macro } of stage.functions) {
        if (macro) continue;
        read(field.name);
        write((alias ?? field).name);
      }
      break;
    case 'rex':
      if (!stage.options.some(({ name }) => name === 'field')) read('_raw');
      if (stage.options.some(({ name, value }) => name === 'mode' && value.value === 'sed')) {
        write(stage.options.find(({ name }) => name === 'field')?.value.value ?? '_raw');
      } else write(...groupNames(stage.pattern.value));
      break;
    case 'regex':
      read(stage.field?.name ?? '_raw');
      break;
    case 'spath': {
      const input = stage.options.some(({ name }) => name === 'input' || name === 'field');
      const output = stage.options.some(({ name }) => name === 'output' || name === 'outfield');
      const path = stage.path ?? stage.options.find(({ name }) => name === 'path')?.value;
      if (!input) read('_raw');
      if (path && !output) write(path.value);
      flow.open = !path;
      break;
    }
    case 'lookup':
      read(...stage.keys.flatMap(({ from, to }) => names([to ?? from])));
      write(...(stage.output?.fields ?? []).flatMap(({ from, to }) => names([to ?? from])));
      flow.open = !stage.output;
      break;
    case 'lookup-file':
      if (stage.where) read(...searchFields(stage.where));
      flow.closes = stage.name.startsWith('input') && !stage.options.some(({ name }) => name === 'append');
      flow.open = flow.closes;
      break;
    case 'dedup':
      read(...names(stage.fields), ...stage.sortby.flatMap(({ field }) => names([field])));
      break;
    case 'sort':
      read(...stage.keys.flatMap(({ field }) => names([field])));
      break;
    case 'head':
      if (stage.expr) read(...evalFields(stage.expr));
      break;
    case 'join':
      read(...names(stage.fields));
      if (stage.where) read(...evalFields(stage.where));
      break;
    case 'bin':
      read(...names([stage.field]));
      write(...names([stage.alias ?? stage.field]));
      break;
    case 'transaction':
      read(...names(stage.fields));
      write('duration', 'eventcount', 'closed_txn');
      break;
    case 'replace':
      read(...names(stage.fields));
      break;
    case 'strcat':
      read(...stage.parts.filter(({ quoted }) => !quoted).map(({ value }) => value));
      write(stage.target.name);
      break;
    case 'return':
      read(...stage.items.flatMap(({ field }) => names([field])));
      break;
    case 'from':
    case 'datamodel':
      flow.open = true;
      break;
    case 'options':
      if (stage.name === 'makeresults') {
        write('_time');
        flow.closes = true;
      }
      if (stage.name === 'rangemap') write('range');
      if (stage.name === 'addinfo') write('info_min_time', 'info_max_time', 'info_sid', 'info_search_time');
      break;
    case 'words':
      flow.open = true;
      if (stage.alias) write(stage.alias.name);
      break;
    default:
  }
}

/** A name, or in SPL2 a path into it, is among those made. */
function isMade(name: string, made: string[]): boolean {
  return made.some((each) => name === each || name.startsWith(`${each}.`));
}

const READ_AND_WRITTEN = new Set([
  'fillnull',
  'filldown',
  'makemv',
  'mvexpand',
  'mvcombine',
  'nomv',
  'expand',
  'flatten',
  'accum',
  'delta',
]);

function fieldList(stage: Extract<CommandStage, { shape: 'field-list' }>, flow: FieldFlow): void {
  const given = names(stage.fields);
  // `fillnull` makes the fields it names; the others need theirs.
  if (stage.name !== 'fillnull') flow.reads.push(...given);
  if (stage.alias) flow.writes.push(stage.alias.name);
  else if (READ_AND_WRITTEN.has(stage.name)) flow.writes.push(...given);
  switch (stage.name) {
    case 'table':
    case 'select':
      flow.closes = true;
      flow.writes.push(...given.filter((name) => !name.includes('*')));
      break;
    case 'untable':
      flow.closes = true;
      flow.reads.splice(0, flow.reads.length, ...given.slice(0, 1));
      flow.writes.push(...given);
      break;
    case 'xyseries':
      flow.closes = true;
      flow.open = true;
      flow.writes.push(...given.slice(0, 1));
      break;
    case 'iplocation':
      flow.writes.push('City', 'Country', 'Region', 'lat', 'lon');
      break;
    case 'addtotals':
    case 'addcoltotals':
      if (!stage.options.some(({ name }) => name === 'fieldname')) flow.writes.push('Total');
      break;
    case 'xmlkv':
    case 'extract':
    case 'multikv':
    case 'fromjson':
      if (given.length === 0) flow.reads.push('_raw');
      flow.open = true;
      break;
    default:
  }
}

/** Named groups of a regular expression, `(?<name>` and `(?P<name>`. */
export function groupNames(pattern: string): string[] {
  return [...pattern.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)].map((match) => match[1]!);
}

/** Fields that a search expression tests; time modifiers are not fields. */
export function searchFields(expr: SearchExpr): string[] {
  switch (expr.kind) {
    case 'search-and':
    case 'search-or':
      return expr.items.flatMap(searchFields);
    case 'search-not':
      return searchFields(expr.expr);
    case 'search-compare':
    case 'search-in':
      return MODIFIERS.test(expr.field.name) ? [] : [expr.field.name];
    default:
      return [];
  }
}

/** Fields that an eval expression uses. SPL2 paths come as a whole: `process.file.name`. */
export function evalFields(expr: EvalExpr): string[] {
  switch (expr.kind) {
    case 'eval-field':
      return [expr.name];
    case 'call':
      return mapKey(expr) ?? expr.args.flatMap(evalFields);
    case 'unary':
    case 'is-null':
      return evalFields(expr.expr);
    case 'binary':
      return [...evalFields(expr.left), ...evalFields(expr.right)];
    case 'in':
      return [...evalFields(expr.expr), ...expr.list.flatMap(evalFields)];
    case 'object':
      return expr.entries.flatMap(({ value }) => evalFields(value));
    case 'array':
      return expr.items.flatMap(evalFields);
    case 'member': {
      const path = memberPath(expr);
      return path ? [path] : evalFields(expr.object);
    }
    case 'index':
      return [...evalFields(expr.object), ...evalFields(expr.index)];
    case 'lambda': {
      const own = expr.params.map(({ name }) => name);
      return evalFields(expr.body).filter((name) => !own.includes(name));
    }
    default:
      return [];
  }
}

/** SPL2 events may keep their fields in one map: `map_get(input_event, "process")` uses the field `process`. */
function mapKey({ name, args }: EvalCall): string[] | undefined {
  const [map, key] = args;
  const isMapRead = name.toLowerCase() === 'map_get' && map?.kind === 'eval-field' && key?.kind === 'string';
  return isMapRead ? [key.value] : undefined;
}

/** `a.b.c` as one name; undefined when it hangs on something that is not a field. */
export function memberPath(expr: EvalExpr): string | undefined {
  if (expr.kind === 'eval-field') return expr.name;
  if (expr.kind !== 'member') return undefined;
  const object = memberPath(expr.object);
  return object === undefined ? undefined : `${object}.${expr.property.name}`;
}
