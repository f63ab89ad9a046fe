/** Messages between a page and the worker that holds its session. */
import type { ScanUpdate } from '../scan/report.ts';
import type { ScanSession } from '../scan/session.ts';
import type { TesterSession } from '../session/session.ts';

/** Reading of events, as far as it has come. */
export interface Progress {
  bytes: number;
  total: number;
  events: number;
}

/** Calls of a tester's session, all of them asynchronous from a page's side. */
export interface TesterCalls
  extends Pick<
    TesterSession,
    | 'open'
    | 'prepare'
    | 'forget'
    | 'run'
    | 'events'
    | 'event'
    | 'rows'
    | 'eventsOf'
    | 'resultRows'
    | 'risk'
    | 'plainEvents'
    | 'check'
    | 'complete'
  > {
  read(...given: First<TesterSession['read'], 2>): ReturnType<TesterSession['read']>;
}

/** Those of a scan's session. */
export interface ScanCalls extends TesterCalls, Pick<ScanSession, 'rules'> {
  scan(...given: First<ScanSession['scan'], 1>): ReturnType<ScanSession['scan']>;
  scanEvents(...given: First<ScanSession['scanEvents'], 1>): ReturnType<ScanSession['scanEvents']>;
  scanSearches(...given: First<ScanSession['scanSearches'], 1>): ReturnType<ScanSession['scanSearches']>;
  look(...given: First<ScanSession['look'], 2>): ReturnType<ScanSession['look']>;
}

/** What a call reports while it runs. */
export interface Reports {
  read: Progress;
  look: Progress;
  scan: ScanUpdate;
  scanEvents: ScanUpdate;
  scanSearches: ScanUpdate;
}

interface LongCall {
  /** Number of parameters before the function that is told and the signal. */
  parameters: number;
  /** Every report counts: it holds what is not said again. The session spaces them. */
  all?: true;
}

/** A session's methods that report and can be cancelled. */
export const LONG: Readonly<Record<keyof Reports, LongCall>> = {
  read: { parameters: 2 },
  look: { parameters: 2 },
  scan: { parameters: 1, all: true },
  scanEvents: { parameters: 1, all: true },
  scanSearches: { parameters: 1, all: true },
};

export type Given<Calls, Name extends keyof Calls> = Calls[Name] extends (...given: infer All) => unknown
  ? All
  : never;

export type Result<Calls, Name extends keyof Calls> = Calls[Name] extends (...given: never[]) => infer Answer
  ? Awaited<Answer>
  : never;

export type ToWorker =
  | { kind: 'call'; id: number; method: string; parameters: unknown[] }
  | { kind: 'cancel'; id: number };

export type FromWorker =
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'failure'; id: number; message: string }
  | { kind: 'progress'; id: number; report: unknown };

/** The first one or two of a method's parameters. */
type First<Method extends (...given: never[]) => unknown, Count extends 1 | 2> =
  Parameters<Method> extends [infer One, (infer Two)?, ...unknown[]]
    ? Count extends 1
      ? [One]
      : [One, Two?]
    : never;
