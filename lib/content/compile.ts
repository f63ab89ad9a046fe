/** Content folders → catalog. */
import { attackVersion } from '../attack/techniques.ts';
import type { Pipeline } from '../sigma/convert/pipelines/pipeline.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { type LinkInput, link } from './link/link.ts';
import type { SearchCache } from './link/search-facts.ts';
import { type LoadedFile, loadFile } from './load.ts';
import { type Catalog, type ContentObject, type ContentRoot, catalogFormat, type Lookup } from './model.ts';
import { type ReadTable, readTable } from './read/csv.ts';
import { type FoundFile, findFiles } from './read/files.ts';
import { licenceOfFolder } from './read/licence-file.ts';

export interface CompileProgress {
  step: 'read' | 'link';
  /** Files read so far, and in all. */
  done: number;
  total: number;
}

export interface CompileOptions {
  onProgress?: (progress: CompileProgress) => void;
  /** From `createCache`, and given again on the next call: files that have not changed are not read again. */
  cache?: CompileCache;
}

interface Cached<T> {
  stamp: string;
  value: T;
}

/** What was read, by absolute path. Kept in memory only. */
export interface CompileCache {
  files: Map<string, Cached<LoadedFile>>;
  tables: Map<string, Cached<ReadTable>>;
  searches: SearchCache;
}

export function createCache(): CompileCache {
  return { files: new Map(), tables: new Map(), searches: new Map() };
}

const progressEvery = 200;

/**
 * Reads, validates and links everything below the folders (a single file is a folder of one). Never throws for what
 * is in them: what is wrong is in `diagnostics`, in the order of folders, paths and places. The same input gives the
 * same catalog, byte for byte.
 */
export async function compile(roots: string[], options: CompileOptions = {}): Promise<Catalog> {
  const cache = options.cache ?? createCache();
  const found = roots.map((folder, root) => findFiles(root, folder));
  const files = found.flatMap((folder) => folder.files);
  const yaml = files.filter((file) => /\.ya?ml$/i.test(file.path));
  const diagnostics: Diagnostic[] = found.flatMap((folder) => folder.diagnostics);
  const input: LinkInput = {
    objects: [],
    origins: new Map(),
    fileDiagnostics: new Map(),
    attachedTests: [],
    deprecations: [],
    pins: [],
    searches: cache.searches,
  };

  const pipelines: Pipeline[] = [];
  const seen = new Set<string>();
  for (const [index, file] of yaml.entries()) {
    if (index % progressEvery === 0) {
      options.onProgress?.({ step: 'read', done: index, total: yaml.length });
      // Lets a terminal redraw and a server answer between two handfuls of files.
      if (options.onProgress) await new Promise((resolve) => setImmediate(resolve));
    }
    seen.add(keyOf(file));
    const loaded = fresh(cache.files, file, loadFile);
    diagnostics.push(...loaded.diagnostics);
    collect(loaded, input);
    if (loaded.pipeline) diagnostics.push(...addPipeline(pipelines, loaded.pipeline, file));
  }
  options.onProgress?.({ step: 'link', done: yaml.length, total: yaml.length });
  for (const key of cache.files.keys()) if (!seen.has(key)) cache.files.delete(key);

  diagnostics.push(...attachTables(input, files, cache));
  const { diagnostics: linkDiagnostics, ...linked } = link(input);
  return {
    format: catalogFormat,
    roots: roots.map((label, root) => rootOf(label, yaml.filter((file) => file.root === root).length)),
    attackVersion,
    ...linked,
    pipelines,
    diagnostics: [...diagnostics, ...linkDiagnostics].sort(byPlace),
  };
}

function rootOf(label: string, files: number): ContentRoot {
  const licence = licenceOfFolder(label);
  return { label, files, ...(licence ? { licence } : {}) };
}

function collect(loaded: LoadedFile, input: LinkInput): void {
  const { file, mapping, object } = loaded;
  if (!file || !mapping) return;
  if (object) {
    // A copy, because linking replaces its lists and the cache must keep what was read.
    const copy: ContentObject = { ...object };
    input.objects.push(copy);
    input.origins.set(copy, { file, mapping });
    if (loaded.diagnostics.length > 0) input.fileDiagnostics.set(copy, loaded.diagnostics);
  }
  if (loaded.attached) input.attachedTests.push({ file, attached: loaded.attached });
  if (loaded.deprecations) input.deprecations.push(...loaded.deprecations);
  if (loaded.pins) input.pins.push({ file, pins: loaded.pins });
}

/** Of two pipelines of one name the first counts. */
function addPipeline(pipelines: Pipeline[], pipeline: Pipeline, { root, path }: FoundFile): Diagnostic[] {
  if (pipelines.every(({ name }) => name !== pipeline.name)) {
    pipelines.push(pipeline);
    return [];
  }
  const message = `Another file has a pipeline \`${pipeline.name}\` already; choose another name.`;
  return [{ code: 'pipeline-name-taken', severity: 'error', message, path, root }];
}

/** The CSV of each lookup: beside its YAML file, else the only one of that name in the same content folder. */
function attachTables(input: LinkInput, files: readonly FoundFile[], cache: CompileCache): Diagnostic[] {
  const byPath = new Map<string, FoundFile>();
  const byName = new Map<string, FoundFile>();
  for (const file of files) {
    if (!/\.csv$/i.test(file.path)) continue;
    byPath.set(`${file.root} ${file.path}`, file);
    byName.set(`${file.root} ${file.path.slice(file.path.lastIndexOf('/') + 1)}`, file);
  }
  const diagnostics: Diagnostic[] = [];
  for (const lookup of input.objects) {
    if (lookup.kind !== 'lookup' || lookup.lookupType !== 'csv' || !lookup.filename) continue;
    const { path, root } = lookup.source;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const file =
      byPath.get(`${root} ${folder}${lookup.filename}`) ?? byName.get(`${root} ${lookup.filename}`);
    const problem = file ? setTable(lookup, fresh(cache.tables, file, readTable)) : missing(lookup);
    const origin = input.origins.get(lookup);
    if (!problem || !origin) continue;
    const key = origin.mapping.entries.get('filename') ?? origin.mapping.entries.get('name');
    diagnostics.push(origin.file.problem(problem.code, problem.message, key?.value));
  }
  return diagnostics;
}

type TableProblem = { code: 'csv-missing' | 'csv-unreadable'; message: string };

function setTable(lookup: Lookup, read: ReadTable): TableProblem | undefined {
  if ('table' in read) {
    lookup.table = read.table;
    return undefined;
  }
  const message = `The CSV file \`${lookup.filename}\` cannot be read: ${read.failure}.`;
  return { code: 'csv-unreadable', message };
}

function missing(lookup: Lookup): TableProblem {
  const message = `The CSV file \`${lookup.filename}\` is not in the content folder; put it beside this file.`;
  return { code: 'csv-missing', message };
}

/** From the cache while path, size and time of change are the same; the folder's place in the list is part of it. */
function fresh<T>(cache: Map<string, Cached<T>>, file: FoundFile, read: (file: FoundFile) => T): T {
  const key = keyOf(file);
  const stamp = `${file.size} ${file.mtimeMs}`;
  const known = cache.get(key);
  if (known?.stamp === stamp) return known.value;
  const value = read(file);
  cache.set(key, { stamp, value });
  return value;
}

function keyOf(file: FoundFile): string {
  return `${file.root} ${file.path} ${file.absolute}`;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    (a.root ?? 0) - (b.root ?? 0) ||
    compareText(a.path ?? '', b.path ?? '') ||
    (a.range?.start ?? -1) - (b.range?.start ?? -1) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
