/** Files that the lists on the pages fetch: their rows, and the YAML of rows that a reader takes away. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog, ContentObject } from '../../content/model.ts';
import { catalogLists, listAddress } from '../../lists/catalog-lists.ts';
import type { YamlText } from '../../lists/model.ts';

/** A text of the published site at its root-relative address, made when asked for. */
export interface ListText {
  address: string;
  text: () => string;
}

/** Rows whose YAML is one file: a few are fetched with little beside them, and ten thousand need no ten thousand requests. */
const YAML_ROWS = 64;

/** `roots` are absolute content folders. */
export function* listFiles(catalog: Catalog, roots: readonly string[]): Generator<ListText> {
  for (const { file, objects } of catalogLists(catalog)) {
    const addresses: string[] = [];
    for (let from = 0; from < objects.length; from += YAML_ROWS) {
      const address = `/lists/${file.list}.yaml-${addresses.length}.json`;
      addresses.push(address);
      yield { address, text: () => JSON.stringify(yamlOf(objects.slice(from, from + YAML_ROWS), roots)) };
    }
    const ids = `/lists/${file.list}.ids.json`;
    const more = {
      ...(objects.some(({ id }) => id) ? { ids } : {}),
      ...(addresses.length > 0 ? { yaml: { rows: YAML_ROWS, addresses } } : {}),
    };
    if (more.ids) yield { address: ids, text: () => JSON.stringify(objects.map(({ id }) => id ?? '')) };
    yield { address: listAddress(file.list), text: () => JSON.stringify({ ...file, ...more }) };
  }
}

function yamlOf(objects: readonly ContentObject[], roots: readonly string[]): YamlText[] {
  return objects.map(({ source: { root, path } }) => [
    path,
    readFileSync(join(roots[root] ?? '', path), 'utf8'),
  ]);
}
