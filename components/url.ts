import { folderOfKind } from '../lib/content/address.ts';
import type { Kind } from '../lib/content/model.ts';

/**
 * Addresses of the site's own pages. The base path (a site published under `/detections-site/`, say) is a
 * setting of the build, so it is set once, by the renderer, before the first page.
 */
let basePath = '';

export function setBasePath(path: string): void {
  basePath = path;
}

/** A root-relative address of this site, base path included. */
export function url(path: string): string {
  return basePath + path;
}

export function objectUrl(kind: Kind, slug: string): string {
  return url(`/${folderOfKind[kind]}/${slug}/`);
}
export const techniqueUrl = (id: string) => url(`/techniques/${id.toLowerCase()}/`);
export const tacticUrl = (shortname: string) => url(`/tactics/${shortname}/`);
export const cveUrl = (id: string) => url(`/cves/${id.toLowerCase()}/`);

/** Only http and https leave the site; anything else in a text field stays text. */
export function externalHref(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}
