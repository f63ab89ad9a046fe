/** Files that are no objects themselves but add to objects: tests, deprecations, pinned addresses. */
import type { DeclaredTest, Deprecation } from '../model.ts';
import type { Span } from '../read/source-file.ts';
import type { Fields } from './fields.ts';
import { readTests } from './tests.ts';

/** Tests kept apart from the detection file that they are for (Behavioral Analytics 1). */
export interface AttachedTests {
  /** File names of the detection, without folders, to be tried in turn. */
  detectionFiles: string[];
  tests: DeclaredTest[];
}

/** A test names its detection's file; where that is mistyped, the test file's own name still tells it. */
export function readTestFile(fields: Fields): AttachedTests[] {
  const own = fileName(fields.file.path).replace(/\.test(\.ya?ml)$/i, '$1');
  const named = fields.maps('tests').map((test) => test.text('file'));
  const grouped = new Map<string, DeclaredTest[]>();
  readTests(fields, 'tests').forEach((test, index) => {
    const target = fileName(named[index] ?? own);
    grouped.set(target, [...(grouped.get(target) ?? []), test]);
  });
  return [...grouped].map(([target, tests]) => ({ detectionFiles: [...new Set([target, own])], tests }));
}

/** One entry of `removed/deprecation_mapping.YML` (late generation 2). */
export interface MappedDeprecation {
  name: string;
  deprecation: Deprecation;
}

export function readDeprecations(fields: Fields): MappedDeprecation[] {
  const found: MappedDeprecation[] = [];
  for (const kind of fields.node.entries.keys()) {
    for (const entry of fields.maps(kind)) {
      const name = entry.text('content', 'name');
      if (!name) continue;
      const reason = entry.text('reason');
      const removedIn = entry.text('removed_in_version');
      const replacements = entry.texts('replacement_content').map((text) => ({ name: text }));
      found.push({
        name,
        deprecation: { ...(reason ? { reason } : {}), ...(removedIn ? { removedIn } : {}), replacements },
      });
    }
  }
  return found;
}

/** An entry of `addresses.yml`: the slug that an ID keeps, and the ones it had. */
export interface PinnedAddress {
  id: string;
  slug: string;
  former: string[];
  span: Span;
  /** A written slug that cannot be part of an address; the entry does nothing then. */
  unusable?: string;
}

/** `<id>: slug`, or `<id>: {slug: …, former: […]}`. */
export function readAddresses(fields: Fields): PinnedAddress[] {
  return [...fields.node.entries].map(([key, entry]) => {
    const detail = fields.map(key);
    const slug = (detail ? detail.text('slug') : fields.text(key)) ?? '';
    const former = detail?.texts('former') ?? [];
    const unusable = [slug, ...former].find((text) => !isSlug(text));
    return {
      id: key.toLowerCase(),
      slug,
      former,
      span: entry.key,
      ...(unusable === undefined ? {} : { unusable }),
    };
  });
}

function isSlug(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
