/**
 * What an event must have for a search to have any use for it, read off the conditions that stand before everything
 * else. The search run over the events that have it gives the rows that it gives over all events: whatever else comes in
 * is dropped by its first filter.
 */
// The modules themselves: an index would bring a whole engine into a page's worker.
import { type Expression, join } from '../../sigma/rule/expression.ts';
import type {
  DataModelProvider,
  DatamodelStage,
  Dataset,
  FromStage,
  Prepared,
  Query,
  SearchExpr,
  Stage,
  TstatsStage,
} from '../../spl/index.ts';
import { type Plan, type PlanNode, plainPlan } from '../../spl/plan/plan.ts';
import { subsearchesOf } from '../../spl/syntax/walk.ts';
import { asObjects, MadeFields } from './made-fields.ts';
import { needsOfEval } from './needs-of-eval.ts';
import {
  type FieldSource,
  itself,
  needsOfTerm,
  needsOfValues,
  pattern,
  present,
  RANGE,
} from './needs-of-values.ts';
import { isVariable, nameOf, OVER_ROWS, queriesWithin } from './queries-within.ts';

/** `all`: nothing can be said; `none`: the search reads no events. */
type Some = 'all' | 'none' | Expression;

export interface Needs {
  /** What an event must have to be of use; `all`: any may be; `none`: the search reads no events. */
  events: Some;
  /** Once an event is of use the search needs every event: what else it reads is put together as it runs. */
  whole: boolean;
}

/** Commands with a subsearch that give nothing where nothing comes in. */
const OVER_SOMETHING: ReadonlySet<string> = new Set(['join', 'map', 'search', ...OVER_ROWS]);

export function needsOf(search: Prepared, models: DataModelProvider): Needs {
  const { plan, query } = search;
  const { definitions = [] } = query;
  const main = needsOfPlan(plan, models, definitions);
  const nested = queriesWithin(search);
  const all = [main, ...(nested ?? []).map((one) => needsOfPlan(plainPlan(one), models, definitions))];
  if (nested === undefined || all.includes('all')) {
    const nothingFromNothing =
      query.definitions === undefined &&
      query.stages.every(
        (stage) =>
          stage.kind === 'command' && (OVER_SOMETHING.has(stage.name) || subsearchesOf(stage).length === 0),
      );
    return { events: nothingFromNothing && main !== 'none' ? main : 'all', whole: true };
  }
  const known = all.filter((needs): needs is Expression => typeof needs === 'object');
  return { events: known.length === 0 ? 'none' : join('or', known, RANGE), whole: false };
}

function needsOfPlan(plan: Plan, models: DataModelProvider, definitions: readonly Query[]): Some {
  const { nodes } = plan;
  const [first, ...rest] = nodes;
  if (first?.kind === 'command' && (first.syntax.shape === 'from' || first.syntax.shape === 'datamodel')) {
    const rows = rowsOf(plan, definitions);
    return rows === undefined ? needsOfFrom(first.syntax, models) : together(rows.needed);
  }
  if (first?.kind !== 'source' && first?.kind !== 'scan') return 'none';
  // A command that is refused ends the run before an event is looked at.
  if (nodes.find(({ kind }) => kind !== 'source' && kind !== 'newest-first')?.kind === 'refuse')
    return 'none';
  if (first.kind === 'source')
    return together(goOn({ needed: [], fields: new MadeFields(itself) }, rest).needed);
  const scanned = scanOf(first.syntax, models);
  if (scanned === undefined) return 'all';
  // Without the data model the run ends here.
  if (scanned === 'unknown') return 'none';
  const needed = [...scanned.needed];
  const metrics = first.syntax.name === 'mstats';
  if (metrics) needed.push(...groupedBy(first.syntax));
  for (const node of rest) {
    if (node.kind !== 'scan-filter') break;
    const where = node.syntax.where && needsOfSearch(node.syntax.where, scanned.source);
    if (where !== undefined) needed.push(where);
  }
  const all = together(needed);
  // A metric's name becomes a field's: its events have more fields than are seen here.
  return metrics && typeof all === 'object' ? join('or', [present('metric_name'), all], RANGE) : all;
}

const together = (needed: readonly Expression[]): Some =>
  needed.length === 0 ? 'all' : join('and', needed, RANGE);

/** What rows ask of the event that each is made of. */
interface Rows {
  needed: Expression[];
  /** Absent: rows were put together, or come to be of something else. */
  fields?: MadeFields;
}

/** Of SPL2's `from`; undefined where it does not begin with events. */
function rowsOf({ nodes }: Plan, definitions: readonly Query[]): Rows | undefined {
  const [first, ...rest] = nodes;
  if (first?.kind !== 'command') return undefined;
  const begin = isVariable(first.syntax)
    ? defined(nameOf(first.syntax.dataset.value), definitions)
    : handsOverEvents(first.syntax)
      ? { needed: [], fields: new MadeFields(asObjects) }
      : undefined;
  if (begin?.fields === undefined) return begin;
  const { where } = first.syntax as FromStage;
  const asked = where && needsOfEval(where, begin.fields.source);
  return goOn({ ...begin, needed: [...begin.needed, ...(asked === undefined ? [] : [asked])] }, rest);
}

