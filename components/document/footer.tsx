import { pagesLinkedFrom } from '../../lib/content/site-pages.ts';
import { url } from '../url.ts';
import { site } from './site.ts';

export function Footer() {
  return (
    <footer className="end">
      <nav aria-label="More">
        {pagesLinkedFrom('footer').map(({ path, label }) => (
          <a key={path} href={url(`/${path}/`)}>
            {label}
          </a>
        ))}
        {site.repository ? <a href={site.repository}>Source</a> : null}
      </nav>
      <p>
        ATT&amp;CK® facts © The MITRE Corporation, used under its <a href={url('/guides/notices/')}>terms</a>.
      </p>
    </footer>
  );
}
