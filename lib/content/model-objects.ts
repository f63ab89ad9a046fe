import type { Configuration, MacroUse, ObjectBase, Reference, SearchForms } from './model-common.ts';
import type { TechniqueUse } from './model-detection.ts';
import type { PlaybookStage } from './model-operations.ts';

export interface Story extends ObjectBase {
  kind: 'story';
  /** Markdown. */
  narrative: string;
  categories: string[];
  products: string[];
  usecase?: string;
  cves: string[];
  threatGroups: string[];
  detections: Reference[];
  baselines: Reference[];
  investigations: Reference[];
  tactics: string[];
  techniques: string[];
  dataSources: Reference[];
}

export interface Macro extends ObjectBase {
  kind: 'macro';
  definition: string;
  arguments: string[];
  /** Macros that its definition uses. */
  macros: MacroUse[];
  lookups: Reference[];
  usedBy: Reference[];
}

export interface Lookup extends ObjectBase {
  kind: 'lookup';
  lookupType: 'csv' | 'kvstore' | 'mlmodel';
  /** File name beside the YAML (csv, mlmodel). */
  filename?: string;
  collection?: string;
  fields: string[];
  /** e.g. `WILDCARD(process)`. */
  matchType: string[];
  caseSensitive?: boolean;
  minMatches?: number;
  maxMatches?: number;
  defaultMatch?: string;
  filter?: string;
  /** The CSV, where there is one. */
  table?: LookupTable;
  usedBy: Reference[];
}

export interface LookupTable {
  /** Where the CSV is, in the content folder of the lookup, `/`-separated: what a download is copied from. */
  path: string;
  header: string[];
  /** First 200 rows. */
  rows: string[][];
  totalRows: number;
  bytes: number;
}

/** A log, or one kind of event in it: what Atomic Threat Coverage calls Data Needed. */
export interface DataSource extends ObjectBase {
  kind: 'data_source';
  sourceName?: string;
  sourcetype?: string;
  separator?: string;
  separatorValue?: string;
  /** Windows, Linux, macOS, AWS, Azure, Google Cloud, Kubernetes, Microsoft 365, network ...: as written, or derived. */
  platform?: string;
  /** `OS Logs`, `AV Alerts`, `Proxy Logs` ... */
  category?: string;
  /** `Windows Log`, `Applications and Services Logs`; of other systems what their file says. */
  logType?: string;
  /** Channel of the Windows event log, or what the system calls the log elsewhere: as written, or from `source`. */
  channel?: string;
  /** What writes it: `Microsoft-Windows-Sysmon`. */
  provider?: string;
  /** As written, or the value that tells its events from others by an event id. */
  eventIds: string[];
  /** What Atomic Threat Coverage calls the same event. */
  dataNeededNames: string[];
  configuration?: string;
  addons: { name: string; url?: string; version?: string }[];
  fields: string[];
  outputFields: string[];
  mitreComponents: string[];
  fieldMappings: { dataModel: string; dataSet?: string; mapping: [string, string][] }[];
  convertsTo: { dataSource: Reference; mapping: [string, string][] }[];
  logsource?: { category?: string; product?: string; service?: string };
  exampleLog?: string;
  /** Detections, baselines and other data sources. */
  usedBy: Reference[];
  loggingPolicies: Reference[];
  /** Enrichments that add to its events. */
  enrichedBy: Reference[];
}

export interface Baseline extends ObjectBase {
  kind: 'baseline';
  search: string;
  forms: SearchForms;
  falsePositives: string;
  implementation: string;
  securityDomain?: string;
  products: string[];
  dataModels: string[];
  requiredFields: string[];
  declaredFields?: string[];
  dataSources: Reference[][];
  stories: Reference[];
  detections: Reference[];
  macros: MacroUse[];
  lookups: Reference[];
  configuration?: Configuration;
}

export interface Investigation extends ObjectBase {
  kind: 'investigation';
  search: string;
  forms: SearchForms;
  implementation: string;
  falsePositives: string;
  securityDomain?: string;
  products: string[];
  declaredFields?: string[];
  stories: Reference[];
  macros: MacroUse[];
  lookups: Reference[];
}

/** An automated answer to a finding, or one that people give in stages. */
export interface Playbook extends ObjectBase {
  kind: 'playbook';
  playbook?: string;
  playbookType?: string;
  type?: string;
  vpeType?: string;
  apps: string[];
  implementation: string;
  fields: string[];
  platformTags: string[];
  useCases: string[];
  products: string[];
  /** D3FEND technique IDs. */
  defend: string[];
  techniques: TechniqueUse[];
  severity?: string;
  /** Traffic Light Protocol, of what is shared. */
  tlp?: string;
  /** Permissible Actions Protocol. */
  pap?: string;
  tags: string[];
  /** In the order of an incident; empty for an automated one. */
  stages: PlaybookStage[];
  stories: Reference[];
  detections: Reference[];
}

/** A deployment (G1, G2) or a schedule (G3). */
export interface Deployment extends ObjectBase {
  kind: 'deployment';
  /** Detection types it applies to: TTP, Anomaly, Hunting, Correlation, Baseline. */
  appliesTo: string[];
  configuration: Configuration;
  usedBy: number;
}

export interface Dashboard extends ObjectBase {
  kind: 'dashboard';
  filename?: string;
}
