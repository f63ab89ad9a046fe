import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { TestData } from '../../content/model.ts';
import type { Download } from './download.ts';

/** A test's data as a file on this disk, or why there is none. */
export type Located = { data: TestData; path: string } | { data: TestData; missing: Missing };

interface Missing {
  code: 'not-fetched' | 'fetch-failed' | 'not-found' | 'outside' | 'lfs-pointer';
  reason: string;
}

export interface LocateOptions {
  /** Absolute content folder of the detection. */
  root: string;
  /** Absolute folder with a copy of the attack_data repository, or of SigmaHQ's regression data. */
  mirror?: string | undefined;
  /** Gets a URL; absent where nothing may be fetched. */
  download?: Download | undefined;
}

/**
 * Addresses of a file in Splunk's attack_data repository: `media.githubusercontent.com/media/splunk/attack_data/…`,
 * `raw.githubusercontent.com/splunk/attack_data/…`, `github.com/splunk/attack_data/raw/…`, with any branch.
 */
const IN_ATTACK_DATA =
  /^https?:\/\/[^/]+\/(?:media\/)?[^/]+\/attack_data\/(?:(?:raw|blob|media)\/)?(?:refs\/heads\/)?[^/]+\/(.+)$/i;

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

export async function locate(data: TestData, options: LocateOptions): Promise<Located> {
  const found = isUrl(data.data) ? await ofUrl(data.data, options) : ofPath(data.data, options);
  if (typeof found !== 'string') return { data, missing: found };
  if (isPointer(found)) {
    const reason = `${data.data} is a Git LFS pointer; the events themselves are not in this copy (git lfs pull)`;
    return { data, missing: { code: 'lfs-pointer', reason } };
  }
  return { data, path: found };
}

function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

async function ofUrl(url: string, { mirror, download }: LocateOptions): Promise<string | Missing> {
  const inRepository = IN_ATTACK_DATA.exec(url)?.[1];
  const mirrored = inRepository && mirror ? inMirror(decoded(inRepository), mirror) : undefined;
  if (mirrored !== undefined) return mirrored;
  if (download === undefined) {
    return { code: 'not-fetched', reason: 'The events are at a URL; give --attack-data DIR or --fetch' };
  }
  const got = await download(url);
  return 'path' in got ? got.path : { code: 'fetch-failed', reason: got.failure };
}

function ofPath(path: string, { root, mirror }: LocateOptions): string | Missing {
  const inside = within(root, path);
  if (inside === undefined) {
    return { code: 'outside', reason: `${path} leads out of the content folder; put the events inside it` };
  }
  if (isFile(inside)) return inside;
  const mirrored = mirror && inMirror(path.replace(/^\.?\/*(?:(?:attack|regression)_data\/)?/, ''), mirror);
  return mirrored || { code: 'not-found', reason: `There is no file ${path} in the content folder` };
}

/** With the `datasets/` that the repository has at its top, or without where the copy begins below it. */
function inMirror(path: string, mirror: string): string | undefined {
  const below = path.replace(/^datasets\//, '');
  return [path, below, join('datasets', below)]
    .map((candidate) => within(mirror, candidate))
    .find((candidate) => candidate !== undefined && isFile(candidate));
}

/** A path of the content must not reach files that are none of it. */
function within(folder: string, path: string): string | undefined {
  const full = resolve(folder, path);
  return full.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? full : undefined;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function isPointer(path: string): boolean {
  const head = Buffer.alloc(LFS_POINTER.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return head.toString('latin1') === LFS_POINTER;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
