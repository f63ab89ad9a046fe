/** What a scan tells: plain data throughout, so that it crosses from workers as it is. */
import type { Detection, Language, SeverityLevel } from '../../content/model.ts';
import type { EventRecord } from '../../events/record.ts';
import type { PlainRow } from '../../spl/index.ts';
import type { PreparedRule } from './prepared.ts';

/** A rule as a scan needs it. */
export interface ScanRule {
  /** The file's, absent where it has none. */
  id?: string;
  name: string;
  slug: string;
  path: string;
  language: Language;
  search: string;
  severity?: SeverityLevel;
  /** ATT&CK ids, as written. */
  techniques: string[];
  falsePositives: string;
  risk?: Detection['risk'];
  /** What the build worked out; absent: it is worked out before the scan. */
  prepared?: PreparedRule;
}

/** What a reader is told of a rule: all but what it does. */
export type RuleFacts = Omit<ScanRule, 'search' | 'risk' | 'prepared'>;

export function scanRuleOf(detection: Detection): ScanRule {
  const { id, name, slug, source, language, search, severity, techniques, falsePositives, risk } = detection;
  return {
    name,
    slug,
    path: source.path,
    language,
    search,
    techniques: techniques.filter(({ implied }) => !implied).map((technique) => technique.id),
    falsePositives,
    ...(id === undefined ? {} : { id }),
    ...(severity === undefined ? {} : { severity }),
    ...(risk === undefined ? {} : { risk }),
  };
}

/** One event that a rule found. */
export interface HitEvent {
  /** Position of the file among the scan's files. */
  file: number;
  /** Number of the record in its file, from 0. */
  record: number;
  /** Epoch seconds. */
  time: number | null;
  host: string;
}

/** What one rule found. */
export interface Hit {
  /** Position among the scan's rules. */
  rule: number;
  /** Result rows: events for Sigma, rows of the last stage for a search. */
  results: number;
  /** Ascending by file and number; at most `MOST_EVENTS`. */
  events: HitEvent[];
  /** Events found, beyond what is kept in `events` too. */
  eventCount: number;
  /** Finding messages with their fields filled in, each once; at most `MOST_MESSAGES`. */
  messages: string[];
  /** The first result rows of a search. */
  rows: PlainRow[];
}

export const MOST_EVENTS = 100_000;
export const MOST_MESSAGES = 20;
export const MOST_ROWS = 20;

/** What a person should know of a rule that was asked, such as a filter that is joined to it. */
export interface RuleNote {
  rule: number;
  code: string;
  message: string;
}

/** A rule that was not asked, or could not be run to its end. */
export type Unasked = RuleNote;

export interface ScanCounts {
  events: number;
  /** Events that at least one rule found. */
  found: number;
}

export interface ScanReport {
  hits: Hit[];
  unasked: Unasked[];
  notes: readonly RuleNote[];
  counts: ScanCounts;
  /** Files that could not be read whole, with the reason. */
  problems: { file: number; message: string }[];
  /** False: ended before the last event was seen. */
  complete: boolean;
}

export interface ScanProgress {
  /** Rules are made ready; every event is looked at; those that searches have a use for are read again; searches run. */
  step: 'preparing' | 'events' | 'picking' | 'searches';
  done: number;
  /** Rules, bytes of the input, or searches to run; 0 where it is not known. */
  total: number;
  /** Events looked at, or kept for the searches. */
  events: number;
}

/** What happened since the last update; rules are positions among those that run. */
export interface ScanUpdate {
  progress: ScanProgress;
  hits: HitUpdate[];
}

/** What was found for a rule since the last update: numbers are those that came to it. */
export type HitUpdate = Hit;

/** Files of one scan, read as often as needed. */
export interface ScanFile {
  name: string;
  /** The records in batches; the last `held` keep what was read of them. Errors of reading are thrown. */
  read(
    onBytes: (bytes: number) => void,
    signal?: AbortSignal,
    held?: number,
  ): AsyncIterable<readonly EventRecord[]>;
  /** Bytes, for progress; 0 where not known. */
  size: number;
}
