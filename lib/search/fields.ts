/** What a document's text is made of: its fields with their weights, the keys that fill them, and their tiers. */
import type { DocumentKind } from './documents.ts';

/** Fields of text, heaviest first, and how much a word in each counts. */
export const FIELD_WEIGHTS = {
  name: 12,
  ids: 12,
  techniques: 8,
  cves: 8,
  tags: 5,
  data_sources: 4,
  fields: 3,
  macros: 3,
  description: 2.5,
  false_positives: 1.5,
  search: 1,
} as const;

export type TextField = keyof typeof FIELD_WEIGHTS;

/** Fields by number. */
export const FIELDS = Object.keys(FIELD_WEIGHTS) as TextField[];

/** Fields of running text; all others are a document's name, its IDs, or lists of values. */
export type RunningField = 'description' | 'false_positives' | 'search';

/**
 * Parts of an index that are loaded apart: what things are called and tagged with; their UUIDs, which nothing packs and
 * few look for; what is said of them; what their searches are made of.
 */
export type Tier = 'names' | 'ids' | 'descriptions' | 'searches';

/** Tiers in the order in which they are written. */
export const TIERS: readonly Tier[] = ['names', 'ids', 'descriptions', 'searches'];

/** The tiers whose words each tier refers to. */
export const TIERS_BEFORE: Record<Tier, readonly Tier[]> = {
  names: [],
  ids: ['names'],
  descriptions: ['names'],
  searches: ['names', 'descriptions'],
};

/** The tier that brings the values of each key. */
export const TIER_OF_KEY: Record<string, Tier> = {
  technique: 'names',
  tactic: 'names',
  cve: 'names',
  story: 'names',
  type: 'names',
  status: 'names',
  severity: 'names',
  risk: 'names',
  product: 'names',
  platform: 'names',
  asset_type: 'names',
  security_domain: 'names',
  updated: 'names',
  has: 'names',
  is: 'names',
  author: 'descriptions',
  group: 'descriptions',
  data_source: 'descriptions',
  event: 'descriptions',
  field: 'searches',
  macro: 'searches',
  lookup: 'searches',
};

/** The tier that brings the text of each running field. */
export const TIER_OF_TEXT: Record<RunningField, Tier> = {
  description: 'descriptions',
  false_positives: 'descriptions',
  search: 'searches',
};

type ListField = Exclude<TextField, RunningField | 'name' | 'ids'>;

/** The keys whose values are the text of each list field. */
const COMPOSITION: Record<ListField, readonly string[]> = {
  techniques: ['technique'],
  cves: ['cve'],
  tags: ['story', 'tactic', 'group', 'product', 'platform', 'type', 'asset_type', 'security_domain'],
  data_sources: ['data_source', 'event'],
  fields: ['field'],
  macros: ['macro', 'lookup'],
};

/**
 * As a technique's groups are its tags, so are a group's techniques: a rule for a technique comes before the dozens
 * of groups that use it. A technique and a CVE are found by their IDs already.
 */
const COMPOSITION_OF_KIND: Partial<Record<DocumentKind, Partial<Record<ListField, readonly string[]>>>> = {
  group: { techniques: [], tags: ['technique'] },
  technique: { techniques: [], tags: ['tactic', 'platform', 'group'] },
  cve: { cves: [] },
};

/** Keys whose values make up a field of a document; none for a field that is no list. */
export function keysOf(kind: DocumentKind, field: TextField): readonly string[] {
  return COMPOSITION_OF_KIND[kind]?.[field as ListField] ?? COMPOSITION[field as ListField] ?? [];
}
