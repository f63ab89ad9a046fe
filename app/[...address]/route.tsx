import { pages } from '../_site/load.ts';

/**
 * Every document of the site. A route handler writes one file per page and no script, where a page component would
 * write five files and load 135 KB of JavaScript that a document does not need.
 */
export const dynamic = 'force-static';
export const dynamicParams = false;

interface Context {
  params: Promise<{ address: string[] }>;
}

export function generateStaticParams(): { address: string[] }[] {
  return [...pages().keys()].map((address) => ({ address: fileOf(address).split('/') }));
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { address } = await params;
  const path = `/${address.map(decodeURIComponent).join('/')}`.replace(/index\.html$/, '');
  const draw = pages().get(path);
  if (!draw) return new Response('Not found', { status: 404 });
  // Imported here because Next refuses react-dom/server at the top of an App Router module.
  const { renderToStaticMarkup } = await import('react-dom/server');
  const html = `<!doctype html>${renderToStaticMarkup(await draw())}`;
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** `/a/b/` is written as `a/b/index.html`; `/404.html` as itself. */
function fileOf(address: string): string {
  return address.endsWith('/') ? `${address.slice(1)}index.html` : address.slice(1);
}
