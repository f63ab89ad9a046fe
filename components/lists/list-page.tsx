import type { ReactNode } from 'react';
import { listAddress } from '../../lib/lists/catalog-lists.ts';
import { Column } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';
import { url } from '../url.ts';

interface ListPageProps {
  title: string;
  address: string;
  section: string;
  intro: ReactNode;
  /** How many entries the list has; zero shows `empty` instead. */
  count: number;
  empty: ReactNode;
  /** What the filter box asks for; absent leaves it out. */
  filter?: string;
  /** Name of the list of rows that the page can be worked on with. */
  list?: string;
  children: ReactNode;
}

/** Every list: a title with its count, a sentence, a filter, the entries; or what to do when there are none. */
export function ListPage({
  title,
  address,
  section,
  intro,
  count,
  empty,
  filter,
  list,
  children,
}: ListPageProps) {
  return (
    <Page
      title={title}
      description={`${title}: ${count} in this catalog.`}
      address={address}
      section={section}
      islands={filter ? ['list'] : []}
    >
      <Column wide>
        <h1>
          {title} <small className="count">{count.toLocaleString('en')}</small>
        </h1>
        <p className="intro">{intro}</p>
        {count > 0 && list ? <div data-list-app={url(listAddress(list))} /> : null}
        <div data-list-plain>
          {count > 0 && filter ? (
            <p className="filter" data-filter hidden>
              <input
                type="search"
                aria-label={filter}
                placeholder={filter}
                autoComplete="off"
                spellCheck={false}
              />
              <output aria-live="polite" />
            </p>
          ) : null}
          {count > 0 ? children : <p className="nothing">{empty}</p>}
        </div>
      </Column>
    </Page>
  );
}
