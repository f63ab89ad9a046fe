import type { Lookup, Macro } from '../content/model.ts';
import { dataModels } from '../events/cim/data-models.ts';
import type { DataModelDefinition } from '../events/cim/model.ts';
// The modules themselves: the index would bring the whole engine into a page's worker.
import type { LinearModel } from '../spl/run/context.ts';
import { cimProvider } from '../spl/run/datamodel/cim.ts';
import type { DataModelProvider } from '../spl/run/datamodel/provider.ts';
import { readCsv } from '../spl/run/lookup/csv.ts';
import { readLinearModel } from '../spl/run/lookup/linear-model.ts';
import { type LookupDefinition, LookupStore } from '../spl/run/lookup/store.ts';
import type { MacroDefinition, ResolveMacro } from '../spl/syntax/macros.ts';

/** What rules may use besides events: macros, lookups, models. The same for every rule of a catalog. */
export interface RuleEnvironment {
  macros: ResolveMacro;
  lookups: LookupStore;
  models: ReadonlyMap<string, LinearModel>;
  dataModels: DataModelProvider;
}

/** What an environment must know of a lookup, beside its rows. */
export type LookupFacts = Pick<
  Lookup,
  | 'name'
  | 'lookupType'
  | 'filename'
  | 'fields'
  | 'matchType'
  | 'caseSensitive'
  | 'minMatches'
  | 'maxMatches'
  | 'defaultMatch'
>;

/** The parts of a catalog that an environment is made of. */
export interface EnvironmentContent<L extends LookupFacts = Lookup> {
  macros: readonly Pick<Macro, 'name' | 'arguments' | 'definition'>[];
  lookups: readonly L[];
  /** Data models beside those that come along, or instead of one of the same name. */
  dataModels?: readonly DataModelDefinition[];
}

/**
 * The environment that a catalog gives its rules. `textOf` gives the text of a lookup's file (CSV or model), whole: the
 * catalog itself keeps only the first rows. A lookup without a file, such as a kvstore collection, is empty.
 */
export function environmentOf<L extends LookupFacts>(
  content: EnvironmentContent<L>,
  textOf: (lookup: L) => string | undefined,
): RuleEnvironment {
  const macros = new Map<string, MacroDefinition>();
  for (const { name, arguments: args, definition } of content.macros) {
    macros.set(`${name.replace(/\(\d+\)$/, '')}/${args.length}`, { name, args, definition });
  }
  const models = new Map<string, LinearModel>();
  const definitions: LookupDefinition[] = [];
  for (const lookup of content.lookups) {
    const text = textOf(lookup);
    if (lookup.lookupType === 'mlmodel') {
      const model = text === undefined ? undefined : readLinearModel(text);
      if (model !== undefined) models.set(lookup.name.replace(/^__mlspl_/, ''), model);
    } else definitions.push(...definitionsOf(lookup, text));
  }
  return {
    macros: (name, count) => macros.get(`${name}/${count}`),
    lookups: new LookupStore(definitions, 'empty'),
    models,
    dataModels: cimProvider(dataModels(content.dataModels)),
  };
}

/** Under its own name, and under its file's, which searches use too. */
function definitionsOf(lookup: LookupFacts, text: string | undefined): LookupDefinition[] {
  const table = text === undefined ? { columns: lookup.fields, rows: [] } : readCsv(text);
  const definition: LookupDefinition = {
    name: lookup.name,
    ...table,
    matchType: lookup.matchType.join(','),
    collection: lookup.lookupType === 'kvstore',
    ...(lookup.caseSensitive === undefined ? {} : { caseSensitive: lookup.caseSensitive }),
    ...(lookup.maxMatches === undefined ? {} : { maxMatches: lookup.maxMatches }),
    ...(lookup.minMatches === undefined ? {} : { minMatches: lookup.minMatches }),
    ...(lookup.defaultMatch === undefined ? {} : { defaultMatch: lookup.defaultMatch }),
  };
  const file = lookup.filename?.replace(/\.csv$/, '');
  return file === undefined || file === lookup.name
    ? [definition]
    : [{ ...definition, name: file }, definition];
}
