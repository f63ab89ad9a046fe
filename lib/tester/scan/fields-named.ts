/** Fields of events that a search names, so that one pass over the events reads them for all searches. */
import { METADATA_FIELDS } from '../../events/record.ts';
import type { DataModelProvider, Dataset } from '../../spl/run/datamodel/provider.ts';
import type { Prepared } from '../../spl/run/run.ts';
import { fieldFlow } from '../../spl/syntax/analyse-fields.ts';
import type { Query, Stage } from '../../spl/syntax/ast.ts';
import { queriesWithin } from './queries-within.ts';

/** Of every event, whatever dataset it belongs to. The text of an event is read when it is asked for: it is long. */
const INDEXED: ReadonlySet<string> = new Set([...METADATA_FIELDS.filter((name) => name !== '_raw'), 'tag']);

/** With those that a hit shows. What is missing is read when the search comes to it. */
export function fieldsNamed(search: Prepared, models: DataModelProvider): Set<string> {
  const named = new Set(['_time', 'host']);
  for (const query of [search.query, ...(queriesWithin(search) ?? [])]) {
    const names = query.stages.flatMap(read).filter((name) => !name.includes('*') && name !== '_raw');
    const path = datasetOf(query);
    if (path === undefined) for (const name of names) named.add(name);
    else {
      const [model = '', ...rest] = path.split('.');
      const dataset = models.dataset(model, rest.length > 0 ? rest.join('.') : undefined);
      for (const name of dataset === undefined ? [] : sourcesOf(names, dataset)) named.add(name);
    }
  }
  return named;
}

const read = (stage: Stage): string[] => fieldFlow(stage).reads;

function datasetOf({ stages }: Query): string | undefined {
  const [first] = stages;
  if (first?.kind !== 'command') return undefined;
  if (first.shape === 'tstats') return first.from?.type === 'datamodel' ? first.from.name.value : undefined;
  if (first.shape === 'from') return first.type === 'datamodel' ? first.dataset.value : undefined;
  if (first.shape !== 'datamodel' || first.model === undefined) return undefined;
  return first.object === undefined ? first.model.value : `${first.model.value}.${first.object.value}`;
}

function sourcesOf(names: readonly string[], { prefix, admission = [], sourcesOf: from }: Dataset): string[] {
  const sources = names.flatMap((name) => {
    if (INDEXED.has(name)) return [name];
    const field = name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1) : name;
    return from?.(field) ?? [];
  });
  // Whether an event is taken in hangs on these.
  return [...sources, 'tag', 'eventtype', ...admission.flatMap(({ marks = [] }) => marks)];
}
