import type { Mapping } from '../../text/yaml-node.ts';
import { describeDocument } from './described.ts';
import type { LogSource, SigmaRule } from './model.ts';
import { readDetection } from './read-detection.ts';
import { textOf } from './scalar.ts';
import type { RuleSource } from './source.ts';

/** A detection rule; undefined, with a diagnostic, where it has none that could be read. */
export function readRule(mapping: Mapping, source: RuleSource): SigmaRule | undefined {
  const described = describeDocument(mapping, source);
  const logsource = readLogSource(mapping, source);
  const node = mapping.entries.get('detection')?.value;
  if (node?.kind !== 'mapping') {
    const range = node ?? { start: mapping.start, end: mapping.start + 1 };
    source.report('sigma-key-missing', 'A rule needs `detection`: searches and a `condition`.', range);
    return undefined;
  }
  const detection = readDetection(node, source);
  return detection && { kind: 'rule', ...described, logsource, detection };
}

const PARTS = ['category', 'product', 'service', 'definition'] as const;

export function readLogSource(mapping: Mapping, source: RuleSource): LogSource {
  const node = mapping.entries.get('logsource')?.value;
  if (node?.kind !== 'mapping') {
    const range = node ?? { start: mapping.start, end: mapping.start + 1 };
    source.report(
      'sigma-key-expected',
      'A rule needs `logsource`: `product`, `category` or `service`.',
      range,
    );
    return { range };
  }
  const logsource: LogSource = { range: { start: node.start, end: node.end } };
  for (const part of PARTS) {
    const value = textOf(node.entries.get(part)?.value);
    if (value !== undefined) logsource[part] = value;
  }
  if (!logsource.category && !logsource.product && !logsource.service) {
    source.report('sigma-key-expected', '`logsource` needs `product`, `category` or `service`.', node);
  }
  return logsource;
}
