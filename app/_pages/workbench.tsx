import { WorkbenchPage } from '../../components/workbench/workbench-page.tsx';
import type { PageGroup } from '../_site/pages.ts';

const LANGUAGE = { spl: 'SPL', spl2: 'SPL2', sigma: 'Sigma' } as const;
/** Of each language, so that every one has a way in. */
const OF_EACH = 4;

export const workbenchPages: PageGroup = function* (catalog) {
  yield [
    '/tester/',
    () => {
      const passing = catalog.detections.filter(
        ({ slug, tests }) => tests.length > 0 && catalog.evidenceBySlug.get(slug)?.status === 'passing',
      );
      const gallery = (['spl', 'spl2', 'sigma'] as const).flatMap((language) =>
        passing
          .filter((detection) => detection.language === language)
          .slice(0, OF_EACH)
          .map(({ name, slug, description }) => ({
            name,
            slug,
            language: LANGUAGE[language],
            description: description.split(/(?<=\.)\s/)[0] ?? '',
          })),
      );
      return <WorkbenchPage gallery={gallery} />;
    },
  ];
};
