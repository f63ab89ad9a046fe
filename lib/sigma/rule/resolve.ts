/** A rule as written → the expression it means. */
import type { Diagnostic } from '../../text/diagnostic.ts';
import { type Expression, join } from './expression.ts';
import type {
  Condition,
  ConditionLine,
  Detection,
  FieldItem,
  FilterRule,
  Search,
  SigmaRule,
} from './model.ts';
import { searchesNamed } from './read-detection.ts';
import { ResolveError } from './resolve-error.ts';
import { itemExpression } from './values.ts';

export interface ResolveOptions {
  /** Values of placeholders, by name without `%`. */
  placeholders?: ReadonlyMap<string, readonly string[]>;
  /** Filters; those that name the rule (or any rule of its log source) are joined to its condition. */
  filters?: readonly FilterRule[];
}

export type Resolved =
  | { expression: Expression; diagnostic?: undefined }
  | { expression?: undefined; diagnostic: Diagnostic };

/** What the rule means, all its conditions as alternatives, without aggregations. */
export function resolveRule(rule: SigmaRule, options: ResolveOptions = {}): Resolved {
  return guarded(rule.path, () => {
    const lines = rule.detection.conditions.map((line) => lineExpression(line, rule.detection, options));
    const own = join('or', lines, rule.detection.range);
    const joined = filtersOf(rule, options.filters).map((filter) =>
      join(
        'or',
        filter.detection.conditions.map((line) => lineExpression(line, filter.detection, options)),
        filter.detection.range,
      ),
    );
    return join('and', [own, ...joined], rule.detection.range);
  });
}

/** What one condition of a rule means. */
export function resolveLine(rule: SigmaRule, line: ConditionLine, options: ResolveOptions = {}): Resolved {
  return guarded(rule.path, () => lineExpression(line, rule.detection, options));
}

/** What one search of a rule means. */
export function resolveSearch(rule: SigmaRule, name: string, options: ResolveOptions = {}): Resolved {
  return guarded(rule.path, () => {
    const search = rule.detection.searches.get(name);
    if (search === undefined) {
      throw new ResolveError(
        'sigma-condition-unknown-search',
        `No search is named \`${name}\`.`,
        rule.detection.range,
      );
    }
    return searchExpression(search, options);
  });
}

function guarded(path: string | undefined, work: () => Expression): Resolved {
  try {
    return { expression: work() };
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    const { code, message, range } = error;
    return {
      diagnostic: { code, severity: 'error', message, range, ...(path === undefined ? {} : { path }) },
    };
  }
}

/** Those of the filters that are joined to the rule. */
export function filtersOf(rule: SigmaRule, filters: readonly FilterRule[] = []): FilterRule[] {
  return filters.filter((filter) => filterConcerns(filter, rule));
}

/** A filter names rules by id or name; what its log source states has to be what the rule's states. */
function filterConcerns(filter: FilterRule, rule: SigmaRule): boolean {
  if (filter.rules !== 'any' && !filter.rules.some(({ name }) => name === rule.id || name === rule.name))
    return false;
  return (['category', 'product', 'service'] as const).every(
    (part) => filter.logsource[part] === undefined || filter.logsource[part] === rule.logsource[part],
  );
}

function lineExpression(line: ConditionLine, detection: Detection, options: ResolveOptions): Expression {
  return conditionExpression(line.expression, detection, options);
}

function conditionExpression(
  condition: Condition,
  detection: Detection,
  options: ResolveOptions,
): Expression {
  const { searches } = detection;
  switch (condition.kind) {
    case 'not':
      return {
        kind: 'not',
        item: conditionExpression(condition.item, detection, options),
        range: condition.range,
      };
    case 'and':
    case 'or': {
      const items = condition.items.map((item) => conditionExpression(item, detection, options));
      return join(condition.kind, items, condition.range);
    }
    case 'search': {
      const search = searches.get(condition.name);
      if (search !== undefined) return searchExpression(search, options);
      break;
    }
    case 'of': {
      const items = searchesNamed(condition.pattern, searches).map((name) =>
        searchExpression(searches.get(name)!, options),
      );
      if (items.length > 0) return quantified(condition.quantifier, items, condition);
    }
  }
  throw new ResolveError(
    'sigma-condition-unknown-search',
    'The condition names a search that is absent.',
    condition.range,
  );
}

/** `2 of x*` is every pair of two. */
function quantified(
  quantifier: 'all' | number,
  items: readonly Expression[],
  { range }: Condition,
): Expression {
  if (quantifier === 'all') return join('and', items, range);
  if (quantifier <= 1) return join('or', items, range);
  if (quantifier > items.length || items.length > 16) {
    const message = `\`${quantifier} of\` cannot be met by ${items.length} searches.`;
    throw new ResolveError('sigma-condition-unsupported', message, range);
  }
  const groups = combinations(items, quantifier).map((group) => join('and', group, range));
  return join('or', groups, range);
}

function combinations<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) =>
    combinations(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

function searchExpression(search: Search, options: ResolveOptions): Expression {
  const items = search.items.map((item) =>
    item.kind === 'map' ? searchExpression(item, options) : itemOf(item, options),
  );
  const keywords = search.kind === 'list' && search.items.every((item) => item.kind === 'item');
  return join(search.kind === 'map' ? 'and' : 'or', items, search.range, keywords);
}

function itemOf(item: FieldItem, options: ResolveOptions): Expression {
  return itemExpression(item, options.placeholders);
}
