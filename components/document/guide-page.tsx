import type { ReactNode } from 'react';
import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import { url } from '../url.ts';
import { Column } from './layout.tsx';
import { Page } from './page.tsx';

export interface GuideFacts {
  slug: string;
  title: string;
  description: string;
}

export function GuidePage({ guide, children }: { guide: GuideFacts; children: ReactNode }) {
  return (
    <Page
      title={guide.title}
      description={guide.description}
      address={`/guides/${guide.slug}/`}
      section="guides"
      islands={['detection']}
    >
      <Column>
        <nav className="crumb" aria-label="Breadcrumb">
          <a href={url('/guides/')}>Guides</a>
        </nav>
        <article className="guide md">
          <h1>{guide.title}</h1>
          {children}
        </article>
      </Column>
    </Page>
  );
}

export function GuidesPage({ guides }: { guides: GuideFacts[] }) {
  return (
    <Page
      title={SITE_PAGES.guides.title}
      description={SITE_PAGES.guides.description}
      address="/guides/"
      section="guides"
    >
      <Column>
        <h1>{SITE_PAGES.guides.title}</h1>
        <ul className="guides">
          {guides.map((guide) => (
            <li key={guide.slug}>
              <a href={url(`/guides/${guide.slug}/`)}>{guide.title}</a>
              <p>{guide.description}</p>
            </li>
          ))}
        </ul>
      </Column>
    </Page>
  );
}
