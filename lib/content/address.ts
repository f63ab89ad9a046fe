import type { ContentObject, Kind } from './model.ts';

/** First segment of the address of each kind's pages. */
export const folderOfKind = {
  detection: 'detections',
  story: 'stories',
  macro: 'macros',
  lookup: 'lookups',
  data_source: 'data-sources',
  baseline: 'baselines',
  investigation: 'investigations',
  playbook: 'playbooks',
  deployment: 'deployments',
  dashboard: 'dashboards',
  logging_policy: 'logging-policies',
  trigger: 'triggers',
  enrichment: 'enrichments',
  response_action: 'response-actions',
  mitigation: 'mitigations',
  use_case: 'use-cases',
  customer: 'customers',
} as const satisfies Record<Kind, string>;

/** Root-relative address of an object's page, without base path. */
export function addressOf(object: ContentObject): string {
  return `/${folderOfKind[object.kind]}/${object.slug}/`;
}
