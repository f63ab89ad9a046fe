/**
 * Splunk Web's deep link to a search. Text that starts with neither a pipe nor `search` is what Splunk calls the
 * implied search command, which the `q` parameter does not imply.
 */
export function splunkSearchUrl(base: string, search: string, earliest = '-24h@h', latest = 'now'): string {
  const text = /^\s*(?:\||search\b)/i.test(search) ? search : `search ${search}`;
  const query = new URLSearchParams({ q: text, earliest, latest });
  return `${base.replace(/\/+$/, '')}/en-US/app/search/search?${query.toString().replaceAll('+', '%20')}`;
}
