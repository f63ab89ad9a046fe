import type { SearchCompare, SearchExpr, SearchIn, SearchTerm, SearchValue } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import type { Column } from '../columns/column.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { applyTimeModifier, parseTimeModifier } from '../time/modifier.ts';
import { isList, scalarText, toText } from '../value/value.ts';
import { formatRows } from './format.ts';
import { compileComparison, compilePattern, equalTest, type Pattern, type ValueTest } from './pattern.ts';
import {
  AndPredicate,
  ConstantPredicate,
  FieldPredicate,
  NotPredicate,
  OrPredicate,
  type Predicate,
  type Written,
} from './predicate.ts';
import { rawColumn } from './raw.ts';
import { compileTerm } from './term.ts';

export interface SearchScope {
  context: RunContext;
  /** Where a field of the expression is found; `tstats` looks names up in the dataset. */
  column?: (table: Table, field: string) => Column | undefined;
  /** Fields that only say where data is kept, and hold when the events do not carry them. */
  lenient?: readonly string[];
  /** False keeps the clauses in the order written, for comparing plans. */
  reorder?: boolean;
}

/** Storage fields: rows that a test or a page hands in seldom have them, and no other data is there to be excluded. */
const STORAGE_FIELDS = new Set(['index', 'splunk_server', 'splunk_server_group']);
/** Time bounds that may stand inside a search. */
const TIME_BOUNDS = new Map<string, '>=' | '<'>([
  ['earliest', '>='],
  ['latest', '<'],
  ['_index_earliest', '>='],
  ['_index_latest', '<'],
  ['starthoursago', '>='],
  ['startdaysago', '>='],
  ['startminutesago', '>='],
  ['endhoursago', '<'],
  ['enddaysago', '<'],
  ['endminutesago', '<'],
]);

/** Source: Splunk Search Reference, `search`; precedence is in the tree already. */
export function compileSearch(expr: SearchExpr, scope: SearchScope): Predicate {
  switch (expr.kind) {
    case 'search-and': {
      const items = expr.items.map((item) => compileSearch(item, scope));
      return new AndPredicate(items, written('AND', expr), scope.reorder ?? true);
    }
    case 'search-or':
      return new OrPredicate(
        expr.items.map((item) => compileSearch(item, scope)),
        written('OR', expr),
      );
    case 'search-not':
      return new NotPredicate(compileSearch(expr.expr, scope), written('NOT', expr));
    case 'search-compare':
      return compileCompare(expr, scope);
    case 'search-in':
      return compileIn(expr, scope);
    case 'search-term':
      return compileBareTerm(expr);
    case 'search-subsearch': {
      const { context } = scope;
      let table = context.search(expr.subsearch.query);
      const most = context.budget.limits.subsearchRows;
      if (table.size > most) {
        context.note(
          'subsearch-truncated',
          `The subsearch gave ${table.size} rows; only the first ${most} were used`,
          expr.range,
        );
        table = table.select(Uint32Array.from({ length: most }, (_, row) => row));
      }
      const text = formatRows(table);
      if (text === 'NOT ()') return new ConstantPredicate(false, written('subsearch without results', expr));
      const first = context.parse(`search ${text}`).stages[0];
      if (first?.kind !== 'command' || first.shape !== 'search' || first.expr === undefined) {
        throw new RunStop('subsearch-text', 'What the subsearch returned is not a search', expr.range);
      }
      return compileSearch(first.expr, scope);
    }
    case 'macro':
      throw new RunStop('macro-not-expanded', `The macro \`${expr.name}\` has no definition`, expr.range);
  }
}

function written(text: string, node: { range: { start: number; end: number } }): Written {
  return { text, range: node.range };
}

function finder(scope: SearchScope, field: string): (table: Table) => Column | undefined {
  const { column } = scope;
  return column === undefined ? (table) => table.column(field) : (table) => column(table, field);
}

/** A storage field that no event carries holds; said once per run. */
function scoped(scope: SearchScope, field: string, predicate: Predicate, text: Written): Predicate {
  if (!STORAGE_FIELDS.has(field) && !scope.lenient?.includes(field)) return predicate;
  const find = finder(scope, field);
  const anywhere = new ConstantPredicate(true, text, () =>
    scope.context.note(
      'scope-assumed',
      `No event has the field \`${field}\`, so \`${text.text}\` was taken as true`,
    ),
  );
  const choose = (table: Table): Predicate => (find(table)?.present ? predicate : anywhere);
  return {
    cost: (table) => choose(table).cost(table),
    filter: (table, rows) => choose(table).filter(table, rows),
    explain: (table, row) => choose(table).explain(table, row),
  };
}

