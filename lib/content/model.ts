/**
 * The internal model: what every page, the search, the API and the command line read. One shape for all five
 * shapes of detection YAML; no consumer asks which generation a file had, though a page may say so.
 *
 * Plain JSON throughout (the artifact is a JSON file): no Date, Map or undefined-versus-missing subtleties.
 * A list that a file does not have is `[]`; a scalar that a file does not have is absent.
 */
import type { Pipeline } from '../sigma/convert/pipelines/pipeline.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Reference } from './model-common.ts';
import type { Detection } from './model-detection.ts';
import type { Evidence } from './model-evidence.ts';
import type {
  Baseline,
  Dashboard,
  DataSource,
  Deployment,
  Investigation,
  Lookup,
  Macro,
  Playbook,
  Story,
} from './model-objects.ts';
import type {
  Customer,
  Enrichment,
  LoggingPolicy,
  Mitigation,
  ResponseAction,
  Trigger,
  UseCase,
} from './model-operations.ts';
import type { Licence } from './normalise/licence.ts';

export type * from './model-common.ts';
export type * from './model-detection.ts';
export type * from './model-evidence.ts';
export type * from './model-objects.ts';
export type * from './model-operations.ts';
export type { Licence } from './normalise/licence.ts';

export type ContentObject =
  | Detection
  | Story
  | Macro
  | Lookup
  | DataSource
  | Baseline
  | Investigation
  | Playbook
  | Deployment
  | Dashboard
  | LoggingPolicy
  | Trigger
  | Enrichment
  | ResponseAction
  | Mitigation
  | UseCase
  | Customer;

export interface ContentRoot {
  /** As given on the command line or in the configuration. */
  label: string;
  /** Files that were looked at. */
  files: number;
  /** What its content is published under, where a file says it. */
  licence?: Licence;
}

/** A technique page's facts: ATT&CK's, and what the catalog has for it. */
export interface TechniqueEntry {
  id: string;
  name: string;
  tactics: string[];
  platforms: string[];
  parent?: string;
  subtechniques: string[];
  groups: { id: string; name: string }[];
  software: { id: string; name: string }[];
  mitigations: { id: string; name: string }[];
  detections: Reference[];
  successor?: string;
}

export interface CveEntry {
  id: string;
  detections: Reference[];
  stories: Reference[];
}

/** Raised with every change of the shapes above that a reader of an older artifact would misread. */
export const catalogFormat = 3;

/** The whole compiled content. Lists are sorted by name; look-ups by slug are built on load. */
export interface Catalog {
  /** Raised when the shape changes, so that a stale artifact is never read. */
  format: number;
  roots: ContentRoot[];
  attackVersion: string;
  detections: Detection[];
  stories: Story[];
  macros: Macro[];
  lookups: Lookup[];
  dataSources: DataSource[];
  baselines: Baseline[];
  investigations: Investigation[];
  playbooks: Playbook[];
  deployments: Deployment[];
  dashboards: Dashboard[];
  loggingPolicies: LoggingPolicy[];
  triggers: Trigger[];
  enrichments: Enrichment[];
  responseActions: ResponseAction[];
  mitigations: Mitigation[];
  useCases: UseCase[];
  customers: Customer[];
  techniques: TechniqueEntry[];
  cves: CveEntry[];
  /** Of Sigma's conversions: `pipelines/*.yml`. */
  pipelines: Pipeline[];
  /** Old address → address, both root-relative with a trailing slash. */
  redirects: [string, string][];
  diagnostics: Diagnostic[];
  /** Added by a build after compiling; absent where nothing was run. */
  evidence?: Evidence;
}
