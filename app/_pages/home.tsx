import { HomePage } from '../../components/document/home-page.tsx';
import { NotFoundPage } from '../../components/document/not-found-page.tsx';
import { tactics } from '../../lib/attack/techniques.ts';
import type { SeverityLevel } from '../../lib/content/model.ts';
import type { PageGroup } from '../_site/pages.ts';
import type { SiteCatalog } from '../_site/site-catalog.ts';

const LEVELS: SeverityLevel[] = ['critical', 'high', 'medium', 'low', 'informational'];
const RECENT = 12;

export const homePages: PageGroup = function* (catalog) {
  yield ['/', () => <Home catalog={catalog} />];
  // The build publishes it as 404.html.
  yield ['/not-found/', () => <NotFoundPage />];
};

function Home({ catalog }: { catalog: SiteCatalog }) {
  const live = catalog.detections.filter(
    (detection) => detection.status !== 'deprecated' && detection.status !== 'removed',
  );
  return (
    <HomePage
      counts={[
        { label: 'detections', path: '/detections/', count: catalog.detections.length },
        { label: 'analytic stories', path: '/stories/', count: catalog.stories.length },
        {
          label: 'techniques covered',
          path: '/techniques/',
          count: catalog.techniques.filter((technique) => technique.detections.length > 0).length,
        },
        { label: 'data sources', path: '/data-sources/', count: catalog.dataSources.length },
        { label: 'macros', path: '/macros/', count: catalog.macros.length },
        { label: 'lookups', path: '/lookups/', count: catalog.lookups.length },
      ]}
      severities={LEVELS.map((level) => ({
        level,
        // As the list counts them that the number leads to.
        count: catalog.detections.filter((detection) => detection.severity === level).length,
      }))}
      tactics={tactics.map((tactic) => ({
        tactic,
        detections: live.filter((detection) => detection.tactics.includes(tactic.shortName)).length,
      }))}
      recent={live
        .filter((detection) => detection.modified)
        .toSorted((a, b) => b.modified!.localeCompare(a.modified!) || a.name.localeCompare(b.name, 'en'))
        .slice(0, RECENT)}
    />
  );
}
