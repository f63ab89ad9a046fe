/** Messages between a page and the worker that holds its tester. */
import type { TesterSession } from '../session/session.ts';

/** Methods of a session that a page may call, all of them asynchronous from its side. */
export type Method =
  | 'open'
  | 'read'
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
  | 'complete';

export type Given<M extends Method> = M extends 'read'
  ? [source: Parameters<TesterSession['read']>[0], limit?: Parameters<TesterSession['read']>[1]]
  : Parameters<TesterSession[M]>;

export type Result<M extends Method> = Awaited<ReturnType<TesterSession[M]>>;

export type ToWorker =
  | { kind: 'call'; id: number; method: Method; parameters: unknown[] }
  | { kind: 'cancel'; id: number };

export type FromWorker =
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'failure'; id: number; message: string }
  | { kind: 'progress'; id: number; bytes: number; total: number; events: number };
