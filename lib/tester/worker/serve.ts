import { TesterSession } from '../session/session.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** The side of a message port that a worker has; a test may stand in for it. */
export interface Port {
  post(message: FromWorker): void;
  listen(receive: (message: ToWorker) => void): void;
}

/** Milliseconds between two reports of progress. */
const PROGRESS_EVERY = 50;

/** Answers calls over a port with a session of its own. Addresses are fetched below `base`. */
export function serve(port: Port, base: string): void {
  const session = new TesterSession(async (address) => {
    const response = await fetch(base + address);
    if (!response.ok) throw new Error(`${address} could not be loaded (${response.status})`);
    return response.blob();
  });
  const cancels = new Map<number, AbortController>();
  port.listen(async (message) => {
    if (message.kind === 'cancel') {
      cancels.get(message.id)?.abort();
      return;
    }
    const { id, method, parameters } = message;
    try {
      let result: unknown;
      if (method === 'read') {
        const cancel = new AbortController();
        cancels.set(id, cancel);
        const [source, limit] = parameters as Parameters<TesterSession['read']>;
        let reported = 0;
        result = await session.read(
          source,
          limit,
          (progress) => {
            const now = performance.now();
            if (now - reported < PROGRESS_EVERY) return;
            reported = now;
            port.post({ kind: 'progress', id, ...progress });
          },
          cancel.signal,
        );
        cancels.delete(id);
      } else {
        const call = session[method] as (...given: unknown[]) => unknown;
        result = await call.apply(session, parameters);
      }
      port.post({ kind: 'result', id, result });
    } catch (error) {
      port.post({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) });
    }
  });
}
