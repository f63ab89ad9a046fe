import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Licence, licenceOf } from '../normalise/licence.ts';

const NAMED = /^(?:licen[cs]e|copying)(?:\.(?:md|txt|rst))?$/i;

/**
 * The licence that a content folder is published under: its own file of that name or, in a git repository, the nearest one
 * above it. Undefined where there is none, or none that is known.
 */
export function licenceOfFolder(folder: string): Licence | undefined {
  for (const place of placesOf(resolve(folder))) {
    const file = filesIn(place).find((name) => NAMED.test(name));
    if (file !== undefined) return licenceOf(read(join(place, file)));
  }
  return undefined;
}

/** The folder, and the folders above it up to the top of its repository. */
function placesOf(folder: string): string[] {
  const places: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    places.push(at);
    if (existsSync(join(at, '.git'))) return places;
    if (dirname(at) === at) return [folder];
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
