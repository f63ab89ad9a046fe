import { createRoot, type Root } from 'react-dom/client';
import type { TesterCase } from '../../lib/tester/session/payload.ts';
import { FRAGMENT } from './fragment.ts';
import { TesterView } from './tester.tsx';

/** What a page says about its tester: where the worker is. */
export interface TesterElement extends HTMLElement {
  dataset: { worker?: string };
}

const roots = new WeakMap<Element, Root>();

/**
 * Opens the tester of a detection's page in its element, with what was answered when its case was asked for; a further
 * link opens it anew, with what that link shares. Throws when the case cannot be loaded.
 */
export async function mountTester(
  element: TesterElement,
  response: Response,
  options: { own?: boolean } = {},
): Promise<void> {
  const { worker = '' } = element.dataset;
  const base = document.documentElement.dataset.base ?? '';
  if (!response.ok) throw new Error(`The tester's data could not be loaded (${response.status}).`);
  const testerCase = (await response.json()) as TesterCase;
  const fragment = FRAGMENT.exec(location.hash)?.[1];
  const shared = fragment ? await (await import('./share.ts')).decodeShared(fragment) : undefined;
  const root = roots.get(element) ?? createRoot(element);
  roots.set(element, root);
  root.render(
    <TesterView
      key={fragment}
      base={base}
      worker={worker}
      testerCase={testerCase}
      own={options.own === true}
      {...(shared === undefined ? {} : { shared })}
    />,
  );
}
