import { compile } from '../../content/compile.ts';
import type { Catalog, Detection } from '../../content/model.ts';
import type { RuleEnvironment } from '../../tester/index.ts';
import { environmentFrom, environmentSpec } from '../test/task.ts';

/** What the searches of a content folder may use. */
export interface ContentEnvironment extends RuleEnvironment {
  catalog: Catalog;
}

export async function readContent(roots: string[]): Promise<ContentEnvironment> {
  const catalog = await compile(roots);
  return { catalog, ...environmentFrom(environmentSpec(catalog, roots)) };
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
