/** What follows from a document's kind and name, in all but a few documents: only those few are written. */
import { folderOfKind } from '../../content/address.ts';
import type { Kind } from '../../content/model.ts';
import type { DocumentKind } from '../documents.ts';

/** Every kind that there is, each by its place. */
export const KINDS: readonly DocumentKind[] = [
  ...(Object.keys(folderOfKind) as Kind[]),
  'technique',
  'group',
  'cve',
  'guide',
  'tactic',
  'page',
];

/** Stands for a document's own slug, with `_` for `-`, in its values. */
export const OWN = '\u0001';

interface Named {
  kind: DocumentKind;
  name: string;
  slug: string;
}

/** As addresses are made; where they are made otherwise, the slug is written. */
export function slugFrom({ name }: { name: string }): string {
  if (/^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/.test(name)) return name.toLowerCase().replaceAll(' ', '-');
  return name
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** ATT&CK's and CVE's own IDs are their slugs in capitals; what was made from YAML has a UUID or nothing. */
export function idFrom({ kind, slug }: Named): string {
  return kind === 'technique' || kind === 'group' || kind === 'cve' ? slug.toUpperCase() : '';
}

/** Files are named after what they hold, which only the catalog's own kinds have. */
export function fileFrom({ kind, slug }: Named): string {
  return Object.hasOwn(folderOfKind, kind) ? `${slug.replaceAll('-', '_')}.yml` : '';
}