function defined(name: string, definitions: readonly Query[]): Rows | undefined {
  const definition = definitions.find(({ assign }) => assign === name);
  // One that goes on from itself has no end.
  const others = definitions.filter((one) => one !== definition);
  return definition && rowsOf(plainPlan(definition), others);
}

function goOn({ needed, fields }: Rows, nodes: readonly PlanNode[]): Rows {
  const all = [...needed];
  for (const node of nodes) {
    if (fields === undefined) break;
    if (node.kind === 'newest-first') continue;
    if (node.kind === 'command' && fields.pass(node.syntax)) continue;
    if (node.kind !== 'filter') return { needed: all };
    for (const condition of node.conditions) {
      const holds =
        condition.kind === 'search'
          ? needsOfSearch(condition.expr, fields.source)
          : needsOfEval(condition.expr, fields.source);
      if (holds !== undefined) all.push(holds);
    }
  }
  return fields === undefined ? { needed: all } : { needed: all, fields };
}

/** Each event is a row as it is: SPL2's `from source`, and its functions. */
export const handsOverEvents = (stage: Stage): stage is FromStage =>
  stage.kind === 'command' &&
  stage.shape === 'from' &&
  (stage.type === 'function' || stage.type === 'dataset');

function needsOfFrom(stage: FromStage | DatamodelStage, models: DataModelProvider): Some {
  if (stage.shape === 'from' && stage.type === 'lookup') return 'none';
  const path =
    stage.shape === 'from'
      ? stage.type === 'datamodel'
        ? stage.dataset.value
        : ''
      : [stage.model?.value ?? '', ...(stage.object === undefined ? [] : [stage.object.value])].join('.');
  const [model = '', ...rest] = path.split('.');
  const dataset = models.dataset(model, rest.length > 0 ? rest.join('.') : undefined);
  if (path !== '' && dataset === undefined) return 'none';
  const needed = dataset?.admission?.flatMap(admissionOf) ?? [];
  return needed.length === 0 ? 'all' : join('and', needed, RANGE);
}

/** The dataset that `tstats` reads: what admits an event to it, and where its fields come from. */
function scanOf(
  { from, where, name }: TstatsStage,
  models: DataModelProvider,
): { source: FieldSource; needed: Expression[] } | 'unknown' | undefined {
  if (name === 'mstats' || from === undefined) return { source: itself, needed: [] };
  if (from.type !== 'datamodel') return undefined;
  const [model = '', ...rest] = from.name.value.split('.');
  const child = (where && nodeName(where)) ?? (rest.length > 0 ? rest.join('.') : undefined);
  const dataset = models.dataset(model, child);
  if (dataset === undefined) return 'unknown';
  if (dataset.admission === undefined || dataset.originOf === undefined) return undefined;
  return { source: sourceIn(dataset), needed: dataset.admission.flatMap(admissionOf) };
}

/** An event without a field that is grouped by goes into no group. */
function groupedBy({ by, options }: TstatsStage): Expression[] {
  if (options.some(({ name }) => name === 'fillnull_value')) return [];
  return by.filter(({ name }) => name !== '_time' && !name.includes('*')).map(({ name }) => present(name));
}

function nodeName(expr: SearchExpr): string | undefined {
  if (expr.kind === 'search-compare' && expr.field.name === 'nodename' && expr.op === '=')
    return expr.value.value.split('.').at(-1);
  return expr.kind === 'search-and' ? expr.items.map(nodeName).find((one) => one !== undefined) : undefined;
}

function sourceIn(dataset: Dataset): FieldSource {
  const prefix = `${dataset.prefix}.`;
  return (name) => {
    if (name.startsWith(prefix)) return dataset.originOf?.(name.slice(prefix.length));
    return INDEXED.has(name) ? itself(name) : undefined;
  };
}

const INDEXED: ReadonlySet<string> = new Set(['host', 'source', 'sourcetype', 'index', 'eventtype', 'tag']);

function admissionOf({ tags, marks }: NonNullable<Dataset['admission']>[number]): Expression[] {
  const tagged = tags.map((tag) => pattern('tag', tag));
  if (tagged.length === 0 || marks === undefined) return tagged;
  const marked = marks.map(present);
  return [join('or', [join('and', tagged, RANGE), join('and', marked, RANGE)], RANGE)];
}

function needsOfSearch(expr: SearchExpr, source: FieldSource): Expression | undefined {
  switch (expr.kind) {
    case 'search-and': {
      const items = expr.items.flatMap((item) => needsOfSearch(item, source) ?? []);
      return items.length === 0 ? undefined : join('and', items, RANGE);
    }
    case 'search-or': {
      const items = expr.items.map((item) => needsOfSearch(item, source));
      const known = items.filter((item) => item !== undefined);
      return known.length < items.length ? undefined : join('or', known, RANGE);
    }
    case 'search-compare': {
      const equal = expr.op === '=' || expr.op === '::';
      return needsOfValues(source(expr.field.name), equal ? [expr.value.value] : ['*']);
    }
    case 'search-in':
      return needsOfValues(
        source(expr.field.name),
        expr.values.map(({ value }) => value),
      );
    case 'search-term':
      return needsOfTerm(expr.value.value);
    default:
      return undefined;
  }
}
