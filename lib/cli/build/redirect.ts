/**
 * A page whose only work is to send the reader on: static hosts know no redirects. The link stays for readers
 * whose browser refuses to follow; search engines get the canonical address. `to` is an address of this site, made of
 * characters that need no escaping in HTML.
 */
export function redirectHtml(to: string): string {
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Moved</title><link rel="canonical" href="${to}">` +
    `<meta http-equiv="refresh" content="0;url=${to}"><meta name="robots" content="noindex">` +
    `<p>This page is at <a href="${to}">${to}</a>.</p></html>`
  );
}
