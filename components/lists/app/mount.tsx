import { createRoot } from 'react-dom/client';
import type { ListFile } from '../../../lib/lists/model.ts';
import { openList } from '../../../lib/lists/open.ts';
import { searchClient } from '../../search/client.ts';
import { ListApp } from './list-app.tsx';

/** What a page says about its list: the address of its rows. */
interface ListElement extends HTMLElement {
  dataset: { listApp?: string };
}

/** Loads the rows and draws the list in its element. Throws, with nothing drawn, where the rows cannot be had. */
export async function mountList(element: ListElement): Promise<void> {
  const response = await fetch(element.dataset.listApp ?? '');
  if (!response.ok) throw new Error(`Its rows answered ${response.status}.`);
  const data = openList((await response.json()) as ListFile);
  element.replaceChildren();
  const client = searchClient();
  createRoot(element).render(
    <ListApp
      data={data}
      base={document.documentElement.dataset.base ?? ''}
      // Its worker starts with the first text that somebody looks for.
      {...(client ? { find: (text: string) => client.all(text) } : {})}
    />,
  );
}
