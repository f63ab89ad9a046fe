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
  /** Of a Sigma rule that ran: its conversions over the same events. */
  conversions?: ConversionCheck[];
  /** Reading and running; kept out of pages, which must be the same for the same content. */
  milliseconds?: number;
}

/** A conversion, run beside the matcher over events of a test that are of the rule's log source. */
export interface ConversionCheck {
  /** No test had events: these were made from the rule. */
  made?: true;
  backend: 'splunk' | 'duckdb';
  /** Whether it selected the events that the matcher selects; absent where it was not run. */
  same?: boolean;
  /** Events that it was run over. */
  events: number;
  /** Events that the matcher selects of them. */
  selected: number;
  /** Why it was not run, or what is not the same. */
  reason?: string;
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
  /** Of a Sigma rule without tests. */
  conversions?: ConversionCheck[];
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
