/** What all kinds of content share. */

export type Kind =
  | 'detection'
  | 'story'
  | 'macro'
  | 'lookup'
  | 'data_source'
  | 'baseline'
  | 'investigation'
  | 'playbook'
  | 'deployment'
  | 'dashboard'
  | 'logging_policy'
  | 'trigger'
  | 'enrichment'
  | 'response_action'
  | 'mitigation'
  | 'use_case'
  | 'customer';

/** The five shapes of a detection file. `sigma` is listed here and read in full by `lib/sigma`. */
export type Shape = 'g1' | 'g2' | 'g3' | 'ssa1' | 'ssa2' | 'sigma';

export type Language = 'spl' | 'spl2' | 'sigma';

export type DetectionType = 'TTP' | 'Anomaly' | 'Hunting' | 'Correlation';
export type DetectionStatus =
  | 'production'
  | 'experimental'
  | 'deprecated'
  | 'removed'
  | 'validation'
  | 'test'
  | 'stable'
  | 'unsupported';
export type SeverityLevel = 'informational' | 'low' | 'medium' | 'high' | 'critical';

/** Where an object was written. */
export interface Source {
  /** Path inside its content folder, `/`-separated. */
  path: string;
  /** Index into `Catalog.roots`. */
  root: number;
  /** Line (from 1) of the keys that pages link to, e.g. `known_false_positives`. */
  lines: Record<string, number>;
}

/** What every object has. */
export interface ObjectBase {
  kind: Kind;
  name: string;
  /** UUID, lower-case; absent where the file has none (macros, lookups). */
  id?: string;
  /** Last segment of the page's address; unique within the kind, stable once published. */
  slug: string;
  version?: number;
  /** `YYYY-MM-DD`. */
  created?: string;
  modified?: string;
  authors: string[];
  /** Markdown. */
  description: string;
  references: string[];
  status?: string;
  deprecation?: Deprecation;
  source: Source;
}

export interface Deprecation {
  reason?: string;
  /** Version of the content pack in which it goes or went. */
  removedIn?: string;
  /** Names as written, with the object each resolves to. */
  replacements: Reference[];
}

/** A name written in YAML and the object it means. `slug` is absent when nothing in the catalog has that name. */
export interface Reference {
  name: string;
  kind?: Kind;
  slug?: string;
}

export interface SearchForms {
  /** One stage per line. */
  formatted?: string;
  /** Formatted, with every known macro replaced by its definition. */
  expanded?: string;
}

export interface MacroUse {
  name: string;
  slug?: string;
  /** Definition as in the catalog; the built-in or default one where the catalog has none. */
  definition?: string;
  /** `default`: a `*_filter` that nobody wrote, so `search *`. `builtin`: supplied by Splunk. `missing`: neither. */
  origin: 'catalog' | 'default' | 'builtin' | 'missing';
  /** Names of macros whose definition uses this one; empty when the search itself does. */
  via: string[];
}

/** Default configuration in Enterprise Security, by deployment, schedule and type. */
export interface Configuration {
  disabled: boolean;
  cron?: string;
  earliest?: string;
  latest?: string;
  scheduleWindow?: string;
  createsFinding: boolean;
  ruleTitle?: string;
  ruleDescription?: string;
  findingFields: string[];
  createsRiskEvent: boolean;
}
