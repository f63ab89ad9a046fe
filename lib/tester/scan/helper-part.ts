import { messageOf } from '../../text/message-of.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { Given, Reports, Result, ScanCalls } from '../worker/protocol.ts';
import { type EventsDone, NOTHING_SEEN, type PartCall, type ScanPart } from './part.ts';
import type { SearchResults, SearchWork, Share } from './scan.ts';
import type { ScanRequest, ShareDone } from './session.ts';

/** Another worker with a session of its own. */
export type Helper = Pick<WorkerClient<ScanCalls>, 'begin' | 'send' | 'cancel' | 'stop'>;

/** Milliseconds without any sign of a helper after which it is ended. */
const PATIENCE = 100_000;

/** A part of a scan in another worker. Rejects when that one ends. */
export class HelperPart implements ScanPart {
  constructor(
    private readonly helper: Helper,
    private readonly request: Pick<ScanRequest, 'sources' | 'rules'>,
    /** Told of the files, as far as they were read. */
    private readonly onDone: (done: ShareDone, share: Share) => void,
  ) {}

  async events(share: Share, call: PartCall): Promise<EventsDone> {
    const begun = await Promise.race([this.begin(), aborted(call.signal)]);
    if (begun === 'aborted') return NOTHING_SEEN;
    const done = await this.ask('scanEvents', { ...this.request, share }, call);
    this.onDone(done, share);
    return done;
  }

  searches(work: SearchWork, call: PartCall): Promise<SearchResults> {
    return this.ask('scanSearches', work, call);
  }

  private async begin(): Promise<void> {
    await this.helper.begin().catch(endedEarly);
  }

  private async ask<Name extends 'scanEvents' | 'scanSearches'>(
    method: Name,
    what: Given<ScanCalls, Name>[0],
    { onUpdate, signal }: PartCall,
  ): Promise<Result<ScanCalls, Name>> {
    const { helper } = this;
    let id = 0;
    const cancel = (): void => helper.cancel(id);
    const answer = helper.send(method, [what] as Given<ScanCalls, Name>, {
      timeout: PATIENCE,
      onProgress: onUpdate as (report: Reports[Name]) => void,
      onId: (given) => {
        id = given;
      },
    });
    // A cancelled scan comes here between its steps, too.
    if (signal?.aborted === true) cancel();
    signal?.addEventListener('abort', cancel);
    try {
      return await answer.catch(endedEarly);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
}

function endedEarly(error: unknown): never {
  throw new Error(`One of its workers was lost. ${messageOf(error)}`);
}

function aborted(signal: AbortSignal | undefined): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve('aborted');
    signal?.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
}
