/** For tests: catalogs of made-up content, and what they complain of. */
import { expect } from 'vitest';
import type { Diagnostic } from '../text/diagnostic.ts';
import { compile } from './compile.ts';
import type { Catalog } from './model.ts';
import { contentFolder } from './test-folder.ts';

export async function compiled(files: Record<string, string | Uint8Array>): Promise<Catalog> {
  return compile([contentFolder(files)]);
}

/** The one diagnostic of this code. Fails when there is none, or another one. */
export function only(catalog: Catalog, code: string): Diagnostic {
  const found = catalog.diagnostics.filter((diagnostic) => diagnostic.code === code);
  expect(found, `${code} in ${JSON.stringify(catalog.diagnostics)}`).toHaveLength(1);
  return found[0]!;
}
