/** The compiled catalog as a file: written once by a build step, read by everything after it. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, catalogFormat } from './model.ts';

const fileName = 'catalog.json';

/** Writes `catalog.json` into `dir` and returns its path. It is complete or absent, never half written. */
export function writeArtifact(dir: string, catalog: Catalog): string {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, fileName);
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, JSON.stringify(catalog));
  renameSync(draft, path);
  return path;
}

export type ReadArtifact = { catalog: Catalog } | { problem: 'missing' | 'unreadable' | 'other-format' };

/** Reads `catalog.json` from `dir`; one of another format is refused, because its shapes are not these. */
export function readArtifact(dir: string): ReadArtifact {
  let text: string;
  try {
    text = readFileSync(join(dir, fileName), 'utf8');
  } catch {
    return { problem: 'missing' };
  }
  try {
    const catalog = JSON.parse(text) as Catalog;
    return catalog.format === catalogFormat ? { catalog } : { problem: 'other-format' };
  } catch {
    return { problem: 'unreadable' };
  }
}
