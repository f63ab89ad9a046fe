/**
 * The last segment of every object's address. It is made from the name, unique within the kind, and must never change
 * once published: an `addresses.yml` in a content folder pins it, and everything else here is deterministic.
 */
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { ContentObject, Shape } from '../model.ts';
import type { PinnedAddress } from '../normalise/side-files.ts';
import type { SourceFile } from '../read/source-file.ts';

/** Longest slug in bytes: a folder's name may have 255, and a clash adds a suffix. */
const longest = 200;

/** Kebab-case: letters and digits kept, accents taken off, everything else one hyphen. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  let characters = Buffer.byteLength(slug) > longest ? [...slug] : undefined;
  while (characters && Buffer.byteLength(characters.join('')) > longest) characters = characters.slice(0, -8);
  return (characters?.join('') ?? slug).replace(/^-+|-+$/g, '');
}

export interface PinsOfFile {
  file: SourceFile;
  pins: PinnedAddress[];
}

export interface Addresses {
  /** Slugs that an object had before, from `addresses.yml`. */
  former: [ContentObject, string][];
  diagnostics: Diagnostic[];
}

/**
 * Of several detections of one name the first keeps the plain slug: the living before the removed, then source before
 * generated text. The order within one rank is that of the content folders and paths.
 */
const rankOfShape: Record<Shape, number> = { g3: 0, g2: 0, g1: 0, sigma: 1, ssa2: 2, ssa1: 3 };

/** Sets `slug` on all objects; they come in the order of content folders and paths. */
export function assignSlugs(
  objects: readonly ContentObject[],
  pinsOfFiles: readonly PinsOfFile[],
): Addresses {
  const taken = new Map<string, ContentObject>();
  const key = (object: ContentObject, slug: string) => `${object.kind} ${slug}`;
  const give = (object: ContentObject, slug: string) => {
    object.slug = slug;
    taken.set(key(object, slug), object);
  };
  const { pinned, former, diagnostics } = applyPins(objects, pinsOfFiles, taken, give);

  const waiting = objects.filter((object) => !pinned.has(object));
  const ordered = waiting
    .map((object, index) => ({ object, index, rank: rank(object) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  for (const { object } of ordered) {
    give(
      object,
      freeSlug(object, (slug) => !taken.has(key(object, slug))),
    );
  }
  return { former, diagnostics };
}

function applyPins(
  objects: readonly ContentObject[],
  pinsOfFiles: readonly PinsOfFile[],
  taken: Map<string, ContentObject>,
  give: (object: ContentObject, slug: string) => void,
): Addresses & { pinned: Set<ContentObject> } {
  const pinned = new Set<ContentObject>();
  const former: [ContentObject, string][] = [];
  const diagnostics: Diagnostic[] = [];
  if (pinsOfFiles.length === 0) return { pinned, former, diagnostics };
  const byId = new Map<string, ContentObject>();
  for (const object of objects) if (object.id && !byId.has(object.id)) byId.set(object.id, object);
  for (const { file, pins } of pinsOfFiles) {
    for (const { id, slug, former: earlier, span, unusable } of pins) {
      if (unusable !== undefined) {
        const message = `\`${unusable}\` cannot be an address; write lower-case letters and digits with hyphens between them.`;
        diagnostics.push(file.problem('address-unusable', message, span));
        continue;
      }
      const object = byId.get(id);
      if (!object) {
        const message = `No object has the ID ${id}; if it was removed on purpose, keep its file with \`status: removed\` so that links to it still work.`;
        diagnostics.push(file.problem('address-unknown', message, span));
      } else if (pinned.has(object) || taken.has(`${object.kind} ${slug}`)) {
        const message = `The address \`${slug}\` is given twice, or its object already has one; keep one of them.`;
        diagnostics.push(file.problem('address-taken', message, span));
      } else {
        pinned.add(object);
        give(object, slug);
        for (const old of earlier) if (old !== slug) former.push([object, old]);
      }
    }
  }
  return { pinned, former, diagnostics };
}

function rank(object: ContentObject): number {
  const gone = object.status === 'removed' ? 100 : 0;
  if (object.kind !== 'detection') return gone;
  const generated = /(^|\/)dist\//.test(object.source.path) ? 1 : 0;
  return gone + rankOfShape[object.shape] * 2 + generated;
}

/** Plain, then told apart by shape and by ID, then numbered: never without an answer. */
function* candidateSlugs(object: ContentObject): Generator<string> {
  const base = slugOf(object.name) || object.id || object.kind.replaceAll('_', '-');
  yield base;
  if (object.kind === 'detection') {
    const generated = /(^|\/)dist\//.test(object.source.path);
    yield `${base}-${generated ? 'spl2' : object.shape === 'ssa2' ? object.language : object.shape}`;
    yield `${base}-${object.shape}`;
    if (generated) yield `${base}-compiled`;
  }
  if (object.id) yield `${base}-${object.id.slice(0, 8)}`;
  for (let number = 2; ; number++) yield `${base}-${number}`;
}

function freeSlug(object: ContentObject, isFree: (slug: string) => boolean): string {
  for (const slug of candidateSlugs(object)) if (isFree(slug)) return slug;
  return object.slug;
}
