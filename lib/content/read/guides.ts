/** The project's own guides: MDX files with a title, a description and a place in the order. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import matter from 'gray-matter';

export interface Guide {
  slug: string;
  title: string;
  description: string;
  order: number;
  /** MDX, without its front matter. */
  text: string;
}

/** Guides are the project's own pages about itself, so they come from its folder whatever content is shown. */
const FOLDER = join('content', 'guides');

/** In their order; none where the project has no such folder. */
export function readGuides(project: string): Guide[] {
  const folder = join(project, FOLDER);
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
