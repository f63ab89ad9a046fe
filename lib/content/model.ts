/**
 * The internal model: what every page, the search, the API and the command line read. One shape for all five
 * shapes of detection YAML; no consumer asks which generation a file had, though a page may say so.
 *
 * Plain JSON throughout (the artifact is a JSON file): no Date, Map or undefined-versus-missing subtleties.
 * A list that a file does not have is `[]`; a scalar that a file does not have is absent.
 */
import type { Diagnostic } from '../text/diagnostic.ts';

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
  | 'dashboard';

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

export interface Detection extends ObjectBase {
  kind: 'detection';
  shape: Shape;
  language: Language;
  /** TTP, Anomaly, Hunting, Correlation; a Sigma rule has none. */
  type?: DetectionType | string;
  /** Folder of the content pack: endpoint, cloud, network, web, application. */
  category?: string;
  /** The rule as written, trimmed: SPL, SPL2, or the YAML text of a Sigma rule or Sigma-shaped selection. */
  search: string;
  severity?: SeverityLevel;
  /** 0 to 100: the highest score of a risk object. */
  riskScore?: number;
  /** Markdown. */
  falsePositives: string;
  /** True when `falsePositives` says nothing a triager can use ("Unknown", "None at this time"). */
  falsePositivesUndocumented: boolean;
  implementation: string;
  explanation?: string;
  techniques: TechniqueUse[];
  /** ATT&CK tactic short names, in kill-chain order, derived from the techniques. */
  tactics: string[];
  threatGroups: string[];
  stories: Reference[];
  /** Alternatives; inside one entry every source is needed (`A AND B`). */
  dataSources: Reference[][];
  cves: string[];
  assetType?: string;
  securityDomain?: string;
  products: string[];
  killChainPhases: string[];
  nist: string[];
  cis: string[];
  atomics: AtomicUse[];
  /** `Endpoint.Processes`: derived from the search. */
  dataModels: string[];
  /** Fields that the search reads, derived from it; empty when the search could not be read. */
  requiredFields: string[];
  /** G1's and SSA's hand-kept list, absent elsewhere. */
  declaredFields?: string[];
  /** Used directly by the search or inside another macro, in order of first use. */
  macros: MacroUse[];
  lookups: Reference[];
  baselines: Reference[];
  playbooks: Reference[];
  /** Deployment or schedule whose defaults apply. */
  deployment?: Reference;
  configuration?: Configuration;
  /** The file asks for the detection to be switched on when it is installed. */
  enabledByDefault?: boolean;
  risk?: Risk;
  drilldowns: Drilldown[];
  throttling?: { fields: string[]; period: string };
  tests: DeclaredTest[];
  /** Why this detection is tested by hand, where it says so. */
  manualTest?: string;
  /** OCSF to CIM names, SSA generation 2. */
  fieldMappings: { ocsf: string; cim: string }[];
  /** Sigma-only facts of the listed rule. */
  sigma?: SigmaFacts;
  /** Search text in the forms a page shows; absent for a language without that form. */
  forms: SearchForms;
  /** Detections that name this one as their replacement. */
  replaces: Reference[];
  related: RelatedDetections;
  /** The loader's and linker's complaints about this file. */
  diagnostics: Diagnostic[];
}

export interface SearchForms {
  /** One stage per line. */
  formatted?: string;
  /** Formatted, with every known macro replaced by its definition. */
  expanded?: string;
}

export interface RelatedDetections {
  byTechnique: Reference[];
  byStory: Reference[];
  byDataSource: Reference[];
}

export interface TechniqueUse {
  /** As written. */
  id: string;
  /** From ATT&CK; absent when the pinned version does not know the ID. */
  name?: string;
  tactics: string[];
  /** The ID that replaced this revoked or deprecated one. */
  successor?: string;
  /** Present though the file does not list it: the parent of a listed sub-technique. */
  implied: boolean;
}

