/**
 * What an event must have for a search to have any use for it, read off the conditions that stand before everything
 * else. The search run over the events that have it gives the rows that it gives over all events: whatever else comes in
 * is dropped by its first filter.
 */
import type { FieldOrigin } from '../../events/cim/dataset.ts';
// The modules themselves: an index would bring a whole engine into a page's worker.
import { textTest } from '../../sigma/match/text-test.ts';
import { type Expression, join, type Test } from '../../sigma/rule/expression.ts';
import { ANY, type Pattern } from '../../sigma/rule/pattern.ts';
import type {
  DataModelProvider,
  DatamodelStage,
  Dataset,
  FromStage,
  Prepared,
  Query,
  SearchExpr,
  TstatsStage,
} from '../../spl/index.ts';
import { plainPlan } from '../../spl/plan/plan.ts';
import { subsearchesOf } from '../../spl/syntax/walk.ts';

/** `all`: nothing can be said; `none`: the search reads no events. */
type Some = 'all' | 'none' | Expression;

export interface Needs {
  /** What an event must have to be of use; `all`: any may be; `none`: the search reads no events. */
  events: Some;
  /** Once an event is of use the search needs every event: what else it reads is put together as it runs. */
  whole: boolean;
}

/** Says in which of an event's fields a field of a search is found; undefined where that cannot be said. */
type FieldSource = (name: string) => FieldOrigin | undefined;

const itself: FieldSource = (name) => ({ from: [name], within: [] });

const RANGE = { start: 0, end: 0 };

/** Commands whose subsearches work on the rows that come in, not on events. */
const OVER_ROWS: ReadonlySet<string> = new Set(['foreach', 'appendpipe']);

/** Commands with a subsearch that give nothing where nothing comes in. */
const OVER_SOMETHING: ReadonlySet<string> = new Set(['join', 'map', 'search', ...OVER_ROWS]);

export function needsOf({ plan, query }: Prepared, models: DataModelProvider): Needs {
  const main = needsOfPlan(plan, models);
  const nested = nestedIn(query);
  const all = [main, ...(nested ?? []).map((one) => needsOfPlan(plainPlan(one), models))];
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

/** Queries inside a query that read events of their own; undefined where some are texts put together as it runs. */
function nestedIn(query: Query): Query[] | undefined {
  const found: Query[] = [];
  for (const inner of query.definitions ?? []) {
    const own = nestedIn(inner);
    if (own === undefined) return undefined;
    found.push(inner, ...own);
  }
  for (const stage of query.stages) {
    if (stage.kind === 'command' && stage.name === 'map') return undefined;
    const overRows = stage.kind === 'command' && OVER_ROWS.has(stage.name);
    for (const { query: inner } of subsearchesOf(stage)) {
      const own = nestedIn(inner);
      if (own === undefined) return undefined;
      found.push(...(overRows ? [] : [inner]), ...own);
    }
  }
  return found;
}

function needsOfPlan({ query, nodes }: Prepared['plan'], models: DataModelProvider): Some {
  const first = query.stages[0];
  if (first?.kind === 'command' && (first.shape === 'from' || first.shape === 'datamodel'))
    return needsOfFrom(first, models);
  if (nodes[0]?.kind !== 'source' && nodes[0]?.kind !== 'scan') return 'none';
  // A command that is refused ends the run before an event is looked at.
  if (nodes.find(({ kind }) => kind !== 'source' && kind !== 'newest-first')?.kind === 'refuse')
    return 'none';
  const needed: Expression[] = [];
  let source = itself;
  let metrics = false;
  for (const node of nodes) {
    if (node.kind === 'scan') {
      const scanned = scanOf(node.syntax, models);
      if (scanned === undefined) return 'all';
      // Without the data model the run ends here.
      if (scanned === 'unknown') return 'none';
      source = scanned.source;
      needed.push(...scanned.needed);
      metrics = node.syntax.name === 'mstats';
      if (metrics) needed.push(...groupedBy(node.syntax));
    } else if (node.kind === 'scan-filter') {
      const where = node.syntax.where && needsOfSearch(node.syntax.where, source);
      if (where !== undefined) needed.push(where);
    } else if (node.kind === 'filter') {
      for (const condition of node.conditions) {
        const holds = condition.kind === 'search' ? needsOfSearch(condition.expr, source) : undefined;
        if (holds !== undefined) needed.push(holds);
      }
    } else if (node.kind !== 'source' && node.kind !== 'newest-first') break;
  }
  if (needed.length === 0) return 'all';
  const all = join('and', needed, RANGE);
  // A metric's name becomes a field's: its events have more fields than are seen here.
  return metrics ? join('or', [present('metric_name'), all], RANGE) : all;
}

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

/** Fields whose comparisons say when or where data is kept, not what is in it. */
const NOT_OF_THE_EVENT =
  /^(?:_time|_index_\w+|splunk_server\w*|nodename|earliest|latest|(?:start|end)\w+ago)$/;

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
      return valuesOf(expr.field.name, equal ? [expr.value.value] : ['*'], source);
    }
    case 'search-in':
      return valuesOf(
        expr.field.name,
        expr.values.map(({ value }) => value),
        source,
      );
    case 'search-term':
      return termNeeds(expr.value.value);
    default:
      return undefined;
  }
}

/** One of the fields that a field is made of has one of the values. */
function valuesOf(field: string, values: readonly string[], source: FieldSource): Expression | undefined {
  if (NOT_OF_THE_EVENT.test(field)) return undefined;
  const found = source(field);
  if (found === undefined || values.includes('')) return undefined;
  if (found.otherwise !== undefined && values.some((value) => mayStandFor(value, found.otherwise!)))
    return undefined;
  const tests = values.flatMap((value) => {
    const text = isAnything(value) ? undefined : longestText(value);
    return [
      ...found.from.map((name) => (isAnything(value) ? present(name) : pattern(name, value))),
      ...found.within.map((name) => (text === undefined ? present(name) : pattern(name, `*${text}*`))),
    ];
  });
  return join('or', tests, RANGE);
}

/** A network takes addresses that look nothing like it. */
const isAnything = (value: string): boolean => /^\*+$/.test(value) || /^[\da-f:.]+\/\d+$/i.test(value);

const mayStandFor = (value: string, text: string): boolean =>
  isAnything(value) || textTest(partsOf(value), false)(text.toLowerCase());

/** A word stands in the event's text, whatever stands around it. */
function termNeeds(text: string): Expression | undefined {
  const longest = longestText(text);
  if (longest === '' || !isAscii(longest)) return undefined;
  return pattern('_raw', `*${longest}*`);
}

function longestText(value: string): string {
  return value.split(/\*+/).reduce((best, part) => (part.length > best.length ? part : best), '');
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function present(field: string): Test {
  return { kind: 'test', field, value: { kind: 'exists', exists: true }, range: RANGE };
}

function pattern(field: string, value: string): Test {
  return {
    kind: 'test',
    field,
    value: { kind: 'pattern', pattern: partsOf(value), cased: false },
    range: RANGE,
  };
}

/** Only `*` has a meaning in a search. */
function partsOf(value: string): Pattern {
  return value
    .split(/(\*+)/)
    .filter((part) => part !== '')
    .map((part) => (part[0] === '*' ? ANY : part));
}
