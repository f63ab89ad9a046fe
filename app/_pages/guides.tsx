import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { guideComponents } from '../../components/document/guide-components.tsx';
import { GuidePage, GuidesPage } from '../../components/document/guide-page.tsx';
import { type Guide, readGuides } from '../../lib/content/read/guides.ts';
import type { PageGroup } from '../_site/pages.ts';

export const guidePages: PageGroup = function* () {
  const guides = readGuides(process.cwd());
  yield ['/guides/', () => <GuidesPage guides={guides} />];
  for (const guide of guides) yield [`/guides/${guide.slug}/`, () => drawGuide(guide)];
};

async function drawGuide(guide: Guide) {
  const { evaluate } = await import('@mdx-js/mdx');
  const { default: Content } = await evaluate(guide.text, { Fragment, jsx, jsxs, baseUrl: import.meta.url });
  return (
    <GuidePage guide={guide}>
      <Content components={guideComponents} />
    </GuidePage>
  );
}
