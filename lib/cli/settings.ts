import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

/** Folder of this project; the bundled content, the components and the packages lie in it. */
export const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Scratch of a build: the compiled catalog, assets and fingerprints. */
export const WORK = join(PROJECT, '.sightline');

export interface Settings {
  /** Absolute content folders, in order: the first to claim an address keeps it. */
  content: string[];
  title: string;
  repository?: string;
  branch: string;
  splunkBaseUrl?: string;
  /** `''` or `/x`, without a trailing slash. */
  basePath: string;
  siteUrl?: string;
  /** Absolute folder that the finished site is written to. */
  out: string;
  port: number;
  /** Build what can be built although some files cannot be read. */
  keepGoing: boolean;
  /** Print every warning, not only a count of each. */
  warnings: boolean;
}

/** A setting or argument that cannot be used; its message is for the person who wrote it. */
export class SettingsError extends Error {}

const FILE = z.strictObject({
  content: z.union([z.string(), z.array(z.string())]).optional(),
  title: z.string().optional(),
  repository: z.url().optional(),
  branch: z.string().optional(),
  splunk_base_url: z.url().optional(),
  base_path: z.string().optional(),
  site_url: z.url().optional(),
});

const OPTIONS = {
  content: { type: 'string', multiple: true },
  out: { type: 'string' },
  'base-path': { type: 'string' },
  config: { type: 'string' },
  port: { type: 'string' },
  title: { type: 'string' },
  'keep-going': { type: 'boolean' },
  warnings: { type: 'boolean' },
} as const;

/** Arguments first, then `sightline.config.yml` of the working folder, then the bundled content. */
export function readSettings(args: string[]): Settings {
  const { values } = parse(args);
  const file = readFile(values.config);
  const fromFile =
    file.settings.content === undefined
      ? undefined
      : [file.settings.content].flat().map((path) => resolve(file.folder, path));
  const content = values.content?.map((path) => resolve(path)) ?? fromFile ?? [join(PROJECT, 'content')];
  for (const folder of content) {
    if (!existsSync(folder)) throw new SettingsError(`The content folder ${folder} does not exist.`);
    if (!statSync(folder).isDirectory())
      throw new SettingsError(`${folder} is a file; --content takes a folder.`);
  }
  return {
    content,
    title: values.title ?? file.settings.title ?? 'Sightline',
    repository: file.settings.repository,
    branch: file.settings.branch ?? 'main',
    splunkBaseUrl: file.settings.splunk_base_url,
    basePath: basePath(values['base-path'] ?? file.settings.base_path ?? ''),
    siteUrl: file.settings.site_url,
    out: resolve(values.out ?? join(PROJECT, 'out')),
    port: port(values.port),
    keepGoing: values['keep-going'] ?? false,
    warnings: values.warnings ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: false });
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error));
  }
}

function readFile(given: string | undefined): { settings: z.infer<typeof FILE>; folder: string } {
  const path = given ? resolve(given) : resolve('sightline.config.yml');
  if (!existsSync(path)) {
    if (given) throw new SettingsError(`The configuration file ${path} does not exist.`);
    return { settings: {}, folder: process.cwd() };
  }
  let value: unknown;
  try {
    value = parseYaml(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new SettingsError(`${path} is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = FILE.safeParse(value);
  if (!result.success) throw new SettingsError(`${path}: ${z.prettifyError(result.error)}`);
  return { settings: result.data, folder: dirname(path) };
}

function basePath(text: string): string {
  const trimmed = text.replace(/\/+$/, '');
  if (trimmed === '') return '';
  if (!/^(?:\/[\w.~-]+)+$/.test(trimmed)) {
    throw new SettingsError(`The base path “${text}” must look like /x or /team/detections.`);
  }
  return trimmed;
}

function port(text: string | undefined): number {
  if (text === undefined) return 3000;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new SettingsError(`“${text}” is not a port number.`);
  return value;
}

/** A path as a person would type it from here. */
export function shown(path: string): string {
  const here = process.cwd();
  return isAbsolute(path) && path.startsWith(`${here}/`) ? path.slice(here.length + 1) : path;
}
