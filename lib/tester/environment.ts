import type { Lookup, Macro } from '../content/model.ts';
import type { DataModelDefinition } from '../events/cim/model.ts';
// The modules themselves: the index would bring the whole engine into a page's worker.
import type { LinearModel } from '../spl/run/context.ts';
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
  /** Texts of Sigma files that others depend on; see `elsewhereIn`. Read by whoever runs a Sigma rule. */
  sigmaFiles: readonly string[];
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

const NO_FILES: readonly string[] = [];

/** The parts of a catalog that an environment is made of. */
export interface EnvironmentContent<L extends LookupFacts = Lookup> {
  macros: readonly Pick<Macro, 'name' | 'arguments' | 'definition'>[];
  lookups: readonly L[];
  /** Data models beside those that come along, or instead of one of the same name. */
  dataModels?: readonly DataModelDefinition[];
  /** Texts of Sigma files that others depend on: see `filesForOthers`. */
  sigmaFiles?: readonly string[];
}

/**
 * The environment that a catalog gives its rules, with data models by themselves: see `environmentOf`, which has all of
 * them, and `TesterSession`, which fetches them for a search that names one.
 */
export function environmentWith<L extends LookupFacts>(
  dataModels: DataModelProvider,
  content: Omit<EnvironmentContent<L>, 'dataModels'>,
  textOf: (lookup: L) => string | undefined,
): RuleEnvironment {
  // Of two objects of one name the first counts, as where pages link to them.
  const macros = new Map<string, MacroDefinition>();
  for (const { name, arguments: args, definition } of content.macros) {
    const key = `${name.replace(/\(\d+\)$/, '')}/${args.length}`;
    if (!macros.has(key)) macros.set(key, { name, args, definition });
  }
  const models = new Map<string, LinearModel>();
  const tables = new Map<string, LookupDefinition>();
  const byFile = new Map<string, LookupDefinition>();
  for (const lookup of content.lookups) {
    const text = textOf(lookup);
    if (lookup.lookupType === 'mlmodel') {
      const model = text === undefined ? undefined : readLinearModel(text);
      const name = lookup.name.replace(/^__mlspl_/, '');
      if (model !== undefined && !models.has(name)) models.set(name, model);
      continue;
    }
    const definition = definitionOf(lookup, text);
    if (!tables.has(lookup.name)) tables.set(lookup.name, definition);
    // Searches name the file of a lookup too; a lookup that has that name itself comes before.
    const file = lookup.filename?.replace(/\.csv$/, '');
    if (file !== undefined && !byFile.has(file)) byFile.set(file, { ...definition, name: file });
  }
  return {
    macros: Object.assign((name: string, count: number) => macros.get(`${name}/${count}`), {
      names: () => new Set([...macros.values()].map(({ name }) => name.replace(/\(\d+\)$/, ''))),
    }),
    lookups: new LookupStore(new Map([...byFile, ...tables]).values(), 'empty'),
    models,
    dataModels,
    sigmaFiles: content.sigmaFiles ?? NO_FILES,
  };
}

function definitionOf(lookup: LookupFacts, text: string | undefined): LookupDefinition {
  return {
    name: lookup.name,
    ...(text === undefined ? { columns: lookup.fields, rows: [] } : readCsv(text)),
    matchType: lookup.matchType.join(','),
    collection: lookup.lookupType === 'kvstore',
    ...(lookup.caseSensitive === undefined ? {} : { caseSensitive: lookup.caseSensitive }),
    ...(lookup.maxMatches === undefined ? {} : { maxMatches: lookup.maxMatches }),
    ...(lookup.minMatches === undefined ? {} : { minMatches: lookup.minMatches }),
    ...(lookup.defaultMatch === undefined ? {} : { defaultMatch: lookup.defaultMatch }),
  };
}
