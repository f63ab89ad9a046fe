/** Messages between a page and the worker that holds its session. */
import type { ScanSession, ScanUpdate } from '../scan/session.ts';
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
  look(...given: First<ScanSession['look'], 2>): ReturnType<ScanSession['look']>;
}

/** What a call reports while it runs. */
export interface Reports {
  read: Progress;
  look: Progress;
  scan: ScanUpdate;
}

/** A session's methods that report and can be cancelled, by the number of parameters before these two. */
export const LONG: Readonly<Record<keyof Reports, number>> = { read: 2, look: 2, scan: 1 };

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
