import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import matter from 'gray-matter';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { guideComponents } from '../../components/document/guide-components.tsx';
import { GuidePage, GuidesPage } from '../../components/document/guide-page.tsx';
import type { PageGroup } from '../_site/pages.ts';

interface Guide {
  slug: string;
  title: string;
  description: string;
  order: number;
  text: string;
}

/** Guides are the project's own pages about itself, so they come from its folder whatever content is shown. */
const FOLDER = 'content/guides';

export const guidePages: PageGroup = function* () {
  const guides = readGuides();
  yield ['/guides/', () => <GuidesPage guides={guides} />];
  for (const guide of guides) yield [`/guides/${guide.slug}/`, () => drawGuide(guide)];
};

function readGuides(): Guide[] {
  const folder = join(process.cwd(), FOLDER);
  if (!existsSync(folder)) return [];
  const guides = readdirSync(folder)
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => {
      const { data, content } = matter(readFileSync(join(folder, file), 'utf8'));
      const slug = file.slice(0, -'.mdx'.length);
      return {
        slug,
        title: String(data.title ?? slug),
        description: String(data.description ?? ''),
        order: Number(data.order ?? 99),
        text: content,
      };
    });
  return guides.sort((a, b) => a.order - b.order || a.slug.localeCompare(b.slug));
}

async function drawGuide(guide: Guide) {
  const { evaluate } = await import('@mdx-js/mdx');
  const { default: Content } = await evaluate(guide.text, { Fragment, jsx, jsxs, baseUrl: import.meta.url });
  return (
    <GuidePage guide={guide}>
      <Content components={guideComponents} />
    </GuidePage>
  );
}
