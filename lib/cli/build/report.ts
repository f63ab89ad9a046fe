import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from '../../collections.ts';
import type { Catalog } from '../../content/model.ts';
import { codeFrame } from '../../text/code-frame.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { LineIndex } from '../../text/position.ts';
import type { Io } from '../io.ts';
import type { Settings } from '../settings.ts';

/** Prints errors in full with the line they stand on, and warnings by code; `--warnings` prints each. */
export function reportDiagnostics(
  io: Io,
  catalog: Catalog,
  settings: Settings,
): { errors: number; warnings: number } {
  const texts = new Map<string, string | undefined>();
  const errors = catalog.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const warnings = catalog.diagnostics.filter((diagnostic) => diagnostic.severity === 'warning');
  for (const error of errors) io.err(`${rendered(error, settings, texts)}\n`);
  const byCode = groupBy(warnings, (warning) => warning.code);
  for (const [code, list] of [...byCode].sort((a, b) => b[1].length - a[1].length)) {
    if (settings.warnings) for (const warning of list) io.err(`${rendered(warning, settings, texts)}\n`);
    else io.err(`  ${String(list.length).padStart(5)} × ${code}, e.g. ${place(list[0]!, settings, texts)}\n`);
  }
  if (warnings.length > 0 && !settings.warnings)
    io.err(`  ${warnings.length} warnings; --warnings prints each with its place.\n`);
  return { errors: errors.length, warnings: warnings.length };
}

function rendered(
  diagnostic: Diagnostic,
  settings: Settings,
  texts: Map<string, string | undefined>,
): string {
  const head = `${place(diagnostic, settings, texts)} ${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}`;
  const text = textOf(diagnostic, settings, texts);
  const frame = text !== undefined && diagnostic.range ? codeFrame(text, diagnostic.range) : '';
  return frame ? `${head}\n${frame.replace(/^/gm, '    ')}` : head;
}

function place(diagnostic: Diagnostic, settings: Settings, texts: Map<string, string | undefined>): string {
  const text = textOf(diagnostic, settings, texts);
  const path = diagnostic.path ?? '';
  if (text === undefined || !diagnostic.range) return path;
  const { line, column } = new LineIndex(text).positionAt(diagnostic.range.start);
  return `${path}:${line}:${column}`;
}

/** A file's text, read again only for what is printed; files too large to be read were said to be so. */
function textOf(
  { path }: Diagnostic,
  settings: Settings,
  texts: Map<string, string | undefined>,
): string | undefined {
  if (path === undefined) return undefined;
  if (!texts.has(path)) texts.set(path, readFirst(settings.content.map((folder) => join(folder, path))));
  return texts.get(path);
}

function readFirst(paths: string[]): string | undefined {
  for (const path of paths) {
    try {
      return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      // The next content folder may have it.
    }
  }
  return undefined;
}

const COUNTED: [
  key: 'detections' | 'stories' | 'macros' | 'lookups' | 'dataSources' | 'baselines' | 'playbooks',
  word: string,
][] = [
  ['detections', 'detections'],
  ['stories', 'stories'],
  ['macros', 'macros'],
  ['lookups', 'lookups'],
  ['dataSources', 'data sources'],
  ['baselines', 'baselines'],
  ['playbooks', 'playbooks'],
];

/** `1,711 detections, 261 stories, …` with what the catalog has. */
export function counts(catalog: Catalog): string {
  return COUNTED.filter(([key]) => catalog[key].length > 0)
    .map(([key, word]) => `${catalog[key].length.toLocaleString('en')} ${word}`)
    .join(', ');
}
