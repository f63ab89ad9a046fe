/** What the seven old backends have in common: a tree is printed from its leaves up. */
import type { Aggregation, ConditionLine, SigmaRule } from '../../rule/model.ts';
import { ConvertError } from '../error.ts';
import type { LegacySettings } from './settings.ts';
import { type LegacyLeaf, type LegacyNode, type LegacyValue, leafOf, legacyTree } from './tree.ts';

export interface LegacyContext {
  rule: SigmaRule;
  settings: LegacySettings;
  /** What the log source demands; where a later document of a file has none, what an earlier one had. */
  scope: readonly LegacyLeaf[];
}

export interface LegacyPrinter {
  settings: LegacySettings;
  and(items: readonly string[]): string;
  or(items: readonly string[]): string;
  not(item: string): string;
  group(inner: string): string;
  /** Undefined: prints nothing. */
  leaf(leaf: LegacyLeaf, name: string, context: LegacyContext): string | undefined;
  /** A keyword among other tests; absent: as `leaf` prints it. */
  keyword?(leaf: LegacyLeaf, name: string, context: LegacyContext, within: 'and' | 'or'): string;
  /** A parenthesis of keywords only, where they are printed together. */
  keywords?(values: readonly LegacyValue[], kind: 'and' | 'or'): string;
  /** The whole line; `line` has the aggregation. */
  finish(query: string, line: ConditionLine, context: LegacyContext): string;
}

/** One condition of a rule as the old converter printed it. Throws `ConvertError`. */
export function printLine(
  printer: LegacyPrinter,
  rule: SigmaRule,
  line: ConditionLine,
  before: readonly SigmaRule[] = [],
): string {
  const { settings } = printer;
  const scope = [rule, ...before.toReversed()]
    .map((one) => scopeOf(one, settings))
    .find(({ length }) => length > 0);
  return printer.finish(printQuery(printer, rule, line), line, { rule, settings, scope: scope ?? [] });
}

export function printQuery(printer: LegacyPrinter, rule: SigmaRule, line: ConditionLine): string {
  const scope = scopeOf(rule, printer.settings);
  const context = { rule, settings: printer.settings, scope };
  return printNode(printer, legacyTree(rule, line.expression, scope), context) ?? '';
}

function scopeOf({ logsource }: SigmaRule, settings: LegacySettings): LegacyLeaf[] {
  return settings.sources
    .filter(
      ({ product, service, category }) =>
        product === logsource.product &&
        service === logsource.service &&
        (category === undefined || category === logsource.category),
    )
    .map(({ condition: [field, value] }) => leafOf(field, value));
}

function printNode(
  printer: LegacyPrinter,
  node: LegacyNode,
  context: LegacyContext,
  within: 'and' | 'or' = 'and',
): string | undefined {
  switch (node.kind) {
    case 'not': {
      const inner = printNode(printer, node.item, context);
      return inner === undefined ? undefined : printer.not(inner);
    }
    case 'leaf':
      return printLeaf(printer, node, context, within);
    case 'group': {
      const together = printer.keywords && keywordsOf(node.item);
      if (together) return printer.keywords!(together.values, together.kind);
      const inner = printNode(printer, node.item, context);
      return inner === undefined ? undefined : printer.group(inner);
    }
    default: {
      const items = node.items.flatMap((item) => printNode(printer, item, context, node.kind) ?? []);
      if (items.length === 0) return undefined;
      return node.kind === 'and' ? printer.and(items) : printer.or(items);
    }
  }
}

function keywordsOf(node: LegacyNode): { values: LegacyValue[]; kind: 'and' | 'or' } | undefined {
  if (node.kind !== 'and' && node.kind !== 'or') return undefined;
  const values = node.items.flatMap((item) =>
    item.kind === 'leaf' && item.field === undefined ? [item.value as LegacyValue] : [],
  );
  return values.length === node.items.length ? { values, kind: node.kind } : undefined;
}

function printLeaf(
  printer: LegacyPrinter,
  leaf: LegacyLeaf,
  context: LegacyContext,
  within: 'and' | 'or',
): string | undefined {
  if (leaf.field === undefined) return (printer.keyword ?? printer.leaf)(leaf, '', context, within);
  const names = fieldNames(leaf.field, context);
  if (names.length === 1) return printer.leaf(leaf, names[0]!, context);
  const items = names.flatMap((name) => printer.leaf(leaf, name, context) ?? []);
  return printer.group(printer.or(items));
}

export function fieldNames(field: string, { rule, settings }: LegacyContext): readonly string[] {
  const found = settings.fields.get(field);
  if (found === undefined) return [field];
  if (typeof found === 'string') return [found];
  const names = new Set<string>();
  for (const id of eventIdsOf(rule)) for (const name of found.byEventId.get(id) ?? []) names.add(name);
  return names.size > 0 ? [...names] : found.otherwise;
}

function eventIdsOf(rule: SigmaRule): string[] {
  const ids: string[] = [];
  for (const search of rule.detection.searches.values()) {
    for (const item of search.items.flatMap((one) => (one.kind === 'map' ? one.items : [one]))) {
      if (item.field === 'EventID') ids.push(...item.values.map(({ text }) => text));
    }
  }
  return ids;
}

/** The only name of a field in an aggregation. */
export function singleName(field: string, context: LegacyContext, aggregation: Aggregation): string {
  const names = fieldNames(field, context);
  if (names.length === 1) return names[0]!;
  const message = `\`${field}\` stands for ${names.join(', ')}; an aggregation needs one field.`;
  throw new ConvertError('convert-multiple-fields', message, aggregation.range);
}

export function textsOf(values: readonly LegacyValue[], rule: SigmaRule): string[] {
  return values.map((value) => {
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (value === null) {
      const message =
        'A list with `null` among its values has no form here; write it as a search of its own.';
      throw new ConvertError('convert-null-in-list', message, rule.detection.range);
    }
    throw new ConvertError('convert-regex', 'A list cannot hold regular expressions.', rule.detection.range);
  });
}

export function refuseNear(aggregation: Aggregation | undefined): void {
  if (aggregation?.kind !== 'near') return;
  throw new ConvertError(
    'convert-near',
    '`near` has no form here; write a temporal correlation.',
    aggregation.range,
  );
}

/** A backslash that is neither doubled nor before a wildcard. */
export const LONE_BACKSLASH = /(?<!\\)\\(?![*?\\])/g;
