import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import { Column } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';
import { site } from '../document/site.ts';
import { objectUrl, url } from '../url.ts';

/** A detection whose samples are a good start. */
export interface GalleryEntry {
  name: string;
  slug: string;
  language: string;
  description: string;
}

/** `/tester/`: the tester free-standing, and examples to begin with. */
export function WorkbenchPage({ gallery }: { gallery: GalleryEntry[] }) {
  const worker = site.assets.islands['tester-worker'];
  return (
    <Page
      title={SITE_PAGES.tester.title}
      description={SITE_PAGES.tester.description}
      address="/tester/"
      section="tester"
      islands={['workbench']}
    >
      <Column wide>
        <h1>{SITE_PAGES.tester.title}</h1>
        <p className="intro">
          Run any search or Sigma rule over events of yours, and see why each one matched or did not. Rules
          and logs stay in this browser; nothing is sent.
        </p>
        <noscript>
          <p className="notice">The tester runs rules in the browser, which needs JavaScript.</p>
        </noscript>
        <div data-workbench data-worker={worker ? url(worker) : undefined} />
        {gallery.length > 0 ? (
          <section id="examples">
            <h2>Examples to begin with</h2>
            <ul className="gallery">
              {gallery.map(({ name, slug, language, description }) => (
                <li key={slug}>
                  <a href={`${url('/tester/')}?rule=${encodeURIComponent(slug)}`}>{name}</a>{' '}
                  <small>
                    {language}, <a href={objectUrl('detection', slug)}>its page</a>
                  </small>
                  <p>{description}</p>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </Column>
    </Page>
  );
}
