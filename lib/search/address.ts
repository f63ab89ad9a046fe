/** Where each document's page is. */
import { folderOfKind } from '../content/address.ts';
import type { DocumentKind } from './documents.ts';

const FOLDERS: Record<Exclude<DocumentKind, 'group' | 'page'>, string> = {
  ...folderOfKind,
  technique: 'techniques',
  cve: 'cves',
  guide: 'guides',
  tactic: 'tactics',
};

/** Root-relative, without base path; a threat group has no page here, so its page at attack.mitre.org. */
export function documentAddress(kind: DocumentKind, slug: string): string {
  if (kind === 'group') return `https://attack.mitre.org/groups/${slug.toUpperCase()}/`;
  return kind === 'page' ? `/${slug}/` : `/${FOLDERS[kind]}/${slug}/`;
}
