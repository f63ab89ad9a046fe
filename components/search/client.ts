import type { Completions } from '../../lib/search/completions.ts';
import type {
  FoundAddresses,
  FromSearchWorker,
  SearchAnswer,
  ToSearchWorker,
} from '../../lib/search/protocol.ts';

/** Why a call has no answer: the index could not be loaded, or the worker could not run. */
export class SearchFailure extends Error {}

interface Call {
  receive(message: Exclude<FromSearchWorker, { kind: 'failure' }>): void;
  fail(error: SearchFailure): void;
}

/** The search's worker, seen from a page. It is started by the first call at the latest. */
export class SearchClient {
  private worker: Worker | undefined;
  private readonly calls = new Map<number, Call>();
  private next = 1;
  private latestQuery = 0;
  private latestAll = 0;

  /** `address` is the worker's. */
  constructor(private readonly address: string) {}

  /** Has the worker load what every query needs, so that it is there when one comes. */
  start(): void {
    this.started();
  }

  /**
   * Says the first `limit` results as soon as the first part of the index is there, and again as more of it comes,
   * until an answer is no longer `pending`. A later query takes the place of an earlier one, of which nothing more is
   * said then.
   */
  query(
    text: string,
    limit: number,
    say: (answer: SearchAnswer) => void,
    fail: (error: SearchFailure) => void,
  ): void {
    this.calls.delete(this.latestQuery);
    this.latestQuery = this.send((id) => ({ kind: 'query', id, text, limit }), {
      receive: (message) => message.kind === 'answer' && say(message.answer),
      fail,
    });
  }

  /**
   * Addresses of everything that the query finds, best first. Rejects with a `SearchFailure`. A later one takes the place
   * of an earlier one, which is not answered then.
   */
  all(text: string): Promise<FoundAddresses> {
    this.calls.delete(this.latestAll);
    return new Promise((resolve, reject) => {
      this.latestAll = this.send((id) => ({ kind: 'all', id, text }), {
        receive: (message) => message.kind === 'all' && resolve(message.found),
        fail: reject,
      });
    });
  }

  /** What may stand at the caret: keys, and values with how many documents have each. Rejects with a `SearchFailure`. */
  complete(text: string, caret: number): Promise<Completions> {
    return new Promise((resolve, reject) => {
      this.send((id) => ({ kind: 'complete', id, text, caret }), {
        receive: (message) => message.kind === 'completions' && resolve(message.completions),
        fail: reject,
      });
    });
  }

  private send(message: (id: number) => ToSearchWorker, call: Call): number {
    const id = this.next;
    this.next += 1;
    this.calls.set(id, call);
    this.started().postMessage(message(id));
    return id;
  }

  private started(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(this.address, { type: 'module' });
    this.worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<FromSearchWorker>) => {
      const call = this.calls.get(data.id);
      // Further answers to a query follow; of any other call, and of a failure, this is the end.
      if (data.kind !== 'answer' || !data.answer.pending) this.calls.delete(data.id);
      if (data.kind === 'failure') call?.fail(new SearchFailure(data.message));
      else call?.receive(data);
    });
    worker.addEventListener('error', (event) => {
      if (this.worker !== worker) return;
      worker.terminate();
      this.worker = undefined;
      const open = [...this.calls.values()];
      this.calls.clear();
      const why = event.message || 'The search could not be started. Are you offline?';
      for (const call of open) call.fail(new SearchFailure(why));
    });
    return worker;
  }
}

let shared: SearchClient | undefined;

/** The one client of a page: its header says where the worker is. Undefined on a page without a header. */
export function searchClient(): SearchClient | undefined {
  const address = document.querySelector<HTMLElement>('[data-search-worker]')?.dataset.searchWorker;
  if (address) shared ??= new SearchClient(address);
  return shared;
}
