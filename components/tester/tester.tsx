import { useEffect, useMemo, useRef, useState } from 'react';
import type { TesterCase } from '../../lib/tester/session/payload.ts';
import { choicesOf } from './choices.ts';
import { EventsView } from './events-view.tsx';
import { LogInput } from './log-input.tsx';
import { OnDemand } from './on-demand.tsx';
import { RuleEditor } from './rule-editor.tsx';
import type { Shared } from './share.ts';
import { ShareView } from './share-view.tsx';
import { type Choice, plainSource, type Rule, type Tester, useTester } from './use-tester.ts';
import { VerdictLine } from './verdict-line.tsx';

export interface TesterProps {
  /** Base path of the site. */
  base: string;
  /** Address of the worker's script. */
  worker: string;
  /** A published detection; absent in the workbench without one. */
  testerCase?: TesterCase;
  /** What a link brought. */
  shared?: Shared;
  /** Opens with the reader's own log. */
  own?: boolean;
  /** The editor is there from the start. */
  editing?: boolean;
  /** Told of each change of the rule, to keep it. */
  onRule?: (rule: Rule) => void;
  /** Rule to begin with where there is no case. */
  rule?: Rule;
}

const STAGES = { load: async () => (await import('./stages-view.tsx')).StagesView };
const ROWS = { load: async () => (await import('./rows-view.tsx')).RowsView };
const RISK = { load: async () => (await import('./risk-view.tsx')).RiskView };
const SETTINGS = { load: async () => (await import('./settings-view.tsx')).SettingsView };

const TABS = ['Events', 'Stages', 'Results', 'Risk', 'Settings'] as const;
type Tab = (typeof TABS)[number];

/** Runs a rule over events and shows what it did. The same on a detection's page and in the workbench. */
export function TesterView({
  base,
  worker,
  testerCase,
  shared,
  own,
  editing: open,
  onRule,
  rule,
}: TesterProps) {
  const choices = useMemo(() => choicesOf(testerCase), [testerCase]);
  // Where a tester begins; what is typed and chosen afterwards is its own.
  const [initial] = useState(() => {
    const published: Rule = testerCase ?? rule ?? { name: 'Untitled', language: 'spl', search: '' };
    const { name, language, search } = published;
    return {
      rule: { name, language: shared?.language ?? language, search: shared?.search ?? search },
      choice: own ? undefined : startOf(choices, shared),
      settings: { now: shared?.now, tz: shared?.tz },
    };
  });
  const tester = useTester(base, worker, testerCase?.risk, initial);
  const [tab, setTab] = useState<Tab>('Events');
  const [editing, setEditing] = useState(open ?? shared?.search !== undefined);
  // Events are numbered anew with every choice, so a selection belongs to the choice it was made in.
  const [selection, setSelection] = useState<{ choice: Choice | undefined; event: number }>();
  const selected = selection?.choice === tester.choice ? selection?.event : undefined;
  const setSelected = (event: number | undefined) =>
    setSelection(event === undefined ? undefined : { choice: tester.choice, event });
  const published = testerCase?.search;

  const told = useRef(onRule);
  told.current = onRule;
  useEffect(() => told.current?.(tester.rule), [tester.rule]);

  return (
    <div className="tester">
      <Choices choices={choices} tester={tester} />
      <LogInput
        title="Use my own log"
        expanded={tester.choice === undefined}
        onLog={(label, sources) => tester.choose({ key: `own-${Date.now()}`, label, sources })}
      />
      {editing ? (
        <RuleEditor tester={tester} published={published} />
      ) : (
        <p className="acts">
          <button type="button" onClick={() => setEditing(true)}>
            Edit the {tester.rule.language === 'sigma' ? 'rule' : 'search'}
          </button>
        </p>
      )}
      <VerdictLine tester={tester} onSelect={setSelected} selected={selected} editing={editing} />
      <Tabs tab={tab} setTab={setTab} tester={tester} />
      <div className="panel" role="tabpanel" aria-label={tab}>
        {tab === 'Events' ? (
          <EventsView
            tester={tester}
            selected={selected}
            onSelect={setSelected}
            fields={testerCase?.fields ?? []}
          />
        ) : null}
        {tab === 'Stages' ? <OnDemand view={STAGES} given={{ tester }} /> : null}
        {tab === 'Results' ? (
          <OnDemand
            view={ROWS}
            given={{
              tester,
              onEvent: (event) => {
                setSelected(event);
                setTab('Events');
              },
            }}
          />
        ) : null}
        {tab === 'Risk' ? <OnDemand view={RISK} given={{ tester, risk: testerCase?.risk }} /> : null}
        {tab === 'Settings' ? <OnDemand view={SETTINGS} given={{ tester }} /> : null}
      </div>
      <ShareView tester={tester} testerCase={testerCase} />
    </div>
  );
}

function startOf(choices: readonly Choice[], shared: Shared | undefined): Choice | undefined {
  if (shared?.events !== undefined) {
    return {
      key: 'shared',
      label: 'Events of the link',
      sources: [plainSource('shared.ndjson', shared.events)],
    };
  }
  const test = choices.find(({ key }) => key === `test-${shared?.test}`);
  return test ?? choices.find(({ missing }) => missing === undefined);
}

/** Which events: one button each, the chosen one pressed. */
function Choices({ choices, tester }: { choices: readonly Choice[]; tester: Tester }) {
  if (choices.length === 0) return null;
  return (
    <fieldset className="choices">
      <legend className="sr">Events to run over</legend>
      {choices.map((choice) => (
        <button
          key={choice.key}
          type="button"
          aria-pressed={tester.choice?.key === choice.key}
          disabled={choice.missing !== undefined}
          title={choice.missing ?? choice.note}
          onClick={() => tester.choose(choice)}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}

function Tabs({ tab, setTab, tester }: { tab: Tab; setTab(tab: Tab): void; tester: Tester }) {
  const { summary } = tester;
  const counts: Partial<Record<Tab, number>> = {
    Events: summary?.events,
    Stages: summary?.stages.length,
    Results: summary?.rows,
  };
  const list = useRef<HTMLDivElement>(null);
  const move = (by: number) => {
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length]!;
    setTab(next);
    list.current?.querySelector<HTMLButtonElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <div
      className="tabs"
      role="tablist"
      aria-label="What the run did"
      ref={list}
      onKeyDown={({ key }) => {
        if (key === 'ArrowRight') move(1);
        if (key === 'ArrowLeft') move(-1);
      }}
    >
      {TABS.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          data-tab={each}
          aria-selected={each === tab}
          tabIndex={each === tab ? 0 : -1}
          onClick={() => setTab(each)}
        >
          {each}
          {counts[each] === undefined ? '' : ` ${counts[each]?.toLocaleString('en')}`}
        </button>
      ))}
    </div>
  );
}
