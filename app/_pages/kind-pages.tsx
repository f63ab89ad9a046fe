import type { ReactElement, ReactNode } from 'react';
import { DateText } from '../../components/content/date.tsx';
import { Table, type TableColumn } from '../../components/content/table.tsx';
import { ListPage } from '../../components/lists/list-page.tsx';
import { objectUrl } from '../../components/url.ts';
import { folderOfKind } from '../../lib/content/address.ts';
import type { ContentObject } from '../../lib/content/model.ts';
import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import { shorten } from '../../lib/text/shorten.ts';
import type { PageGroup } from '../_site/pages.ts';
import type { SiteCatalog } from '../_site/site-catalog.ts';

/** What it takes to show one kind of object: its list and its page. */
interface KindPages<T extends ContentObject> {
  kind: T['kind'];
  empty: string;
  objects: (catalog: SiteCatalog) => T[];
  columns: TableColumn<T>[];
  /** Its list can be worked on: filtered, sorted, exported. */
  worked?: true;
  page: (object: T, catalog: SiteCatalog) => ReactElement;
}

export const name = <T extends ContentObject>(): TableColumn<T> => ({
  title: 'Name',
  cell: (object) => <a href={objectUrl(object.kind, object.slug)}>{object.name}</a>,
});
export const codeName = <T extends ContentObject>(): TableColumn<T> => ({ ...name<T>(), className: 'mono' });
export const description = <T extends ContentObject>(): TableColumn<T> => ({
  title: 'Description',
  cell: (object) => shorten(object.description, 160),
});
export const updated = <T extends ContentObject>(): TableColumn<T> => ({
  title: 'Updated',
  className: 'tight',
  cell: (object) => (object.modified ? <DateText value={object.modified} /> : null),
});
export const count = (value: number): ReactNode =>
  value === 0 ? <span className="dim">0</span> : value.toLocaleString('en');

/** Keeps each entry's types tied together while the table itself is of any kind. */
export const kind = <T extends ContentObject>(pages: KindPages<T>): PageGroup =>
  function* (catalog) {
    const objects = pages.objects(catalog);
    const section = folderOfKind[pages.kind];
    const { title, description } = SITE_PAGES[section];
    yield [
      `/${section}/`,
      () => (
        <ListPage
          title={title}
          address={`/${section}/`}
          section={section}
          count={objects.length}
          intro={description}
          empty={pages.empty}
          filter={objects.length > 10 ? `Filter ${title.toLowerCase()}` : undefined}
          list={objects.length > 10 && pages.worked ? section : undefined}
        >
          <Table rows={objects} columns={pages.columns} />
        </ListPage>
      ),
    ];
    for (const object of objects) yield [`/${section}/${object.slug}/`, () => pages.page(object, catalog)];
  };
