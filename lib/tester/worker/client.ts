import type { FromWorker, Given, Reports, Result, TesterCalls, ToWorker } from './protocol.ts';

export interface CallOptions<Report = never> {
  /** Milliseconds without an answer or a report after which the worker is ended. */
  timeout?: number;
  onProgress?: (report: Report) => void;
  /** Hands out the key to cancel the call. */
  onId?: (id: number) => void;
}

type ReportOf<Name> = Name extends keyof Reports ? Reports[Name] : never;

/** Why a call has no answer: the worker was ended, or the call failed. */
export class TesterStopped extends Error {}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
  onProgress?: ((report: never) => void) | undefined;
  /** Takes the time that the call may be silent from now on. */
  wait(): void;
  timer?: ReturnType<typeof setTimeout> | undefined;
}

/** Asks a session in a worker. */
export interface TesterAsker {
  call<Name extends keyof TesterCalls>(
    method: Name,
    parameters: Given<TesterCalls, Name>,
  ): Promise<Result<TesterCalls, Name>>;
}

/**
 * A session in a worker, seen from the page or the worker that started it. A worker that does not answer in time is ended, every open call is told so,
 * and the next call starts another one; `onStart` gives it back what the old one had.
 */
export class WorkerClient<Calls> {
  private worker: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private next = 1;

  constructor(
    private readonly address: string,
    /** Prepares a worker that was just started. */
    private readonly onStart: (client: WorkerClient<Calls>) => Promise<void>,
  ) {}

  private ready: Promise<void> | undefined;

  /** Starts the worker where there is none; resolves when it is prepared. */
  async begin(): Promise<void> {
    this.start();
    await this.ready;
  }

  /** Calls a method of the session. */
  async call<Name extends keyof Calls & string>(
    method: Name,
    parameters: Given<Calls, Name>,
    options: CallOptions<ReportOf<Name>> = {},
  ): Promise<Result<Calls, Name>> {
    await this.begin();
    return this.send(method, parameters, options);
  }

  /** Calls without waiting for the worker to be prepared; for `onStart` alone. */
  send<Name extends keyof Calls & string>(
    method: Name,
    parameters: Given<Calls, Name>,
    options: CallOptions<ReportOf<Name>> = {},
  ): Promise<Result<Calls, Name>> {
    const id = this.next;
    this.next += 1;
    options.onId?.(id);
    return new Promise((resolve, reject) => {
      const { timeout, onProgress } = options;
      const pending: Pending = {
        resolve: resolve as (result: unknown) => void,
        reject,
        onProgress,
        wait: () => {
          clearTimeout(pending.timer);
          if (timeout === undefined) return;
          pending.timer = setTimeout(
            () => this.stop(`It took longer than ${Math.round(timeout / 1000)} seconds and was stopped.`),
            timeout,
          );
        },
      };
      this.pending.set(id, pending);
      pending.wait();
      this.post({ kind: 'call', id, method, parameters });
    });
  }

  cancel(id: number): void {
    this.post({ kind: 'cancel', id });
  }

  /** Ends the worker at once. */
  stop(reason: string): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.ready = undefined;
    const open = [...this.pending.values()];
    this.pending.clear();
    for (const { reject, timer } of open) {
      clearTimeout(timer);
      reject(new TesterStopped(reason));
    }
  }

  private post(message: ToWorker): void {
    this.worker?.postMessage(message);
  }

  private start(): void {
    if (this.worker !== undefined) return;
    const worker = new Worker(this.address, { type: 'module' });
    this.worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.receive(data));
    worker.addEventListener('error', (event) => {
      // It is told to whoever called. Unhandled, that of a worker's worker would end the one between, too.
      event.preventDefault();
      if (this.worker === worker) this.stop(event.message || 'The worker ran out of memory and was stopped.');
    });
    this.ready = this.onStart(this).catch((error) => {
      // A worker that could not be prepared is of no use; the next call tries again.
      if (this.worker === worker) this.stop(error instanceof Error ? error.message : String(error));
      throw error;
    });
  }

  private receive(message: FromWorker): void {
    const call = this.pending.get(message.id);
    if (call === undefined) return;
    if (message.kind === 'progress') {
      call.wait();
      call.onProgress?.(message.report as never);
      return;
    }
    clearTimeout(call.timer);
    this.pending.delete(message.id);
    if (message.kind === 'result') call.resolve(message.result);
    else call.reject(new Error(message.message));
  }
}

export type TesterClient = WorkerClient<TesterCalls>;