function compileCompare(expr: SearchCompare, scope: SearchScope): Predicate {
  const { context } = scope;
  const field = expr.field.name;
  const text = written(`${field}${expr.op}${expr.value.raw}`, expr);
  const bound = TIME_BOUNDS.get(field);
  if (bound !== undefined && expr.op === '=') return timeBound(field, bound, expr, scope, text);
  if (expr.value.directive === 'TERM') {
    // `field=TERM(x)` asks the index for the term and then for the field; over rows the field alone decides.
    const test = compileComparison(expr.op, expr.value.value, context.compat);
    return new FieldPredicate('compare', text, field, finder(scope, field), test);
  }
  const literal = expr.value.value;
  const test =
    literal === '' && expr.op === '='
      ? emptyTest()
      : compileComparison(expr.op, literal, context.compat, expr.value.directive === 'CASE');
  const flag = literal === '' ? 'searchEmptyValue' : undefined;
  const predicate = new FieldPredicate('compare', text, field, finder(scope, field), test, () => {
    if (flag !== undefined) context.rests(flag);
  });
  if (literal === '' && expr.op === '=' && context.compat.searchEmptyValue === 'missing-or-empty') {
    const present = compileComparison('=', '*', context.compat);
    const missing = new NotPredicate(
      new FieldPredicate('compare', text, field, finder(scope, field), present),
      text,
    );
    return new OrPredicate([predicate, missing], text);
  }
  if (field === 'eventtype' && expr.op === '=') return eventtype(literal, predicate, scope, text);
  return scoped(scope, field, predicate, text);
}

function emptyTest(): ValueTest {
  const test = (value: unknown): boolean => value === '';
  return {
    source: '""',
    cost: 1,
    test: (value) => (isList(value) ? value.some(test) : test(value)),
    reason: (value) => (test(value) ? 'matched' : 'value_mismatch'),
  };
}

/** An event type that the events do not carry but the environment defines stands for its search. */
function eventtype(name: string, predicate: Predicate, scope: SearchScope, text: Written): Predicate {
  const definition = scope.context.environment.eventtypes?.get(name);
  if (definition === undefined) return predicate;
  const first = scope.context.parse(`search ${definition}`).stages[0];
  if (first?.kind !== 'command' || first.shape !== 'search' || first.expr === undefined) return predicate;
  return new OrPredicate([predicate, compileSearch(first.expr, scope)], text);
}

const HOUR_UNITS: ReadonlyMap<string, string> = new Map([
  ['hours', 'h'],
  ['days', 'd'],
  ['minutes', 'm'],
]);

function timeBound(
  field: string,
  op: '>=' | '<',
  expr: SearchCompare,
  scope: SearchScope,
  text: Written,
): Predicate {
  const { context } = scope;
  const ago = /^(?:start|end)(hours|days|minutes)ago$/.exec(field);
  const modifierText = ago === null ? expr.value.value : `-${expr.value.value}${HOUR_UNITS.get(ago[1]!)}`;
  const modifier = parseTimeModifier(modifierText, context.zone);
  if (modifier === undefined) {
    throw new RunStop(
      'time-modifier',
      `\`${expr.value.raw}\` is not a time modifier; write one such as \`-24h@h\` or \`now\``,
      expr.range,
    );
  }
  const at = applyTimeModifier(modifier, context.now, context.zone, context);
  const test = compileComparison(op, String(at), context.compat);
  return new FieldPredicate('compare', text, '_time', (table) => table.column('_time'), test);
}

function compileIn(expr: SearchIn, scope: SearchScope): Predicate {
  const field = expr.field.name;
  const text = written(`${field} IN (${expr.values.map((value) => value.raw).join(', ')})`, expr);
  const predicate = new FieldPredicate('in', text, field, finder(scope, field), anyOf(expr.values));
  return scoped(scope, field, predicate, text);
}

/** Members that are plain text are looked up at once; only patterns are tried one by one. */
function anyOf(values: readonly SearchValue[]): ValueTest {
  const exact = new Set<string>();
  const patterns: Pattern[] = [];
  for (const value of values) {
    if (value.directive !== 'CASE' && !/[*/]/.test(value.value)) exact.add(value.value.toLowerCase());
    else patterns.push(compilePattern(value.value, value.directive === 'CASE'));
  }
  const source = values.map((value) => value.raw).join(', ');
  const every = values.map((value) => equalTest(compilePattern(value.value, value.directive === 'CASE')));
  const one = (folded: string, text: string): boolean =>
    exact.has(folded) || patterns.some((pattern) => pattern.test(folded, text));
  return {
    source,
    cost: 1 + patterns.length * 3,
    test: (value, folded) =>
      isList(value)
        ? value.some((member) => {
            const text = scalarText(member);
            return one(text.toLowerCase(), text);
          })
        : one(folded, toText(value)),
    reason: (value, folded) => {
      const reasons = every.map((test) => test.reason(value, folded));
      if (reasons.includes('matched')) return 'matched';
      return reasons.find((reason) => reason !== 'value_mismatch') ?? 'value_mismatch';
    },
  };
}

function compileBareTerm(expr: SearchTerm): Predicate {
  const { value } = expr;
  const text = written(value.directive === undefined ? value.raw : `${value.directive}(${value.raw})`, expr);
  if (/^\*+$/.test(value.value)) return new ConstantPredicate(true, text);
  const term = compileTerm(value.value, value.quoted, value.directive);
  const test: ValueTest = {
    source: term.source,
    cost: 20,
    test: (stored) => term.test(toText(stored)),
    reason: (stored) => (term.test(toText(stored)) ? 'matched' : 'no_keyword_match'),
  };
  return new FieldPredicate('term', text, '_raw', rawColumn, test);
}
