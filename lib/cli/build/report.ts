import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from '../../collections.ts';
import type { Catalog } from '../../content/model.ts';
import { codeFrame } from '../../text/code-frame.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Io } from '../io.ts';
import type { Settings } from '../settings.ts';

/** Prints errors in full with the line they stand on, and warnings by code; `--warnings` prints each. */
export function reportDiagnostics(
  io: Io,
  catalog: Catalog,
  settings: Settings,
): { errors: number; warnings: number } {
  const errors = catalog.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const warnings = catalog.diagnostics.filter((diagnostic) => diagnostic.severity === 'warning');
  for (const error of errors) io.err(`${rendered(error, settings)}\n`);
  const byCode = groupBy(warnings, (warning) => warning.code);
  for (const [code, list] of [...byCode].sort((a, b) => b[1].length - a[1].length)) {
    if (settings.warnings) for (const warning of list) io.err(`${rendered(warning, settings)}\n`);
    else io.err(`  ${String(list.length).padStart(5)} × ${code}, e.g. ${place(list[0]!)}\n`);
  }
  if (warnings.length > 0 && !settings.warnings)
    io.err(`  ${warnings.length} warnings; --warnings prints each with its place.\n`);
  return { errors: errors.length, warnings: warnings.length };
}

function rendered(diagnostic: Diagnostic, settings: Settings): string {
  const head = `${place(diagnostic)} ${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}`;
  const text = diagnostic.range ? textOf(diagnostic, settings) : undefined;
  const frame = text !== undefined && diagnostic.range ? codeFrame(text, diagnostic.range) : '';
  return frame ? `${head}\n${frame.replace(/^/gm, '    ')}` : head;
}

function place({ path = '', position }: Diagnostic): string {
  return position ? `${path}:${position.line}:${position.column}` : path;
}

/** A file's text, read again only for what is printed; one that cannot be read was said to be so. */
function textOf({ path, root = 0 }: Diagnostic, settings: Settings): string | undefined {
  const folder = settings.content[root];
  if (path === undefined || folder === undefined) return undefined;
  try {
    return readFileSync(join(folder, path), 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

const COUNTED: [
  key: 'detections' | 'stories' | 'macros' | 'lookups' | 'dataSources' | 'baselines' | 'playbooks',
  one: string,
  many: string,
][] = [
  ['detections', 'detection', 'detections'],
  ['stories', 'story', 'stories'],
  ['macros', 'macro', 'macros'],
  ['lookups', 'lookup', 'lookups'],
  ['dataSources', 'data source', 'data sources'],
  ['baselines', 'baseline', 'baselines'],
  ['playbooks', 'playbook', 'playbooks'],
];

/** `1,711 detections, 261 stories, …` with what the catalog has. */
export function counts(catalog: Catalog): string {
  return COUNTED.filter(([key]) => catalog[key].length > 0)
    .map(
      ([key, one, many]) =>
        `${catalog[key].length.toLocaleString('en')} ${catalog[key].length === 1 ? one : many}`,
    )
    .join(', ');
}
