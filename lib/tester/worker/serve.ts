import type { Fetch, TesterSession } from '../session/session.ts';
import { type FromWorker, LONG, type Progress, type ToWorker } from './protocol.ts';

/** The side of a message port that a worker has; a test may stand in for it. */
export interface Port {
  post(message: FromWorker): void;
  listen(receive: (message: ToWorker) => void): void;
}

/** Milliseconds between two reports of reading. */
const PROGRESS_EVERY = 50;

/** Answers calls over a port with a session of its own. Addresses are fetched below `base`. */
export function serve(port: Port, base: string, begin: (fetch: Fetch) => TesterSession): void {
  const session = begin(async (address) => {
    const response = await fetch(base + address);
    if (!response.ok) throw new Error(`${address} could not be loaded (${response.status})`);
    return response.blob();
  });
  const methods = session as unknown as Record<string, (...given: unknown[]) => unknown>;
  const cancels = new Map<number, AbortController>();
  port.listen(async (message) => {
    if (message.kind === 'cancel') {
      cancels.get(message.id)?.abort();
      return;
    }
    const { id, method, parameters } = message;
    try {
      const given = [...parameters];
      if (isLong(method)) {
        const cancel = new AbortController();
        cancels.set(id, cancel);
        const report = (what: unknown) => port.post({ kind: 'progress', id, report: what });
        const { parameters: count, all } = LONG[method];
        given.length = count;
        given.push(all === true ? report : sparing(report), cancel.signal);
      }
      port.post({ kind: 'result', id, result: await methods[method]!(...given) });
    } catch (error) {
      port.post({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) });
    } finally {
      cancels.delete(id);
    }
  });
}

function isLong(method: string): method is keyof typeof LONG {
  return Object.hasOwn(LONG, method);
}

/** Leaves out reports that follow too close. */
function sparing(report: (progress: Progress) => void): (progress: Progress) => void {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY) return;
    last = now;
    report(progress);
  };
}
