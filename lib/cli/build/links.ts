import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

export interface LinkProblem {
  /** Page that has the link, root-relative. */
  page: string;
  /** The address as written. */
  link: string;
  problem: 'no such page' | 'no such anchor' | 'outside the base path';
}

export interface LinkCheck {
  pages: number;
  links: number;
  problems: LinkProblem[];
  /** Addresses that differ only in letter case: one page on a disk that ignores case. */
  duplicates: string[];
}

/** Text may hold `src="…"` too: a search that reads a field of that name. */
const TAG = /<[a-z](?:[^>"]|"[^"]*")*>/gi;
const LINK = /\s(?:href|src)="([^"]*)"/g;
const ANCHOR = /\sid="([^"]*)"/g;

/** Values of the attributes of a page's tags that the expression finds. */
function valuesOf(html: string, attribute: RegExp): Set<string> {
  const values = new Set<string>();
  for (const [tag] of html.matchAll(TAG)) {
    for (const [, value] of tag.matchAll(attribute)) values.add(value!);
  }
  return values;
}

/** Follows every link of a finished site that stays on the site, down to the anchor. */
export function checkLinks(out: string, basePath: string): LinkCheck {
  const files = new Set(
    readdirSync(out, { recursive: true, encoding: 'utf8' })
      .map((file) => `/${file.replaceAll('\\', '/')}`)
      .filter((file) => statSync(join(out, file)).isFile()),
  );
  const anchors = new Map<string, Set<string>>();
  const anchorsOf = (file: string) => {
    let found = anchors.get(file);
    if (!found) {
      found = valuesOf(readFileSync(join(out, file), 'utf8'), ANCHOR);
      anchors.set(file, found);
    }
    return found;
  };
  const result: LinkCheck = { pages: 0, links: 0, problems: [], duplicates: duplicatesOf(files) };
  for (const file of files) {
    if (!file.endsWith('.html')) continue;
    result.pages += 1;
    const page = file.replace(/index\.html$/, '');
    const html = readFileSync(join(out, file), 'utf8');
    for (const link of valuesOf(html, LINK)) {
      if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(link)) continue;
      result.links += 1;
      const problem = problemOf(link, page, basePath, files, anchorsOf);
      if (problem) result.problems.push({ page, link, problem });
    }
  }
  return result;
}

function problemOf(
  link: string,
  page: string,
  basePath: string,
  files: Set<string>,
  anchorsOf: (file: string) => Set<string>,
): LinkProblem['problem'] | undefined {
  const [address = '', anchor] = link.replaceAll('&amp;', '&').split('#');
  let path = page;
  if (address !== '') {
    const absolute = address.startsWith('/') ? address : posix.join(basePath + page, address);
    if (!absolute.startsWith(`${basePath}/`)) return 'outside the base path';
    path = decodeURI(absolute.slice(basePath.length).split('?')[0]!);
  }
  const file = path.endsWith('/') ? `${path}index.html` : path;
  if (!files.has(file)) return 'no such page';
  if (anchor && !anchorsOf(file).has(decodeURIComponent(anchor))) return 'no such anchor';
  return undefined;
}

function duplicatesOf(files: Set<string>): string[] {
  const seen = new Set<string>();
  const duplicates: string[] = [];
  for (const file of files) {
    const key = file.toLowerCase();
    if (seen.has(key)) duplicates.push(file);
    seen.add(key);
  }
  return duplicates;
}
