import { DataSourcePage } from '../../components/content/data-source-page.tsx';
import { LookupPage } from '../../components/content/lookup-page.tsx';
import { MacroPage } from '../../components/content/macro-page.tsx';
import { DashboardPage, DeploymentPage, PlaybookPage } from '../../components/content/other-pages.tsx';
import { BaselinePage, InvestigationPage } from '../../components/content/search-object-pages.tsx';
import { StoryPage } from '../../components/content/story-page.tsx';
import { tactic } from '../../lib/attack/techniques.ts';
import { shorten } from '../../lib/text/shorten.ts';
import type { PageGroup } from '../_site/pages.ts';
import { detectionsOf } from '../_site/site-catalog.ts';
import { codeName, count, description, kind, name, updated } from './kind-pages.tsx';

const KINDS: PageGroup[] = [
  kind({
    kind: 'story',
    worked: true,
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
    empty: 'No data source was found. Data sources live in a folder called data_sources.',
    objects: (catalog) => catalog.dataSources,
    columns: [
      name(),
      { title: 'Platform', cell: (source) => source.platform },
      { title: 'Channel', className: 'mono', cell: (source) => source.channel },
      { title: 'Event ids', className: 'mono', cell: (source) => source.eventIds.join(', ') },
      { title: 'Sourcetype', className: 'mono', cell: (source) => source.sourcetype },
      { title: 'Fields', className: 'num', cell: (source) => count(source.fields.length) },
      { title: 'Detections', className: 'num', cell: (source) => count(source.usedBy.length) },
    ],
    page: (source) => <DataSourcePage source={source} />,
  }),
  kind({
    kind: 'baseline',
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
    empty: 'No investigation was found. Investigations live in a folder called investigations.',
    objects: (catalog) => catalog.investigations,
    columns: [name(), description(), updated()],
    page: (investigation) => <InvestigationPage investigation={investigation} />,
  }),
  kind({
    kind: 'playbook',
    empty: 'No playbook was found. Playbooks live in a folder called playbooks.',
    objects: (catalog) => catalog.playbooks,
    columns: [
      name(),
      {
        title: 'Type',
        cell: (playbook) => (playbook.stages.length > 0 ? `${playbook.stages.length} stages` : playbook.type),
      },
      { title: 'Apps', cell: (playbook) => playbook.apps.join(', ') },
      description(),
    ],
    page: (playbook) => <PlaybookPage playbook={playbook} />,
  }),
  kind({
    kind: 'deployment',
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
