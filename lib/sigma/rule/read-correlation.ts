import type { Range } from '../../text/diagnostic.ts';
import type { Mapping, YamlNode } from '../../text/yaml-node.ts';
import { describeDocument } from './described.ts';
import {
  COMPARISONS,
  CORRELATION_TYPES,
  type Comparison,
  type CorrelationRule,
  type CorrelationType,
} from './model.ts';
import { scalarOf, textOf, textsOf } from './scalar.ts';
import type { RuleSource } from './source.ts';

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_629_746,
  y: 31_556_952,
};

/** Seconds of a time span such as `5m`; undefined where it is none. */
export function secondsOf(text: string | undefined): number | undefined {
  const match = /^(\d+)([smhdwMy])$/.exec(text?.trim() ?? '');
  return match ? Number(match[1]) * UNITS[match[2]!]! : undefined;
}

/** A correlation rule; undefined, with a diagnostic, where a part without which it has no meaning is absent. */
export function readCorrelation(mapping: Mapping, source: RuleSource): CorrelationRule | undefined {
  const described = describeDocument(mapping, source);
  const node = mapping.entries.get('correlation')!.value;
  if (node.kind !== 'mapping') {
    source.report(
      'sigma-value-type',
      '`correlation` is a mapping with `type`, `rules` and `timespan`.',
      node,
    );
    return undefined;
  }
  const at = (key: string): YamlNode | undefined => node.entries.get(key)?.value;
  const wrong = (message: string, range?: Range): undefined => {
    source.report('sigma-correlation', message, range ?? node);
    return undefined;
  };
  const type = textOf(at('type'));
  if (!CORRELATION_TYPES.includes(type as CorrelationType)) {
    return wrong(`\`type\` is one of ${CORRELATION_TYPES.join(', ')}.`, at('type'));
  }
  const rules = readRuleNames(at('rules'));
  if (rules.length === 0) return wrong('`rules` names the rules that are correlated.', at('rules'));
  const timespanText = textOf(at('timespan')) ?? textOf(at('timeframe'));
  const timespan = secondsOf(timespanText);
  if (timespan === undefined || timespanText === undefined) {
    return wrong('`timespan` is a number and a unit such as 5m or 1h.', at('timespan'));
  }
  const condition = readComparisons(at('condition'), type as CorrelationType, wrong);
  if (condition === undefined) return undefined;
  const generate = at('generate');
  return {
    kind: 'correlation',
    ...described,
    type: type as CorrelationType,
    rules,
    groupBy: textsOf(at('group-by')),
    timespan,
    timespanText,
    ...condition,
    aliases: readAliases(at('aliases')),
    generate: generate?.kind === 'scalar' && scalarOf(generate) === true,
  };
}

export function readRuleNames(node: YamlNode | undefined): { name: string; range: Range }[] {
  const nodes = node?.kind === 'sequence' ? node.items : node === undefined ? [] : [node];
  return nodes.flatMap((item) => {
    const name = textOf(item);
    return name === undefined ? [] : [{ name, range: { start: item.start, end: item.end } }];
  });
}

type Comparisons = Pick<CorrelationRule, 'comparisons' | 'fields' | 'percentile'>;

function readComparisons(
  node: YamlNode | undefined,
  type: CorrelationType,
  wrong: (message: string, range?: Range) => undefined,
): Comparisons | undefined {
  const temporal = type.startsWith('temporal');
  if (node === undefined) {
    if (temporal) return { comparisons: [], fields: [], percentile: undefined };
    return wrong(`\`${type}\` needs a \`condition\` such as \`gte: 10\`.`);
  }
  if (node.kind !== 'mapping') return wrong('`condition` is a mapping such as `gte: 10`.', node);
  const comparisons: { operator: Comparison; value: number }[] = [];
  for (const [key, entry] of node.entries) {
    if (key === 'field' || key === 'percentile') continue;
    if (!COMPARISONS.includes(key as Comparison)) {
      return wrong(`\`${key}\` is no comparison; use ${COMPARISONS.join(', ')}.`, entry.key);
    }
    const value = entry.value.kind === 'scalar' ? scalarOf(entry.value) : undefined;
    if (typeof value !== 'number') return wrong(`\`${key}\` takes a number.`, entry.value);
    comparisons.push({ operator: key as Comparison, value });
  }
  if (comparisons.length === 0 && !temporal)
    return wrong('`condition` lacks a comparison such as `gte: 10`.', node);
  const fields = textsOf(node.entries.get('field')?.value);
  if (type.startsWith('value_') && fields.length === 0) {
    return wrong(`\`${type}\` needs the \`field\` whose values count.`, node);
  }
  const percent = node.entries.get('percentile')?.value;
  const percentile = percent?.kind === 'scalar' ? scalarOf(percent) : undefined;
  if (type === 'value_percentile' && typeof percentile !== 'number') {
    return wrong('`value_percentile` needs `percentile`, a number from 0 to 100.', node);
  }
  if (typeof percentile === 'number' && (percentile < 0 || percentile > 100)) {
    return wrong('`percentile` is a number from 0 to 100.', percent);
  }
  return { comparisons, fields, percentile: typeof percentile === 'number' ? percentile : undefined };
}

function readAliases(node: YamlNode | undefined): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const aliases = new Map<string, ReadonlyMap<string, string>>();
  if (node?.kind !== 'mapping') return aliases;
  for (const [alias, entry] of node.entries) {
    if (entry.value.kind !== 'mapping') continue;
    const fields = new Map<string, string>();
    for (const [rule, field] of entry.value.entries) fields.set(rule, textOf(field.value) ?? rule);
    aliases.set(alias, fields);
  }
  return aliases;
}
