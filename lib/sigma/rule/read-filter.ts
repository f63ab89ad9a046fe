import type { Mapping } from '../../text/yaml-node.ts';
import { describeDocument } from './described.ts';
import type { FilterRule } from './model.ts';
import { readRuleNames } from './read-correlation.ts';
import { readDetection } from './read-detection.ts';
import { readLogSource } from './read-rule.ts';
import type { RuleSource } from './source.ts';

/** A filter: a condition that is joined to the rules it names. */
export function readFilter(mapping: Mapping, source: RuleSource): FilterRule | undefined {
  const described = describeDocument(mapping, source);
  const logsource = readLogSource(mapping, source);
  const node = mapping.entries.get('filter')!.value;
  if (node.kind !== 'mapping') {
    source.report('sigma-value-type', '`filter` is a mapping with `rules`, searches and `condition`.', node);
    return undefined;
  }
  const names = readRuleNames(node.entries.get('rules')?.value);
  if (names.length === 0) {
    source.report('sigma-key-missing', '`filter` needs `rules`: names or ids, or `any`.', node);
    return undefined;
  }
  const entries = new Map(node.entries);
  entries.delete('rules');
  const detection = readDetection({ ...node, entries }, source);
  if (detection === undefined) return undefined;
  const any = names.length === 1 && names[0]!.name === 'any';
  return { kind: 'filter', ...described, logsource, rules: any ? 'any' : names, detection };
}
