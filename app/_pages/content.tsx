import type { ReactElement, ReactNode } from 'react';
import { DataSourcePage } from '../../components/content/data-source-page.tsx';
import { DateText } from '../../components/content/date.tsx';
import { LookupPage } from '../../components/content/lookup-page.tsx';
import { MacroPage } from '../../components/content/macro-page.tsx';
import { DashboardPage, DeploymentPage, PlaybookPage } from '../../components/content/other-pages.tsx';
import { BaselinePage, InvestigationPage } from '../../components/content/search-object-pages.tsx';
import { StoryPage } from '../../components/content/story-page.tsx';
import { Table, type TableColumn } from '../../components/content/table.tsx';
import { ListPage } from '../../components/lists/list-page.tsx';
import { objectUrl } from '../../components/url.ts';
import { tactic } from '../../lib/attack/techniques.ts';
import { folderOfKind } from '../../lib/content/address.ts';
import type { ContentObject } from '../../lib/content/model.ts';
import { shorten } from '../../lib/text/shorten.ts';
import type { PageGroup } from '../_site/pages.ts';
import { detectionsOf, type SiteCatalog } from '../_site/site-catalog.ts';

/** What it takes to show one kind of object: its list and its page. */
interface KindPages<T extends ContentObject> {
  kind: T['kind'];
  title: string;
  intro: string;
  empty: string;
  objects: (catalog: SiteCatalog) => T[];
  columns: TableColumn<T>[];
  /** Its list can be worked on: filtered, sorted, exported. */
  worked?: true;
  page: (object: T, catalog: SiteCatalog) => ReactElement;
}

const name = <T extends ContentObject>(): TableColumn<T> => ({
  title: 'Name',
  cell: (object) => <a href={objectUrl(object.kind, object.slug)}>{object.name}</a>,
});
const codeName = <T extends ContentObject>(): TableColumn<T> => ({ ...name<T>(), className: 'mono' });
const description = <T extends ContentObject>(): TableColumn<T> => ({
  title: 'Description',
  cell: (object) => shorten(object.description, 160),
});
const updated = <T extends ContentObject>(): TableColumn<T> => ({
  title: 'Updated',
  className: 'tight',
  cell: (object) => (object.modified ? <DateText value={object.modified} /> : null),
});
const count = (value: number): ReactNode =>
  value === 0 ? <span className="dim">0</span> : value.toLocaleString('en');

/** Keeps each entry's types tied together while the table itself is of any kind. */
const kind = <T extends ContentObject>(pages: KindPages<T>): PageGroup =>
  function* (catalog) {
    const objects = pages.objects(catalog);
    const section = folderOfKind[pages.kind];
    yield [
      `/${section}/`,
      () => (
        <ListPage
          title={pages.title}
          address={`/${section}/`}
          section={section}
          count={objects.length}
          intro={pages.intro}
          empty={pages.empty}
          filter={objects.length > 10 ? `Filter ${pages.title.toLowerCase()}` : undefined}
          list={objects.length > 10 && pages.worked ? section : undefined}
        >
          <Table rows={objects} columns={pages.columns} />
        </ListPage>
      ),
    ];
    for (const object of objects) yield [`/${section}/${object.slug}/`, () => pages.page(object, catalog)];
  };

