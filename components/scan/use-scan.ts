import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { HitsFound } from '../../lib/tester/scan/hits-found.ts';
import type { Hit, RuleFacts, ScanProgress, ScanReport } from '../../lib/tester/scan/report.ts';
import type { ScanEnd } from '../../lib/tester/scan/session.ts';
import { type Machine, unpackedBytes, workersOn, workersWorth } from '../../lib/tester/scan/workers.ts';
import type { EnvironmentPayload } from '../../lib/tester/session/payload.ts';
import type { EventSource } from '../../lib/tester/session/source.ts';
import { WorkerClient } from '../../lib/tester/worker/client.ts';
import type { ScanCalls } from '../../lib/tester/worker/protocol.ts';
import { messageOf } from '../../lib/text/message-of.ts';
import { type Choice, chosenOf } from './choice.ts';

/** A scan of one log, as far as it has come. */
export interface ScanRun {
  /** Names of the files, for people. */
  name: string;
  sources: EventSource[];
  /** The rules that run; hits name them by position. */
  rules: RuleFacts[];
  /** Their positions among all rules of the site. */
  positions: number[];
  hits: Hit[];
  /** Workers that look at the log. */
  workers: number;
  progress?: ScanProgress;
  /** Absent while it runs, and where it was ended from outside. */
  end?: ScanEnd;
  /** Why it was ended from outside. */
  problem?: string;
}

export interface Scan {
  client: WorkerClient<ScanCalls>;
  /** All rules of the site, once they are loaded. */
  facts: readonly RuleFacts[] | undefined;
  /** Loads the rules before there is a log. */
  load(): void;
  run: ScanRun | undefined;
  running: boolean;
  /** Why no scan could begin. */
  problem: string | undefined;
  start(name: string, sources: EventSource[]): void;
  cancel(): void;
  clear(): void;
}

/** Milliseconds without any sign of the worker after which it is ended: compiling thousands of rules takes a while on a busy machine. */
const PATIENCE = 120_000;
/** Milliseconds between two looks at what was found: counting all of it by host and time takes longer the more there is. */
const SHOWN_EVERY = 1_000;
/** Milliseconds that a cancelled scan may take to end by itself. */
const CANCEL_PATIENCE = 5_000;

/** Everything that the page knows of a scan, kept in step with its worker. */
export function useScan(base: string, worker: string, choice: Choice): Scan {
  const [facts, setFacts] = useState<readonly RuleFacts[]>();
  const [run, setRun] = useState<ScanRun>();
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  /** Number of the scan that is shown; what others still say is not heard. */
  const current = useRef(0);
  const call = useRef(0);
  const loaded = useRef<readonly RuleFacts[]>(undefined);

  const client = useMemo(
    () =>
      new WorkerClient<ScanCalls>(worker, async (self) => {
        const response = await fetch(`${base}/tester/environment.json`);
        if (response.ok) await self.send('open', [(await response.json()) as EnvironmentPayload]);
        loaded.current = await self.send('rules', ['/scan/rules.json']);
        setFacts(loaded.current);
      }),
    [base, worker],
  );
  useEffect(() => () => client.stop('The scan was closed.'), [client]);

  const load = useCallback(() => {
    client.begin().catch((error) => setProblem(messageOf(error)));
  }, [client]);

  const start = async (name: string, sources: EventSource[]) => {
    if (running) client.cancel(call.current);
    current.current += 1;
    const own = current.current;
    call.current = 0;
    const heard = () => current.current === own;
    setProblem(undefined);
    setRunning(true);
    setRun({ name, sources, rules: [], positions: [], hits: [], workers: 1 });
    const found = new HitsFound();
    let shown = Number.NEGATIVE_INFINITY;
    try {
      await client.begin();
      const workers = workersWorth(await bytesOf(sources), workersOn(navigator as Machine));
      const all = loaded.current ?? [];
      const positions = chosenOf(all, choice);
      if (!heard()) return;
      if (positions.length === 0) {
        setRun(undefined);
        setProblem(
          'No rule is chosen: none of the site’s rules is as grave as you ask, or has an address of this link.',
        );
        return;
      }
      setRun({ name, sources, positions, rules: positions.map((at) => all[at]!), hits: [], workers });
      const end = await client.call('scan', [{ sources, rules: positions, workers }], {
        timeout: PATIENCE,
        onId: (id) => {
          call.current = id;
        },
        onProgress: ({ progress, hits }) => {
          found.take(hits);
          const now = performance.now();
          const due = now - shown >= SHOWN_EVERY;
          if (due) shown = now;
          if (heard()) setRun((old) => old && { ...old, progress, ...(due ? { hits: found.hits } : {}) });
        },
      });
      if (heard()) setRun((old) => old && { ...old, hits: found.settled(), end });
    } catch (error) {
      if (!heard()) return;
      setRun((old) => old && { ...old, hits: found.settled(), problem: messageOf(error) });
    } finally {
      if (heard()) setRunning(false);
    }
  };

  const clear = () => {
    current.current += 1;
    // Ends the worker, and with it everything that it holds of the log.
    client.stop('The scan was cleared.');
    setRunning(false);
    setRun(undefined);
    setProblem(undefined);
  };

  const stillRunning = useRef(running);
  stillRunning.current = running;
  const cancel = () => {
    // The rules are still on their way: there is nothing to keep.
    if (call.current === 0) return clear();
    client.cancel(call.current);
    const own = current.current;
    setTimeout(() => {
      if (current.current === own && stillRunning.current)
        client.stop('It did not stop by itself and was ended.');
    }, CANCEL_PATIENCE);
  };

  return {
    client,
    facts,
    load,
    run,
    running,
    problem,
    start: (name, sources) => void start(name, sources),
    cancel,
    clear,
  };
}

/** Bytes of a log, as far as they are known before it is read. */
async function bytesOf(sources: readonly EventSource[]): Promise<number> {
  const sizes = sources.map(({ content }) =>
    typeof content === 'string' ? content.length : content instanceof Blob ? unpackedBytes(content) : 0,
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** What is known of a scan, as a report to take along. */
export function reportOf({ hits, end, progress }: ScanRun): ScanReport {
  if (end !== undefined) return { ...end, hits };
  return {
    hits,
    unasked: [],
    notes: [],
    counts: { events: progress?.events ?? 0, found: 0 },
    problems: [],
    complete: false,
  };
}
