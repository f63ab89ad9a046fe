import { pagesLinkedFrom } from '../../lib/content/site-pages.ts';
import { url } from '../url.ts';
import { site } from './site.ts';

export function Header({ section }: { section?: string }) {
  return (
    <header className="top">
      <a className="mark" href={url('/')}>
        <Mark />
        {site.title}
      </a>
      <nav aria-label="Main">
        {pagesLinkedFrom('header').map(({ path, label }) => (
          <a key={path} href={url(`/${path}/`)} aria-current={path === section ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <a
        className="find"
        href={url('/detections/')}
        data-search-worker={url(site.assets.islands['search-worker'] ?? '')}
      >
        Search <kbd hidden>/</kbd>
      </a>
      <button type="button" className="theme" data-theme-toggle hidden>
        Theme
      </button>
    </header>
  );
}

function Mark() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      aria-hidden="true"
    >
      <circle cx="10" cy="10" r="6.5" />
      <path d="M10 .8v5M10 14.2v5M.8 10h5M14.2 10h5" />
      <circle cx="10" cy="10" r="1.1" fill="currentColor" stroke="none" />
    </svg>
  );
}
