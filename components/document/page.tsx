import type { ReactNode } from 'react';
import { shorten } from '../../lib/text/shorten.ts';
import { url } from '../url.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { site } from './site.ts';

export interface PageProps {
  /** Without the site's name. */
  title: string;
  /** One or two sentences for search engines and link previews; cut at a word. */
  description?: string;
  /** Root-relative address of this page, without base path. */
  address: string;
  /** Section of the main navigation that this page belongs to. */
  section?: string;
  /** Islands (files in components/islands) that this page may load. */
  islands?: string[];
  children: ReactNode;
}

/** The whole document around a page's content. Complete without JavaScript; islands are progressive. */
export function Page({ title, description, address, section, islands = [], children }: PageProps) {
  const summary = description ? shorten(description, 200) : undefined;
  return (
    <html lang="en" data-base={site.basePath}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta httpEquiv="Content-Security-Policy" content={site.contentSecurityPolicy} />
        <title>{address === '/' ? title : `${title} · ${site.title}`}</title>
        {summary ? <meta name="description" content={summary} /> : null}
        <meta name="color-scheme" content="light dark" />
        {site.earlyScript ? <script dangerouslySetInnerHTML={{ __html: site.earlyScript }} /> : null}
        <link rel="icon" href={url('/icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={url(site.assets.stylesheet)} />
        {['site', ...islands, 'reload'].map((name) => {
          const script = site.assets.islands[name];
          return script ? <script key={name} src={url(script)} type="module" /> : null;
        })}
      </head>
      <body>
        <a className="skip" href="#content">
          Skip to content
        </a>
        <Header section={section} />
        {children}
        <Footer />
      </body>
    </html>
  );
}