const KINDS: PageGroup[] = [
  kind({
    kind: 'story',
    worked: true,
    title: 'Stories',
    intro: 'An analytic story gathers the detections that together tell of one threat.',
    empty: 'No analytic story was found. Stories live in a folder called stories.',
    objects: (catalog) => catalog.stories,
    columns: [
      name(),
      { title: 'Category', cell: (story) => story.categories.join(', ') },
      { title: 'Detections', className: 'num', cell: (story) => count(story.detections.length) },
      description(),
      updated(),
    ],
    page: (story, catalog) => (
      <StoryPage
        story={story}
        detections={detectionsOf(catalog, story.detections)}
        tacticName={(shortName) => tactic(shortName)?.name ?? shortName}
      />
    ),
  }),
  kind({
    kind: 'macro',
    worked: true,
    title: 'Macros',
    intro:
      'Search macros: the pieces that searches share, and the places where you adapt them to your environment.',
    empty: 'No macro was found. Macros live in a folder called macros.',
    objects: (catalog) => catalog.macros,
    columns: [
      codeName(),
      { title: 'Definition', className: 'mono', cell: (macro) => shorten(macro.definition, 120) },
      { title: 'Used by', className: 'num', cell: (macro) => count(macro.usedBy.length) },
    ],
    page: (macro) => <MacroPage macro={macro} />,
  }),
  kind({
    kind: 'lookup',
    worked: true,
    title: 'Lookups',
    intro: 'Tables that searches match events against.',
    empty: 'No lookup was found. Lookups live in a folder called lookups, each with its CSV beside it.',
    objects: (catalog) => catalog.lookups,
    columns: [
      codeName(),
      { title: 'Kind', cell: (lookup) => lookup.lookupType },
      {
        title: 'Rows',
        className: 'num',
        cell: (lookup) => (lookup.table ? count(lookup.table.totalRows) : null),
      },
      { title: 'Used by', className: 'num', cell: (lookup) => count(lookup.usedBy.length) },
      description(),
    ],
    page: (lookup) => (
      <LookupPage lookup={lookup} download={lookup.table ? lookupAddress(lookup.slug) : undefined} />
    ),
  }),
  kind({
    kind: 'data_source',
    worked: true,
    title: 'Data sources',
    intro:
      'The logs that detections read: how Splunk names them, which fields they carry, and what depends on them.',
    empty: 'No data source was found. Data sources live in a folder called data_sources.',
    objects: (catalog) => catalog.dataSources,
    columns: [
      name(),
      { title: 'Platform', cell: (source) => source.platform },
      { title: 'Sourcetype', className: 'mono', cell: (source) => source.sourcetype },
      { title: 'Fields', className: 'num', cell: (source) => count(source.fields.length) },
      { title: 'Detections', className: 'num', cell: (source) => count(source.usedBy.length) },
    ],
    page: (source) => <DataSourcePage source={source} />,
  }),
  kind({
    kind: 'baseline',
    title: 'Baselines',
    intro: 'Searches that learn what is normal, which detections then compare with.',
    empty: 'No baseline was found. Baselines live in a folder called baselines.',
    objects: (catalog) => catalog.baselines,
    columns: [
      name(),
      { title: 'Detections', className: 'num', cell: (baseline) => count(baseline.detections.length) },
      description(),
      updated(),
    ],
    page: (baseline) => <BaselinePage baseline={baseline} />,
  }),
  kind({
    kind: 'investigation',
    title: 'Investigations',
    intro:
      'Searches to run once something fired: what else happened on that host, by that user, at that time.',
    empty: 'No investigation was found. Investigations live in a folder called investigations.',
    objects: (catalog) => catalog.investigations,
    columns: [name(), description(), updated()],
    page: (investigation) => <InvestigationPage investigation={investigation} />,
  }),
  kind({
    kind: 'playbook',
    title: 'Playbooks',
    intro: 'Automated answers to a finding.',
    empty: 'No playbook was found. Playbooks live in a folder called playbooks.',
    objects: (catalog) => catalog.playbooks,
    columns: [
      name(),
      { title: 'Type', cell: (playbook) => playbook.type },
      { title: 'Apps', cell: (playbook) => playbook.apps.join(', ') },
      description(),
    ],
    page: (playbook) => <PlaybookPage playbook={playbook} />,
  }),
  kind({
    kind: 'deployment',
    title: 'Deployments',
    intro: 'Default schedules and alert actions by type of detection.',
    empty: 'No deployment or schedule was found. They live in a folder called deployments or schedules.',
    objects: (catalog) => catalog.deployments,
    columns: [
      name(),
      { title: 'Applies to', cell: (deployment) => deployment.appliesTo.join(', ') },
      { title: 'Cron schedule', className: 'mono', cell: (deployment) => deployment.configuration.cron },
      { title: 'Detections', className: 'num', cell: (deployment) => count(deployment.usedBy) },
    ],
    page: (deployment) => <DeploymentPage deployment={deployment} />,
  }),
  kind({
    kind: 'dashboard',
    title: 'Dashboards',
    intro: 'Dashboards that come with the content.',
    empty: 'No dashboard was found. Dashboards live in a folder called dashboards.',
    objects: (catalog) => catalog.dashboards,
    columns: [name(), description()],
    page: (dashboard) => <DashboardPage dashboard={dashboard} />,
  }),
];

/** Where a lookup's CSV is published; the build copies the file there. */
function lookupAddress(slug: string): string {
  return `/lookups/${slug}/${slug}.csv`;
}

export const contentPages: PageGroup = function* (catalog) {
  for (const pages of KINDS) yield* pages(catalog);
};