export interface AtomicUse {
  guid: string;
  name?: string;
  technique?: string;
  platforms: string[];
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

export interface Risk {
  /** One message for all entities (G1, G2). In G3 each entity has its own. */
  message?: string;
  /** G3: the finding's title. */
  findingTitle?: string;
  entities: RiskEntity[];
  threatObjects: ThreatObject[];
  /** G1 and SSA: the score is impact × confidence / 100. */
  formula?: { score: number; impact?: number; confidence?: number };
}

export interface RiskEntity {
  field: string;
  type: 'system' | 'user' | 'other' | string;
  score: number;
  message?: string;
  /** G3: the finding's own entity. */
  primary: boolean;
}

export interface ThreatObject {
  field: string;
  type: string;
}

export interface Drilldown {
  name: string;
  search: string;
  earliest?: string;
  latest?: string;
}

export interface DeclaredTest {
  name: string;
  kind: 'unit' | 'manual' | 'experimental';
  /** Why it cannot run by itself (manual, experimental). */
  reason?: string;
  /** G3: results that the test expects; 0 is a false-positive test. Absent means at least one. */
  expectedResults?: number;
  /** SSA: e.g. `@count_gt(0)`. */
  passCondition?: string;
  data: TestData[];
}

export interface TestData {
  /** URL, or path in the content folder. */
  data: string;
  source?: string;
  sourcetype?: string;
  index?: string;
  host?: string;
}

/**
 * What came of a test. `passing`, `failing`: its rule ran over its events. `error`: reading or running ended in an error.
 * `impossible`: the rule needs what no local engine has, such as a trained model. `untested`: no events at hand.
 * `declared`: tested by hand, or experimental.
 */
export type TestStatus = 'passing' | 'failing' | 'error' | 'impossible' | 'untested' | 'declared';

/** One declared test as this build measured it. */
export interface TestEvidence {
  name: string;
  status: TestStatus;
  /** Why it is not passing, in one sentence. */
  reason?: string;
  /** Stable code of the reason: an engine's error code, or one of the tester's. */
  code?: string;
  /** Rows that the rule gave; absent when it did not run. */
  results?: number;
  /** Exact number of rows asked for; absent when one or more will do. */
  expected?: number;
  /** In the order of the test's data. */
  datasets: DatasetEvidence[];
  firstMatch?: MatchedEvent;
  /** Risk messages and finding titles with their fields filled in, each once, the first few. */
  messages: string[];
  /** Reading and running; kept out of pages, which must be the same for the same content. */
  milliseconds?: number;
}

export interface DatasetEvidence {
  /** As the test declares it. */
  data: string;
  /** Of the file's bytes, lower-case hexadecimal. */
  sha256?: string;
  /** Events read from it; absent when it is not at hand. */
  events?: number;
  /** Pieces of it that could not be read as events. */
  skipped?: number;
}

/** The first event that went into the first result. */
export interface MatchedEvent {
  /** As the test declares its data. */
  data: string;
  /** Number of the event in it, from 0. */
  number: number;
  /** Its text, cut. */
  raw: string;
}

export interface DetectionEvidence {
  slug: string;
  status: TestStatus;
  reason?: string | undefined;
  code?: string | undefined;
  tests: TestEvidence[];
}

/** What the build measured by running the catalog's rules over the samples at hand. */
export interface Evidence {
  /** Version of the engine that ran them. */
  engine: string;
  /** Detections by status. */
  summary: Record<TestStatus, number>;
  /** In the catalog's order. */
  detections: DetectionEvidence[];
}

export interface SigmaFacts {
  level?: string;
  logsource: { category?: string; product?: string; service?: string; definition?: string };
  fields: string[];
  tags: string[];
  related: { id: string; type: string }[];
  licence?: string;
  falsePositives: string[];
}

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

export interface DataSource extends ObjectBase {
  kind: 'data_source';
  sourceName?: string;
  sourcetype?: string;
  separator?: string;
  separatorValue?: string;
  /** Derived: Windows, Linux, macOS, AWS, Azure, Google Cloud, Kubernetes, Microsoft 365, network ... */
  platform?: string;
  configuration?: string;
  addons: { name: string; url?: string; version?: string }[];
  fields: string[];
  outputFields: string[];
  mitreComponents: string[];
  fieldMappings: { dataModel: string; dataSet?: string; mapping: [string, string][] }[];
  convertsTo: { dataSource: Reference; mapping: [string, string][] }[];
  logsource?: { category?: string; product?: string; service?: string };
  exampleLog?: string;
  usedBy: Reference[];
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
  | Dashboard;

export interface ContentRoot {
  /** As given on the command line or in the configuration. */
  label: string;
  /** Files that were looked at. */
  files: number;
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
export const catalogFormat = 1;

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
  techniques: TechniqueEntry[];
  cves: CveEntry[];
  /** Old address → address, both root-relative with a trailing slash. */
  redirects: [string, string][];
  diagnostics: Diagnostic[];
  /** Added by a build after compiling; absent where nothing was run. */
  evidence?: Evidence;
}
