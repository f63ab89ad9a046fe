import { fieldFlow } from '../syntax/analyse-fields.ts';
import type { CommandStage, EvalExpr, SearchExpr } from '../syntax/ast.ts';
import type { Condition, Plan, PlanNode } from './plan.ts';

/**
 * Commands that give one row per row, in order, and change only the fields that they are said to write: a filter on
 * other fields may run before them.
 */
const TRANSPARENT = new Set(['eval', 'convert', 'rex', 'bin', 'strcat', 'makemv', 'nomv', 'lookup']);

/** Commands that treat each row for itself. */
const BLIND = new Set([...TRANSPARENT, 'fields', 'table', 'rename', 'spath', 'fillnull']);

/**
 * Filters move before the stages that do not touch their fields, and neighbouring filters become one whose clauses are
 * ordered by price. The rows that come out are those of the plain plan.
 */
export function optimise(plan: Plan): Plan {
  const nodes: PlanNode[] = [];
  for (const node of plan.nodes) {
    if (node.kind !== 'filter') {
      nodes.push(node);
      continue;
    }
    let at = nodes.length;
    while (at > 0 && passes(node.conditions, nodes[at - 1]!)) at -= 1;
    const before = nodes[at - 1];
    if (before?.kind === 'filter') {
      nodes[at - 1] = { ...before, conditions: [...before.conditions, ...node.conditions] };
    } else nodes.splice(at, 0, node);
  }
  return { ...plan, nodes: withoutNeedlessOrder(nodes) };
}

/** Aggregations whose result does not depend on the order of rows, to the last digit. */
const UNORDERED = new Set(['count', 'c', 'dc', 'distinct_count', 'estdc', 'min', 'max', 'range', 'values']);

/** Events need no order where everything up to the first aggregation is blind to it. */
function withoutNeedlessOrder(nodes: readonly PlanNode[]): PlanNode[] {
  const at = nodes.findIndex((node) => node.kind === 'newest-first');
  if (at === -1) return [...nodes];
  for (const node of nodes.slice(at + 1)) {
    if (node.kind === 'filter') continue;
    if (node.kind !== 'command') break;
    const { syntax } = node;
    if (syntax.name === 'stats' && syntax.shape === 'stats') {
      if (!syntax.aggregations.every((entry) => UNORDERED.has(entry.func))) break;
      return nodes.filter((_, index) => index !== at);
    }
    if (!BLIND.has(syntax.name) || writtenBy(syntax) === undefined) break;
  }
  return [...nodes];
}

function passes(conditions: readonly Condition[], over: PlanNode): boolean {
  if (over.kind === 'newest-first') return true;
  if (over.kind !== 'command' || !TRANSPARENT.has(over.syntax.name)) return false;
  const written = writtenBy(over.syntax);
  if (written === undefined) return false;
  return conditions.every((condition) => {
    const read = condition.kind === 'search' ? readBySearch(condition.expr) : readByEval(condition.expr);
    return read !== undefined && ![...read].some((name) => written.has(name));
  });
}

/** Undefined where only the data tells. */
function writtenBy(stage: CommandStage): Set<string> | undefined {
  if (stage.shape === 'eval') {
    if (stage.name !== 'eval' || stage.assignments.some((entry) => entry.target.dynamic)) return undefined;
    if (stage.assignments.some((entry) => readByEval(entry.expr) === undefined)) return undefined;
  }
  // A lookup without OUTPUT writes columns that only its table names.
  if (stage.shape === 'lookup' && stage.output === undefined) return undefined;
  if (stage.shape === 'convert' && stage.functions.some((entry) => entry.field.name.includes('*')))
    return undefined;
  const flow = fieldFlow(stage);
  if (flow.open) return undefined;
  const written = new Set(flow.writes);
  // `rex mode=sed` rewrites the field that it reads.
  if (stage.shape === 'rex')
    written.add(stage.options.find((option) => option.name === 'field')?.value.value ?? '_raw');
  return written;
}

/** Fields of a search expression; undefined when it reads the whole event or runs a search of its own. */
export function readBySearch(expr: SearchExpr): Set<string> | undefined {
  switch (expr.kind) {
    case 'search-and':
    case 'search-or':
      return union(expr.items.map(readBySearch));
    case 'search-not':
      return readBySearch(expr.expr);
    case 'search-compare':
      return new Set([expr.field.name, '_time']);
    case 'search-in':
      return new Set([expr.field.name]);
    default:
      return undefined;
  }
}

function union(sets: readonly (Set<string> | undefined)[]): Set<string> | undefined {
  const all = new Set<string>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const name of set) all.add(name);
  }
  return all;
}

/** Functions whose value is not a matter of the named fields alone. */
const OPAQUE = new Set(['random', 'searchmatch', 'lookup', 'spath', 'mvmap', 'mvfilter']);

/** Fields of an expression; undefined when it draws random numbers or reads fields that it does not name. */
export function readByEval(expr: EvalExpr): Set<string> | undefined {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return new Set();
    case 'eval-field':
      return new Set([expr.name]);
    case 'call':
      return OPAQUE.has(expr.name) ? undefined : union(expr.args.map(readByEval));
    case 'unary':
      return readByEval(expr.expr);
    case 'binary':
      return union([readByEval(expr.left), readByEval(expr.right)]);
    case 'in':
      return union([readByEval(expr.expr), ...expr.list.map(readByEval)]);
    default:
      return undefined;
  }
}
