/** The lists of a catalog that can be worked on. */
import type { Catalog, ContentObject } from '../content/model.ts';
import { detectionList } from './detection-list.ts';
import { type ListCatalog, listCatalog } from './list.ts';
import type { ListFile } from './model.ts';
import { cveList, dataSourceList, lookupList, macroList, storyList, techniqueList } from './other-lists.ts';

interface ListMaker {
  make: (catalog: ListCatalog) => ListFile;
  /** The objects behind the rows, in their order, where they were written in YAML. */
  objects?: (catalog: Catalog) => readonly ContentObject[];
}

/** By first segment of the addresses of its rows. */
const LISTS: Readonly<Record<string, ListMaker>> = {
  detections: { make: detectionList, objects: (catalog) => catalog.detections },
  stories: { make: storyList, objects: (catalog) => catalog.stories },
  'data-sources': { make: dataSourceList, objects: (catalog) => catalog.dataSources },
  techniques: { make: techniqueList },
  cves: { make: cveList },
  macros: { make: macroList, objects: (catalog) => catalog.macros },
  lookups: { make: lookupList, objects: (catalog) => catalog.lookups },
};

export interface CatalogList {
  file: ListFile;
  /** As many as rows, or none. */
  objects: readonly ContentObject[];
}

/** Every list that has rows. */
export function catalogLists(catalog: Catalog): CatalogList[] {
  const indexed = listCatalog(catalog);
  return Object.values(LISTS)
    .map(({ make, objects }) => ({ file: make(indexed), objects: objects?.(catalog) ?? [] }))
    .filter(({ file }) => file.names.length > 0);
}

/** Root-relative address of a list's file, without base path. */
export function listAddress(list: string): string {
  return `/lists/${list}.json`;
}
