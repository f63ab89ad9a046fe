interface PagesProps {
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
  onPage: (page: number) => void;
}

/** From page to page; links, so that one opens in a tab of its own too. */
export function Pages({ page, pages, hrefOf, onPage }: PagesProps) {
  if (pages < 2) return null;
  const link = (to: number, label: string, rel: string) =>
    to < 1 || to > pages ? (
      <span className="quiet">{label}</span>
    ) : (
      <a
        href={hrefOf(to)}
        rel={rel}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onPage(to);
        }}
      >
        {label}
      </a>
    );
  return (
    <nav className="pages" aria-label="Pages">
      {link(page - 1, 'Previous', 'prev')}
      <span aria-live="polite">
        Page {page.toLocaleString('en')} of {pages.toLocaleString('en')}
      </span>
      {link(page + 1, 'Next', 'next')}
    </nav>
  );
}
