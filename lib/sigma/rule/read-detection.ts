import type { Range } from '../../text/diagnostic.ts';
import type { Mapping, YamlNode } from '../../text/yaml-node.ts';
import { parseCondition } from './condition.ts';
import type { Condition, ConditionLine, Detection, FieldItem, Literal, Search, SearchMap } from './model.ts';
import { checkModifiers } from './modifiers.ts';
import { literalOf, textOf } from './scalar.ts';
import type { RuleSource } from './source.ts';

/** Keys of `detection` that are no searches. */
const NO_SEARCHES = new Set(['condition', 'timeframe']);

export function readDetection(node: Mapping, source: RuleSource): Detection | undefined {
  const before = errors(source);
  const searches = new Map<string, Search>();
  for (const [name, entry] of node.entries) {
    if (NO_SEARCHES.has(name)) continue;
    const search = readSearch(entry.value, entry.key, source);
    if (search !== undefined) searches.set(name, search);
  }
  const conditions = readConditions(node, source);
  if (conditions.length > 0) checkNames(conditions, searches, node, source);
  if (errors(source) > before || conditions.length === 0) return undefined;
  return {
    searches,
    conditions,
    timeframe: textOf(node.entries.get('timeframe')?.value),
    range: { start: node.start, end: node.end },
  };
}

function errors(source: RuleSource): number {
  if (source.diagnostics.length === 0) return 0;
  return source.diagnostics.filter(
    ({ severity, code }) =>
      severity === 'error' && code !== 'sigma-vocabulary' && code !== 'sigma-search-unused',
  ).length;
}

function readConditions(node: Mapping, source: RuleSource): ConditionLine[] {
  const written = node.entries.get('condition')?.value;
  const nodes = written?.kind === 'sequence' ? written.items : written === undefined ? [] : [written];
  if (nodes.length === 0) {
    source.report('sigma-key-missing', '`detection` needs a `condition`.', written ?? node);
  }
  return nodes.flatMap((item) => {
    const text = item.kind === 'scalar' ? item.text : undefined;
    if (text === undefined) {
      source.report('sigma-value-type', 'A condition is a text such as `selection and not filter`.', item);
      return [];
    }
    return parseCondition(text, offsetOf(text, item, source), source) ?? [];
  });
}

/** Where the text of a scalar begins; a block scalar keeps its first line's place. */
function offsetOf(text: string, node: Range, source: RuleSource): number {
  const found = source.text.slice(node.start, node.end).indexOf(text.slice(0, 12));
  return node.start + Math.max(0, found);
}

function readSearch(node: YamlNode, key: Range, source: RuleSource): Search | undefined {
  if (node.kind === 'mapping') return readMap(node, source);
  if (node.kind === 'scalar') {
    if (literalOf(node).value === null) {
      source.report('sigma-value-type', 'A search needs fields or keywords.', key);
      return undefined;
    }
    return { kind: 'list', items: [keyword([literalOf(node)], node)], range: node };
  }
  const items = node.items.flatMap((item): (FieldItem | SearchMap)[] => {
    if (item.kind === 'mapping') {
      const map = readMap(item, source);
      return map === undefined ? [] : [map];
    }
    if (item.kind === 'scalar') return [keyword([literalOf(item)], item)];
    source.report('sigma-value-type', 'A list of a search holds mappings or keywords.', item);
    return [];
  });
  if (items.length === 0) {
    source.report('sigma-value-type', 'A search needs fields or keywords.', node);
    return undefined;
  }
  return { kind: 'list', items, range: { start: node.start, end: node.end } };
}

function keyword(values: Literal[], { start, end }: Range): FieldItem {
  return { kind: 'item', field: undefined, modifiers: [], values, list: false, range: { start, end } };
}

function readMap(node: Mapping, source: RuleSource): SearchMap | undefined {
  const items: FieldItem[] = [];
  for (const [key, entry] of node.entries) {
    const item = readItem(key, entry.key, entry.value, source);
    if (item !== undefined) items.push(item);
  }
  if (items.length === 0) {
    source.report('sigma-value-type', 'A search needs at least one field.', node);
    return undefined;
  }
  return { kind: 'map', items, range: { start: node.start, end: node.end } };
}

function readItem(key: string, range: Range, node: YamlNode, source: RuleSource): FieldItem | undefined {
  const [field, ...modifiers] = key.split('|');
  const list = node.kind === 'sequence';
  const written = list ? node.items : [node];
  const values: Literal[] = [];
  for (const item of written) {
    if (item.kind !== 'scalar') {
      source.report('sigma-value-type', 'A field is compared with a value or a list of values.', item);
      return undefined;
    }
    values.push(literalOf(item));
  }
  if (values.length === 0) {
    source.report(
      'sigma-value-type',
      'This list of values is empty; remove the field or name a value.',
      range,
    );
    return undefined;
  }
  const item: FieldItem = { kind: 'item', field: field || undefined, modifiers, values, list, range };
  return checkModifiers(item, source) ? item : undefined;
}

/** Names of searches that `pattern` stands for. `them` leaves out names that begin with `_`. */
export function searchesNamed(pattern: string, searches: ReadonlyMap<string, Search>): string[] {
  const names = [...searches.keys()];
  if (pattern === 'them') return names.filter((name) => !name.startsWith('_'));
  if (!pattern.includes('*')) return searches.has(pattern) ? [pattern] : [];
  const start = pattern.slice(0, -1);
  if (pattern.endsWith('*') && !start.includes('*')) return names.filter((name) => name.startsWith(start));
  const form = new RegExp(`^${pattern.split('*').map(escapeRegex).join('.*')}$`);
  return names.filter((name) => form.test(name));
}

const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function checkNames(
  conditions: readonly ConditionLine[],
  searches: ReadonlyMap<string, Search>,
  node: Mapping,
  source: RuleSource,
): void {
  const used = new Set<string>();
  const visit = (condition: Condition): void => {
    if (condition.kind === 'not') visit(condition.item);
    else if ('items' in condition) condition.items.forEach(visit);
    else {
      const pattern = condition.kind === 'search' ? condition.name : condition.pattern;
      const names =
        condition.kind === 'search'
          ? searches.has(pattern)
            ? [pattern]
            : []
          : searchesNamed(pattern, searches);
      for (const name of names) used.add(name);
      // A search that could not be read was reported where it stands.
      if (names.length === 0 && !node.entries.has(pattern)) {
        const message = `No search is named \`${pattern}\`; there are ${[...searches.keys()].join(', ')}.`;
        source.report('sigma-condition-unknown-search', message, condition.range);
      }
    }
  };
  for (const { expression, aggregation } of conditions) {
    visit(expression);
    if (aggregation?.kind !== 'near') continue;
    for (const name of [...aggregation.include, ...aggregation.exclude]) {
      used.add(name);
      if (searches.has(name)) continue;
      source.report('sigma-condition-unknown-search', `No search is named \`${name}\`.`, aggregation.range);
    }
  }
  for (const name of searches.keys()) {
    if (used.has(name)) continue;
    const message = `No condition uses \`${name}\`.`;
    source.report('sigma-search-unused', message, node.entries.get(name)?.key);
  }
}
