/**
 * What a YAML file is: its kind and, for a detection, its shape. Told per file and never per repository, because one
 * checkout mixes generations, and by keys where the folder says nothing.
 */

import type { Mapping } from '../../text/yaml-node.ts';
import type { Kind, Shape } from '../model.ts';

/** The generation whose schema a file is held against. */
export type Generation = 1 | 2 | 3;

export type Recognised =
  | { kind: 'detection'; shape: Shape }
  | { kind: Exclude<Kind, 'detection'>; generation: Generation }
  | { kind: 'tests' }
  | { kind: 'deprecations' }
  | { kind: 'addresses' };

/** Folder of a content repository → kind of its files. `removed/` holds every kind, so it says nothing. */
const kindOfFolder: Record<string, Kind> = {
  detections: 'detection',
  ssa_detections: 'detection',
  dev_ssa: 'detection',
  stories: 'story',
  macros: 'macro',
  lookups: 'lookup',
  data_sources: 'data_source',
  baselines: 'baseline',
  investigations: 'investigation',
  playbooks: 'playbook',
  deployments: 'deployment',
  schedules: 'deployment',
  dashboards: 'dashboard',
  data_needed: 'data_source',
  logging_policies: 'logging_policy',
  triggers: 'trigger',
  enrichments: 'enrichment',
  response_actions: 'response_action',
  response_playbooks: 'playbook',
  mitigations: 'mitigation',
  use_cases: 'use_case',
  customers: 'customer',
};

/** Keys that only one kind has. */
const ownKeys: [key: string, kind: Kind][] = [
  ['event_volume', 'logging_policy'],
  ['atomic_tests', 'trigger'],
  ['new_fields', 'enrichment'],
  ['stages', 'playbook'],
  ['stage', 'response_action'],
  ['mitre_mitigation_id', 'mitigation'],
  ['use_cases', 'customer'],
];

/** Undefined for a file that is no content: a tool's configuration, a specification, documentation. */
export function recognise(path: string, mapping: Mapping): Recognised | undefined {
  const has = (key: string) => mapping.entries.has(key);
  const file = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/^addresses\.ya?ml$/.test(file)) return { kind: 'addresses' };
  if (/^deprecation_mapping.*\.ya?ml$/.test(file)) return { kind: 'deprecations' };
  if (isSigma(has)) return { kind: 'detection', shape: 'sigma' };
  if (/\.test\.ya?ml$/.test(file) || (has('tests') && !has('search') && testsNameFiles(mapping))) {
    return { kind: 'tests' };
  }
  const folders = path.split('/').slice(0, -1);
  const kind = kindOfFolders(folders) ?? kindOfKeys(mapping, has);
  if (!kind) return undefined;
  if (kind !== 'detection') return { kind, generation: generationOf(has) };
  // A repository keeps baselines as detections of that type in some old trees.
  if (text(mapping, 'type') === 'Baseline' && !has('rba'))
    return { kind: 'baseline', generation: generationOf(has) };
  return { kind, shape: shapeOf(path, mapping, has) };
}

/** A rule, a correlation of rules, or a filter for them. */
function isSigma(has: (key: string) => boolean): boolean {
  if (has('detection')) return has('logsource') || has('title');
  return has('title') && (has('correlation') || has('filter'));
}

function kindOfFolders(folders: string[]): Kind | undefined {
  for (const folder of folders) {
    const kind = kindOfFolder[folder];
    if (kind) return kind;
  }
  return undefined;
}

function kindOfKeys(mapping: Mapping, has: (key: string) => boolean): Kind | undefined {
  if (has('narrative')) return 'story';
  if (has('search')) {
    const type = text(mapping, 'type');
    if (type === 'Baseline') return 'baseline';
    return type === 'Investigation' ? 'investigation' : 'detection';
  }
  if (!has('name')) return undefined;
  if (has('definition')) return 'macro';
  if (has('sourcetype') && (has('source') || has('supported_TA'))) return 'data_source';
  if (has('playbook') || has('app_list')) return 'playbook';
  if (has('scheduling') || has('cron_schedule')) return 'deployment';
  const own = ownKeys.find(([key]) => has(key));
  if (own) return own[1];
  const lookupKeys = ['lookup_type', 'filename', 'collection', 'fields_list', 'match_type'];
  return lookupKeys.some(has) ? 'lookup' : undefined;
}

function generationOf(has: (key: string) => boolean): Generation {
  if (has('creation_date') || has('modification_date')) return 3;
  return has('status') || has('lookup_type') ? 2 : 1;
}

function shapeOf(path: string, mapping: Mapping, has: (key: string) => boolean): Shape {
  const tags = mapping.entries.get('tags')?.value;
  const tagged = (key: string) => tags?.kind === 'mapping' && tags.entries.has(key);
  const search = mapping.entries.get('search')?.value;
  const searchText = search?.kind === 'scalar' ? search.text : '';

  const behavioral =
    search?.kind === 'mapping' ||
    has('runtime') ||
    tagged('mappings') ||
    /(^|\/)ssa___[^/]*$/.test(path) ||
    /\bread_ssa_enriched_events\s*\(/.test(searchText) ||
    /^\s*\$\w+\s*=\s*from\b/.test(searchText);
  // Generation 1 of Behavioral Analytics had no status.
  if (behavioral) return has('status') || has('runtime') || tagged('mappings') ? 'ssa2' : 'ssa1';

  if (has('creation_date') || has('modification_date') || text(mapping, 'status') === 'removed') return 'g3';
  if (has('rba')) return 'g2';
  if (['observable', 'risk_score', 'message', 'required_fields', 'confidence'].some(tagged)) return 'g1';
  if (['finding', 'intermediate_findings', 'analytic_story', 'mitre_attack_id'].some(has)) return 'g3';
  return 'g2';
}

function testsNameFiles(mapping: Mapping): boolean {
  const tests = mapping.entries.get('tests')?.value;
  return (
    tests?.kind === 'sequence' &&
    tests.items.some(
      (item) => item.kind === 'mapping' && item.entries.has('file') && item.entries.has('attack_data'),
    )
  );
}

function text(mapping: Mapping, key: string): string | undefined {
  const value = mapping.entries.get(key)?.value;
  return value?.kind === 'scalar' ? value.text.trim() : undefined;
}
