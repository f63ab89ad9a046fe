/**
 * Settings of the site that every page reads. Set once by the renderer before the first page, from the artifact
 * that the build wrote: components stay functions of their props and of this.
 */
import { setBasePath } from '../url.ts';

export interface SiteSettings {
  title: string;
  /** Web address of the content's repository, for "view source" and "edit"; absent hides both. */
  repository?: string;
  /**
   * Path of each content folder inside that repository, in the order of the catalog's roots; absent for a folder that
   * lies in another repository or in none.
   */
  contentPaths: (string | null)[];
  /** Branch that those links point to. */
  branch: string;
  /** Splunk Web's address; absent lets each reader set their own. */
  splunkBaseUrl?: string;
  /** `''` or `/x`. */
  basePath: string;
  /** Address of the published site, for sitemap and feeds; absent leaves them out. */
  siteUrl?: string;
  assets: { stylesheet: string; islands: Record<string, string> };
  /** Runs before the first paint; named by its hash in the policy. */
  earlyScript: string;
  contentSecurityPolicy: string;
}

export const site: SiteSettings = {
  title: 'Sightline',
  contentPaths: [],
  branch: 'main',
  basePath: '',
  assets: { stylesheet: '/assets/site.css', islands: {} },
  earlyScript: '',
  contentSecurityPolicy: "default-src 'none'",
};

export function setSite(settings: SiteSettings): void {
  Object.assign(site, settings);
  setBasePath(settings.basePath);
}
