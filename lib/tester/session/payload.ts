/** What a page hands to the tester: plain JSON, written beside the pages by the build. */
import type { DeclaredTest, Detection, Risk, TestData } from '../../content/model.ts';
import type { DataModelDefinition } from '../../events/cim/model.ts';
import type { KeptRecord } from '../../events/kept-record.ts';
import type { MacroDefinition } from '../../spl/syntax/macros.ts';
import type { LookupFacts } from '../environment.ts';
import type { FileSummary } from './file-summary.ts';

/** One detection with the events that its tests declare: `/detections/<slug>/tester.json`. */
export interface TesterCase {
  name: string;
  slug: string;
  language: Detection['language'];
  search: string;
  risk?: Risk;
  /** Fields that the rule reads, shown first of an event. */
  fields: string[];
  /** How the file is written, for exporting a test into it. */
  shape: Detection['shape'];
  tests: CaseTest[];
  /** Events of the data sources it needs: neither positive nor negative, but what its logs look like. */
  examples: CaseExample[];
}

export interface CaseTest {
  name: string;
  /** Rows that the test expects; absent where at least one is. */
  expected?: number;
  kind: DeclaredTest['kind'];
  data: CaseData[];
}

export interface CaseData extends TestData {
  /** Root-relative address of the file on this site; absent where it is not published, with the reason. */
  file?: string;
  missing?: string;
  /** Root-relative address of its events, read (`KeptEvents`); absent where the file is large. */
  events?: string;
}

/** What the build read out of a sample, with the metadata that its test states. */
export interface KeptEvents {
  summary: FileSummary;
  records: KeptRecord[];
}

export interface CaseExample extends Omit<TestData, 'data'> {
  /** Of the data source. */
  name: string;
  /** Root-relative address of its text. */
  file: string;
}

/** What every rule of the site may use: `/tester/environment.json`. */
export interface EnvironmentPayload {
  macros: MacroDefinition[];
  lookups: LookupPayload[];
  dataModels: DataModelDefinition[];
  /** Texts of Sigma files that others depend on; absent where there is none. */
  sigmaFiles?: string[];
}

/** A lookup without its rows; these are at `file`, a root-relative address, and fetched when a search names it. */
export type LookupPayload = LookupFacts & { file?: string };
