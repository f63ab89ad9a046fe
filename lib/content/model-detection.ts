import type { RuleScope } from '../sigma/data-needed/scope.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type {
  Configuration,
  DetectionType,
  Language,
  MacroUse,
  ObjectBase,
  Reference,
  SearchForms,
  SeverityLevel,
  Shape,
} from './model-common.ts';

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
  triggers: Reference[];
  enrichments: Reference[];
  /** Against any of its techniques. */
  mitigations: Reference[];
  useCases: Reference[];
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

export interface SigmaFacts {
  level?: string;
  logsource: { category?: string; product?: string; service?: string; definition?: string };
  fields: string[];
  tags: string[];
  related: { id: string; type: string }[];
  licence?: string;
  /** Where its documents look, and by what. */
  scopes: RuleScope[];
  /** Names that Atomic Threat Coverage has for the logs it needs. */
  dataNeeded: string[];
  falsePositives: string[];
}
