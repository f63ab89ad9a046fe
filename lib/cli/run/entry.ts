import type { Catalog, Detection } from '../../content/model.ts';
import { dataModels } from '../../events/cim/data-models.ts';
import { readerOf } from '../../events/cim/dataset.ts';
import type { DataModels } from '../../events/cim/datasets-of.ts';
import { readAll } from '../../events/read/read.ts';
import { type EventRecord, fieldOf } from '../../events/record.ts';
import { type PrepareOptions, prepare, type Query, type SearchExpr, type Stage } from '../../spl/index.ts';

/** What says where an event is kept or what kind it is, not what is in it. */
const PLACE: ReadonlySet<string> = new Set([
  'index',
  'source',
  'sourcetype',
  'eventtype',
  'host',
  'tag',
  'Channel',
]);

type Holds = 'yes' | 'no' | 'maybe';

function like(pattern: string, value: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(value);
}

/** Whether the conditions on an event's place hold; what asks for its content may hold. */
function holds(expr: SearchExpr, record: EventRecord): Holds {
  switch (expr.kind) {
    case 'search-and': {
      const items = expr.items.map((item) => holds(item, record));
      return items.includes('no') ? 'no' : items.every((item) => item === 'yes') ? 'yes' : 'maybe';
    }
    case 'search-or': {
      const items = expr.items.map((item) => holds(item, record));
      return items.includes('yes') ? 'yes' : items.every((item) => item === 'no') ? 'no' : 'maybe';
    }
    case 'search-not': {
      const inner = holds(expr.expr, record);
      return inner === 'yes' ? 'no' : inner === 'no' ? 'yes' : 'maybe';
    }
    case 'search-compare':
    case 'search-in': {
      if (!PLACE.has(expr.field.name)) return 'maybe';
      const wanted = expr.kind === 'search-in' ? expr.values : [expr.value];
      const values = [fieldOf(record, expr.field.name) ?? []].flat();
      const equal = values.some((value) => wanted.some((one) => like(one.value, value)));
      const negated = expr.kind === 'search-compare' && expr.op === '!=';
      return (negated ? values.length > 0 && !equal : equal) ? 'yes' : 'no';
    }
    default:
      return 'maybe';
  }
}

/** `Model.Dataset` that a search begins with. */
function datasetOf(stage: Stage): string | undefined {
  if (stage.kind !== 'command') return undefined;
  if (stage.shape === 'tstats') return stage.from?.type === 'datamodel' ? stage.from.name.value : undefined;
  if (stage.shape === 'from') return stage.type === 'datamodel' ? stage.dataset.value : undefined;
  return undefined;
}

/**
 * Why a search would let none of these events into its first stage, in words: a condition on index, source, source type
 * or event type that none meets, a data model that takes none, or a field to group by that none has. Undefined where one
 * gets in, or where the search does not begin with events.
 */
export function whyNoneEnters(
  { stages: [first] }: Query,
  records: readonly EventRecord[],
  models: DataModels = dataModels(),
): string | undefined {
  if (first?.kind === 'command' && first.shape === 'search') {
    const { expr } = first;
    if (expr === undefined || records.some((record) => holds(expr, record) !== 'no')) return undefined;
    return 'its source, source type or event type is another';
  }
  const path = first === undefined ? undefined : datasetOf(first);
  if (first?.kind !== 'command' || path === undefined) return undefined;
  const [model = '', ...rest] = path.split('.');
  const dataset = models.dataset(model, rest.length > 0 ? rest.join('.') : undefined);
  if (dataset === undefined) return `there is no data model ${path}`;
  const taken = records.filter((record) => dataset.accepts(readerOf(record)));
  if (taken.length === 0) return `${path}: ${records[0] && dataset.whyNot(readerOf(records[0]))}`;
  if (first.shape !== 'tstats' || first.options.some(({ name }) => name === 'fillnull_value'))
    return undefined;
  const prefix = `${dataset.prefix}.`;
  const missing = first.by
    .map(({ name }) => (name.startsWith(prefix) ? name.slice(prefix.length) : name))
    .filter((name) => name !== '_time')
    .filter((name) => {
      const shown = (record: EventRecord) =>
        dataset.has(name) ? dataset.value(readerOf(record), name) : fieldOf(record, name);
      return !taken.some((record) => (shown(record) ?? '').length > 0);
    });
  return missing.length === 0 ? undefined : `${path}: no event has ${missing.join(', ')}`;
}

/** A data source whose sample log a detection would let none of its events into its first stage from, and why. */
export interface NoEntry {
  detection: string;
  dataSource: string;
  why: string;
}

/** Every pair of a detection and a data source of its list that has a sample log, and those whose events do not get in. */
export async function entryReport(
  detections: readonly Detection[],
  { dataSources }: Catalog,
  macros: NonNullable<PrepareOptions['macros']>,
): Promise<{ pairs: number; kept: NoEntry[] }> {
  const sources = new Map(dataSources.map((source) => [source.slug, source]));
  const read = new Map<string, EventRecord[]>();
  const encoder = new TextEncoder();
  const kept: NoEntry[] = [];
  let pairs = 0;
  for (const detection of detections) {
    if (detection.language !== 'spl') continue;
    const { query } = prepare(detection.search, { macros });
    for (const { slug = '' } of detection.dataSources.flat()) {
      const source = sources.get(slug);
      if (source?.exampleLog === undefined) continue;
      const { exampleLog, sourcetype, sourceName } = source;
      const records =
        read.get(slug) ??
        (await readAll(encoder.encode(exampleLog), { sourcetype, source: sourceName })).records;
      read.set(slug, records);
      pairs += 1;
      const why = whyNoneEnters(query, records);
      if (why !== undefined) kept.push({ detection: detection.name, dataSource: source.name, why });
    }
  }
  return { pairs, kept };
}
