import type { FromWorker, Given, Method, Result, ToWorker } from '../../lib/tester/worker/protocol.ts';

export interface Progress {
  bytes: number;
  total: number;
  events: number;
}

export interface CallOptions {
  /** Milliseconds after which the worker is ended. */
  timeout?: number;
  onProgress?: (progress: Progress) => void;
  /** Hands out the key to cancel the call. */
  onId?: (id: number) => void;
}

/** Why a call has no answer: the worker was ended, or the call failed. */
export class TesterStopped extends Error {}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
  onProgress?: ((progress: Progress) => void) | undefined;
  timer?: ReturnType<typeof setTimeout> | undefined;
}

/**
 * The tester's worker, seen from a page. A worker that does not answer in time is ended, every open call is told so,
 * and the next call starts another one; `onStart` gives it back what the old one had.
 */
export class TesterClient {
  private worker: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private next = 1;

  constructor(
    private readonly address: string,
    /** Prepares a worker that was just started. */
    private readonly onStart: (client: TesterClient) => Promise<void>,
  ) {}

  private ready: Promise<void> | undefined;

  /** Calls a method of the session. */
  async call<M extends Method>(
    method: M,
    parameters: Given<M>,
    options: CallOptions = {},
  ): Promise<Result<M>> {
    this.start();
    await this.ready;
    return this.send(method, parameters, options);
  }

  /** Calls without waiting for the worker to be prepared; for `onStart` alone. */
  send<M extends Method>(method: M, parameters: Given<M>, options: CallOptions = {}): Promise<Result<M>> {
    const id = this.next;
    this.next += 1;
    options.onId?.(id);
    return new Promise((resolve, reject) => {
      const { timeout, onProgress } = options;
      const timer =
        timeout === undefined
          ? undefined
          : setTimeout(
              () => this.stop(`It took longer than ${Math.round(timeout / 1000)} seconds and was stopped.`),
              timeout,
            );
      this.pending.set(id, { resolve: resolve as (result: unknown) => void, reject, onProgress, timer });
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
      if (this.worker === worker) this.stop(event.message || 'The tester ran out of memory and was stopped.');
    });
    this.ready = this.onStart(this);
  }

  private receive(message: FromWorker): void {
    const call = this.pending.get(message.id);
    if (call === undefined) return;
    if (message.kind === 'progress') {
      call.onProgress?.(message);
      return;
    }
    clearTimeout(call.timer);
    this.pending.delete(message.id);
    if (message.kind === 'result') call.resolve(message.result);
    else call.reject(new Error(message.message));
  }
}
