/**
 * The pages of the site that belong to no single object: the lists and the tools. Header, footer, titles and search all
 * read this table.
 */

export interface SitePage {
  title: string;
  /** One or two sentences: what it is for, in the words that somebody would look for it with. */
  description: string;
  /** Where every page of the site links to it. */
  linked?: 'header' | 'footer';
  /** What it is called there, where that is not its title. */
  label?: string;
}

/** By address without the slashes around it; those that are linked in the order in which they are. */
export const SITE_PAGES = {
  detections: {
    title: 'Detections',
    description: 'All detections of this catalog, as a list to filter, sort, select and export rules from.',
    linked: 'header',
  },
  stories: {
    title: 'Stories',
    description: 'An analytic story gathers the detections that together tell of one threat.',
    linked: 'header',
  },
  coverage: {
    title: 'Test coverage',
    label: 'Coverage',
    description:
      'Which detections pass their tests, which fail and which have none, as measured by this build.',
    linked: 'header',
  },
  tester: {
    title: 'Rule tester',
    label: 'Tester',
    description:
      'Try a rule: run Splunk SPL, SPL2 or Sigma over events of yours in the browser, and see why each one matched or did not.',
    linked: 'header',
  },
  scan: {
    title: 'Scan a log',
    label: 'Scan',
    description:
      'Run every detection of this site over a log (EVTX, JSON, text) in the browser: which rules fire, on which events, and why.',
    linked: 'header',
  },
  techniques: {
    title: 'ATT&CK coverage',
    label: 'ATT&CK',
    description:
      'How attacks go: the MITRE ATT&CK matrix of tactics and techniques, and how many detections cover each of them here.',
    linked: 'header',
  },
  'data-sources': {
    title: 'Data sources',
    description:
      'The logs that detections read: how Splunk names them, which fields they carry, and what depends on them.',
    linked: 'header',
  },
  macros: {
    title: 'Macros',
    description:
      'Search macros: the pieces that searches share, and the places where you adapt them to your environment.',
    linked: 'header',
  },
  lookups: {
    title: 'Lookups',
    description: 'Tables that searches match events against.',
    linked: 'header',
  },
  guides: {
    title: 'Guides',
    description: 'How to read, run, write and publish detections.',
    linked: 'header',
  },
  tactics: {
    title: 'Tactics',
    description: 'ATT&CK tactics, in the order of an intrusion.',
    linked: 'footer',
  },
  cves: {
    title: 'CVEs',
    description: 'Vulnerabilities that a detection or a story names.',
    linked: 'footer',
  },
  baselines: {
    title: 'Baselines',
    description: 'Searches that learn what is normal, which detections then compare with.',
    linked: 'footer',
  },
  investigations: {
    title: 'Investigations',
    description:
      'Searches to run once something fired: what else happened on that host, by that user, at that time.',
    linked: 'footer',
  },
  playbooks: {
    title: 'Playbooks',
    description: 'Answers to a finding: automated, or in stages that people go through.',
    linked: 'footer',
  },
  'response-actions': {
    title: 'Response actions',
    description: 'What responders do, one thing at a time; playbooks put them in order.',
    linked: 'footer',
  },
  'logging-policies': {
    title: 'Logging policies',
    description:
      'How systems are told to write the events that detections read, and how many events that makes.',
    linked: 'footer',
  },
  fields: {
    title: 'Fields',
    description:
      'An index of every field of every data source, and the logs that have it: with a value in hand, where to look next. To pivot from log to log.',
    linked: 'footer',
  },
  triggers: {
    title: 'Triggers',
    description: 'How to make detections fire on purpose, in a place where that is allowed.',
    linked: 'footer',
  },
  enrichments: {
    title: 'Enrichments',
    description: 'Facts that are added to events before a detection reads them.',
    linked: 'footer',
  },
  mitigations: {
    title: 'Mitigations',
    description: 'Policies that keep techniques from working, so that there is less to detect.',
    linked: 'footer',
  },
  'use-cases': {
    title: 'Use cases',
    description: 'Questions that somebody wants answered, and the detections that answer them.',
    linked: 'footer',
  },
  customers: {
    title: 'Customers',
    description: 'For whom detections run, and which of them lack the data they need.',
    linked: 'footer',
  },
  deployments: {
    title: 'Deployments',
    description: 'Default schedules and alert actions by type of detection.',
    linked: 'footer',
  },
  dashboards: {
    title: 'Dashboards',
    description: 'Dashboards that come with the content.',
    linked: 'footer',
  },
  support: {
    title: 'What the engine supports',
    label: 'Engine support',
    description:
      'Every SPL command, function and aggregation of the search engine: what it does, what that rests on, and an example that is run as a test.',
    linked: 'footer',
  },
  'techniques/list': {
    title: 'Techniques',
    description:
      'Every technique and sub-technique of ATT&CK as a list to filter and export, with what this catalog has for each.',
  },
} as const satisfies Record<string, SitePage>;

export type SitePagePath = keyof typeof SITE_PAGES;

/** Addresses without the slashes around them, and names, in the order of the table. */
export function pagesLinkedFrom(place: 'header' | 'footer'): { path: string; label: string }[] {
  return Object.entries<SitePage>(SITE_PAGES).flatMap(([path, { linked, title, label = title }]) =>
    linked === place ? { path, label } : [],
  );
}
