import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { TesterCase } from '../../lib/tester/session/payload.ts';
import { FRAGMENT } from './fragment.ts';
import { loadTabs, newTab, type SavedTab, saveTabs } from './saved-tabs.ts';
import type { Shared } from './share.ts';
import { TesterView } from './tester.tsx';

interface Opened {
  testerCase?: TesterCase;
  shared?: Shared;
}

/** The tester free-standing: several tabs, kept in this browser; `?rule=<slug>` opens a detection in one. */
function Workbench({ base, worker }: { base: string; worker: string }) {
  const [tabs, setTabs] = useState<SavedTab[]>();
  const [current, setCurrent] = useState('');
  const [opened, setOpened] = useState<ReadonlyMap<string, Opened>>(new Map());
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    const open = async (saved: readonly SavedTab[], further: boolean) => {
      const slug = new URL(location.href).searchParams.get('rule');
      const fragment = FRAGMENT.exec(location.hash)?.[1];
      const shared = fragment ? await (await import('./share.ts')).decodeShared(fragment) : undefined;
      // A later link that holds nothing readable changes nothing.
      if (further && shared === undefined) return;
      const known = shared === undefined && slug ? saved.find((tab) => tab.slug === slug) : undefined;
      const tab = known ?? (shared || slug || saved.length === 0 ? newTab(slug ?? undefined) : saved[0]!);
      if (shared !== undefined) {
        setOpened((old) => new Map(old).set(tab.id, { shared }));
        tab.name = 'From a link';
        tab.language = shared.language;
        if (shared.search !== undefined) tab.search = shared.search;
      }
      setTabs((old = [...saved]) => (old.includes(tab) ? old : [...old, tab]));
      setCurrent(tab.id);
    };
    void open(loadTabs(), false);
    // A further link, opened where the workbench stands already, gets a tab of its own.
    const onLink = () => void open([], true);
    addEventListener('hashchange', onLink);
    return () => removeEventListener('hashchange', onLink);
  }, []);

  useEffect(() => {
    if (tabs !== undefined) saveTabs(tabs);
  }, [tabs]);

  // A tab of a detection needs its case before it can be shown.
  const tab = tabs?.find(({ id }) => id === current);
  const slug = tab?.slug;
  const id = tab?.id;
  useEffect(() => {
    if (slug === undefined || id === undefined || opened.get(id)?.testerCase !== undefined) return;
    let wanted = true;
    const load = async () => {
      const response = await fetch(`${base}/detections/${encodeURIComponent(slug)}/tester.json`);
      if (!response.ok) throw new Error(`There is no detection “${slug}” on this site.`);
      const testerCase = (await response.json()) as TesterCase;
      if (!wanted) return;
      setTabs((old) => old?.map((each) => (each.id === id ? { ...each, name: testerCase.name } : each)));
      setOpened((old) => new Map(old).set(id, { ...old.get(id), testerCase }));
    };
    load().catch((error) => wanted && setProblem(error instanceof Error ? error.message : String(error)));
    return () => {
      wanted = false;
    };
  }, [slug, id, base, opened]);

  const close = (closing: SavedTab) => {
    const left = tabs?.filter((each) => each !== closing) ?? [];
    const next = left.length > 0 ? left : [newTab()];
    setTabs(next);
    if (closing.id === current) setCurrent(next[0]!.id);
  };
  const view = id === undefined ? undefined : opened.get(id);
  if (tab === undefined || tabs === undefined) return null;
  const waiting = slug !== undefined && view?.testerCase === undefined;
  return (
    <>
      <div className="bench-tabs">
        {tabs.map((each) => (
          <span key={each.id} className={each.id === current ? 'bench-tab current' : 'bench-tab'}>
            <button type="button" aria-pressed={each.id === current} onClick={() => setCurrent(each.id)}>
              {each.name}
            </button>
            <button type="button" aria-label={`Close ${each.name}`} onClick={() => close(each)}>
              ×
            </button>
          </span>
        ))}
        <button
          type="button"
          onClick={() => {
            const made = newTab();
            setTabs([...tabs, made]);
            setCurrent(made.id);
          }}
        >
          New tab
        </button>
      </div>
      {problem && waiting ? <p className="fail">✗ {problem}</p> : null}
      {waiting ? null : (
        <TesterView
          key={tab.id}
          base={base}
          worker={worker}
          editing
          own={view?.testerCase === undefined && view?.shared?.events === undefined}
          rule={{ name: tab.name, language: tab.language ?? 'spl', search: tab.search ?? '' }}
          {...(view?.testerCase ? { testerCase: view.testerCase } : {})}
          {...(view?.shared
            ? { shared: view.shared }
            : tab.search !== undefined && tab.slug !== undefined
              ? { shared: { v: 1 as const, language: tab.language ?? 'spl', search: tab.search, test: 0 } }
              : {})}
          onRule={({ language, search }) =>
            setTabs((old) => old?.map((each) => (each.id === tab.id ? { ...each, language, search } : each)))
          }
        />
      )}
    </>
  );
}

export function mountWorkbench(element: HTMLElement): void {
  const base = document.documentElement.dataset.base ?? '';
  createRoot(element).render(<Workbench base={base} worker={element.dataset.worker ?? ''} />);
}
