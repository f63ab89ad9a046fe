import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import { Column } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';
import { site } from '../document/site.ts';
import { url } from '../url.ts';

interface ScanPageProps {
  /** Rules by severity; those without one under the empty name. */
  severities: Readonly<Record<string, number>>;
  attackVersion: string;
}

/** `/scan/`: every rule of the site over a log of the reader's. */
export function ScanPage({ severities, attackVersion }: ScanPageProps) {
  const worker = site.assets.islands['scan-worker'];
  const count = Object.values(severities).reduce((sum, one) => sum + one, 0);
  return (
    <Page
      title={SITE_PAGES.scan.title}
      description={SITE_PAGES.scan.description}
      address="/scan/"
      section="scan"
      islands={['scan']}
    >
      <Column wide>
        <h1>
          {SITE_PAGES.scan.title} <small className="count">{count.toLocaleString('en')} rules</small>
        </h1>
        <p className="intro">
          Drop a log, and the rules of this site run over it: which of them fire, on which events, and why.
          The log stays in this browser; nothing is sent.
        </p>
        {count === 0 ? (
          <p className="nothing">This site has no rules yet, so there is nothing to scan with.</p>
        ) : (
          <>
            <noscript>
              <p className="notice">
                A scan runs in the browser, which needs JavaScript. In a terminal{' '}
                <code>npx sightline scan FILE</code> does the same.
              </p>
            </noscript>
            <div
              data-scan
              data-worker={worker ? url(worker) : undefined}
              data-severities={JSON.stringify(severities)}
              data-attack={attackVersion}
            />
          </>
        )}
      </Column>
    </Page>
  );
}
