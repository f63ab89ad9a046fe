import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile } from '../../content/compile.ts';
import type { Catalog, Detection, Lookup } from '../../content/model.ts';
import {
  type LinearModel,
  type LookupDefinition,
  LookupStore,
  type MacroDefinition,
  readCsv,
  readLinearModel,
} from '../../spl/index.ts';

/** What the searches of a content folder may use. */
export interface ContentEnvironment {
  catalog: Catalog;
  macros: (name: string, count: number) => MacroDefinition | undefined;
  lookups: LookupStore;
  models: Map<string, LinearModel>;
}

export async function readContent(roots: string[]): Promise<ContentEnvironment> {
  const catalog = await compile(roots);
  const macros = new Map<string, MacroDefinition>();
  for (const { name, arguments: args, definition } of catalog.macros) {
    macros.set(`${name.replace(/\(\d+\)$/, '')}/${args.length}`, { name, args, definition });
  }
  const models = new Map<string, LinearModel>();
  const definitions: LookupDefinition[] = [];
  for (const lookup of catalog.lookups) {
    const path =
      lookup.filename && join(roots[lookup.source.root]!, dirname(lookup.source.path), lookup.filename);
    const text = path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    if (lookup.lookupType === 'mlmodel') {
      const model = text === undefined ? undefined : readLinearModel(text);
      if (model !== undefined) models.set(lookup.name.replace(/^__mlspl_/, ''), model);
    } else definitions.push(...definitionsOf(lookup, text));
  }
  return {
    catalog,
    macros: (name, count) => macros.get(`${name}/${count}`),
    lookups: new LookupStore(definitions, 'empty'),
    models,
  };
}

/** Under its own name, and under its file's, which searches use too. */
function definitionsOf(lookup: Lookup, text: string | undefined): LookupDefinition[] {
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

/** By slug, id, name (any case) or path of the file. */
export function findDetection(catalog: Catalog, wanted: string): Detection | undefined {
  const lower = wanted.toLowerCase();
  const path = wanted.replaceAll('\\', '/');
  return catalog.detections.find(
    ({ slug, id, name, source }) =>
      slug === lower ||
      id === lower ||
      name.toLowerCase() === lower ||
      path.endsWith(source.path) ||
      source.path.endsWith(`/${path}`),
  );
}
