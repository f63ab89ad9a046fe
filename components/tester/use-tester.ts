import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PlainFields } from '../../lib/events/plain-record.ts';
import { type Edits, NO_EDITS } from '../../lib/tester/session/edits.ts';
import type { EnvironmentPayload, TesterCase } from '../../lib/tester/session/payload.ts';
import type { RunSummary, SetSummary } from '../../lib/tester/session/session.ts';
import type { EventSource } from '../../lib/tester/session/source.ts';
import {
  type TesterAsker,
  type TesterClient,
  TesterStopped,
  WorkerClient,
} from '../../lib/tester/worker/client.ts';
import type { Progress, TesterCalls } from '../../lib/tester/worker/protocol.ts';

export type Language = TesterCase['language'];

/** Events that a reader may look at: those of a test, of a data source's example, or their own. */
export interface Choice {
  key: string;
  label: string;
  /** What the events are for. */
  note?: string;
  /** Rows that a test expects; null: at least one; undefined: nothing is expected. */
  expected?: number | null;
  sources: EventSource[];
  /** Why there are no events. */
  missing?: string;
}

export interface Rule {
  name: string;
  language: Language;
  search: string;
}

export interface Settings {
  now?: number;
  tz?: string;
}

interface Loaded {
  source: EventSource;
  summary: SetSummary;
}

export interface Reading extends Progress {
  name: string;
  cancel(): void;
}

/** Milliseconds that a run may take before the engine ends it, and before the worker is ended from outside. */
const RUN_TIME = 20_000;
const PATIENCE = 5_000;

/** A run and what it ran over: what the views of events and rows show. */
export interface ShownRun {
  rule: Rule;
  edits: Edits;
  edit(edits: Edits): void;
  undo(): void;
  canUndo: boolean;
  summary: RunSummary | undefined;
  client: TesterAsker;
}

export interface Tester extends ShownRun {
  setSearch(search: string): void;
  setLanguage(language: Language): void;
  choice: Choice | undefined;
  choose(choice: Choice): void;
  loaded: SetSummary[];
  reading: Reading | undefined;
  settings: Settings;
  setSettings(settings: Settings): void;
  running: boolean;
  /** What went wrong outside of the engine: a file that could not be loaded, a worker that was ended. */
  problem: string | undefined;
  stop(): void;
  client: TesterClient;
}

/** Everything a tester on a page knows, kept in step with its worker. */
export function useTester(
  base: string,
  worker: string,
  risk: TesterCase['risk'],
  initial: { rule: Rule; choice?: Choice; settings?: Settings },
): Tester {
  const [rule, setRule] = useState(initial.rule);
  const [choice, setChoice] = useState(initial.choice);
  const [loaded, setLoaded] = useState<Loaded[]>([]);
  const [reading, setReading] = useState<Reading>();
  const [history, setHistory] = useState<Edits[]>([NO_EDITS]);
  const [settings, setSettings] = useState<Settings>(initial.settings ?? {});
  const [summary, setSummary] = useState<RunSummary>();
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const sets = useRef<Loaded[]>([]);
  sets.current = loaded;
  const edits = history.at(-1) ?? NO_EDITS;

  const language = useRef(rule.language);
  language.current = rule.language;
  const client = useMemo(
    () =>
      new WorkerClient<TesterCalls>(worker, async (self) => {
        // The engine comes beside what it runs over, not after it. A run says where it could not be fetched.
        self.send('prepare', [language.current]).catch(() => undefined);
        const response = await fetch(`${base}/tester/environment.json`);
        if (response.ok) await self.send('open', [(await response.json()) as EnvironmentPayload]);
        // A worker that was ended lost its events: they are read again, under new names.
        const again: Loaded[] = [];
        for (const { source } of sets.current)
          again.push({ source, summary: await self.send('read', [source]) });
        if (again.length > 0) setLoaded(again);
      }),
    [base, worker],
  );
  useEffect(() => () => client.stop('The tester was closed.'), [client]);

  const fail = useCallback((error: unknown) => {
    setProblem(error instanceof Error ? error.message : String(error));
  }, []);

  // Reads the chosen events.
  useEffect(() => {
    let current = true;
    setHistory([NO_EDITS]);
    setSummary(undefined);
    setProblem(undefined);
    const read = async () => {
      for (const { summary: old } of sets.current)
        void client.call('forget', [old.id]).catch(() => undefined);
      sets.current = [];
      setLoaded([]);
      const next: Loaded[] = [];
      for (const source of choice?.sources ?? []) {
        const { name } = source;
        let id = 0;
        const cancel = () => client.cancel(id);
        const done = await client.call('read', [source], {
          onId: (given) => {
            id = given;
          },
          onProgress: (progress) => current && setReading({ ...progress, name, cancel }),
        });
        if (!current) return;
        next.push({ source, summary: done });
      }
      setReading(undefined);
      setLoaded(next);
    };
    read().catch((error) => {
      if (!current) return;
      setReading(undefined);
      setLoaded([]);
      fail(error);
    });
    return () => {
      current = false;
    };
  }, [choice, client, fail]);

  // Runs the rule whenever something that a run depends on has changed; while one runs, the last change waits.
  const busy = useRef(false);
  const again = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    const run = async () => {
      if (busy.current) {
        again.current = () => void run();
        return;
      }
      busy.current = true;
      setRunning(true);
      try {
        const answer = await client.call(
          'run',
          [
            {
              rule,
              risk,
              sets: loaded.map((each) => each.summary.id),
              edits,
              expected: choice?.expected,
              now: settings.now,
              tz: settings.tz,
              time: RUN_TIME,
            },
          ],
          { timeout: RUN_TIME + PATIENCE },
        );
        if (sets.current === loaded) setSummary(answer);
        setProblem(undefined);
      } catch (error) {
        setSummary(undefined);
        fail(
          error instanceof TesterStopped
            ? new Error(`${error.message} Change the rule or the events to try again.`)
            : error,
        );
      } finally {
        busy.current = false;
        setRunning(false);
        const waiting = again.current;
        again.current = undefined;
        waiting?.();
      }
    };
    // Events of the choice before are given up already: a run over them would say that nothing matches.
    if (sets.current !== loaded) return;
    if (loaded.length > 0 || edits.added.length > 0) void run();
  }, [rule, loaded, edits, settings.now, settings.tz, choice, risk, client, fail]);

  return {
    rule,
    setSearch: (search) => setRule((old) => ({ ...old, search })),
    setLanguage: (language) => setRule((old) => ({ ...old, language })),
    choice,
    choose: setChoice,
    loaded: loaded.map((each) => each.summary),
    reading,
    edits,
    edit: (next) => setHistory((old) => [...old, next]),
    undo: () => setHistory((old) => (old.length > 1 ? old.slice(0, -1) : old)),
    canUndo: history.length > 1,
    settings,
    setSettings,
    summary,
    running,
    problem,
    stop: () => {
      reading?.cancel();
      if (running) client.stop('It was stopped.');
    },
    client,
  };
}

/** Events typed or shared as plain fields, as a source that is read like a file. */
export function plainSource(name: string, events: readonly PlainFields[]): EventSource {
  return { name, content: `${events.map((event) => JSON.stringify(event)).join('\n')}\n` };
}
