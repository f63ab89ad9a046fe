import { escapeHtml } from '../text/escape.ts';

/**
 * A page whose only work is to send the reader on: static hosts know no redirects. The link stays for readers
 * whose browser refuses to follow; search engines get the canonical address.
 */
export function redirectHtml(to: string): string {
  const href = escapeHtml(to);
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Moved</title><link rel="canonical" href="${href}">` +
    `<meta http-equiv="refresh" content="0;url=${href}"><meta name="robots" content="noindex">` +
    `<p>This page is at <a href="${href}">${href}</a>.</p></html>`
  );
}
