import { useEffect, useMemo, useRef, useState } from 'react';
import type { Look } from '../../lib/tester/scan/session.ts';
import { type Edits, NO_EDITS } from '../../lib/tester/session/edits.ts';
import type { RunSummary } from '../../lib/tester/session/session.ts';
import type { EventSource } from '../../lib/tester/session/source.ts';
import type { WorkerClient } from '../../lib/tester/worker/client.ts';
import type { Progress, ScanCalls } from '../../lib/tester/worker/protocol.ts';
import { messageOf } from '../../lib/text/message-of.ts';
import type { ShownRun } from '../tester/use-tester.ts';

export interface OpenHit {
  shown: ShownRun;
  look: Look | undefined;
  reading: Progress | undefined;
  problem: string | undefined;
}

/** Milliseconds that the run of one rule may take, and how long the worker may be silent. */
const RUN_TIME = 20_000;
const PATIENCE = 30_000;

/** One rule over the events that it has a use for, as a run that can be looked into. */
export function useHit(
  client: WorkerClient<ScanCalls>,
  rule: number,
  name: string,
  sources: EventSource[],
): OpenHit {
  const [look, setLook] = useState<Look>();
  const [reading, setReading] = useState<Progress>();
  const [problem, setProblem] = useState<string>();
  const [summary, setSummary] = useState<RunSummary>();
  const [history, setHistory] = useState<Edits[]>([NO_EDITS]);
  const edits = history.at(-1) ?? NO_EDITS;

  useEffect(() => {
    let wanted = true;
    let id = 0;
    const options = {
      timeout: PATIENCE,
      onProgress: (progress: Progress) => wanted && setReading(progress),
      onId: (given: number) => {
        id = given;
      },
    };
    client.call('look', [rule, sources], options).then(
      (found) => {
        if (!wanted) return;
        setReading(undefined);
        setLook(found);
      },
      (error) => wanted && setProblem(messageOf(error)),
    );
    return () => {
      wanted = false;
      client.cancel(id);
    };
  }, [client, rule, sources]);

  const asked = useRef(0);
  useEffect(() => {
    if (look === undefined) return;
    asked.current += 1;
    const own = asked.current;
    const request = {
      rule: { name: look.name, language: look.language, search: look.search },
      risk: look.risk,
      sets: [look.id],
      edits,
      now: look.now ?? undefined,
      time: RUN_TIME,
    };
    client.call('run', [request], { timeout: RUN_TIME + PATIENCE }).then(
      (done) => {
        if (asked.current !== own) return;
        setSummary(done);
        setProblem(done.error?.message);
      },
      (error) => asked.current === own && setProblem(messageOf(error)),
    );
    return () => {
      asked.current += 1;
    };
  }, [client, look, edits]);

  const shown = useMemo(
    (): ShownRun => ({
      rule: { name, language: look?.language ?? 'spl', search: look?.search ?? '' },
      edits,
      edit: (next) => setHistory((old) => [...old, next]),
      undo: () => setHistory((old) => (old.length > 1 ? old.slice(0, -1) : old)),
      canUndo: history.length > 1,
      summary,
      client,
    }),
    [client, name, look, edits, history, summary],
  );
  return { shown, look, reading, problem };
}
