/**
 * Filters that stand behind a grouping and look at its keys alone: `tstats count by process | lookup ... | search ...`.
 * Rows whose group such a filter drops need not be grouped, so the filter is tried on them before. It stays where it is
 * as well, and what it says there counts: of a group either all rows come through or none that matter.
 */
import { readByEval, readBySearch } from '../../spl/plan/optimise.ts';
import type { Condition, PlanNode } from '../../spl/plan/plan.ts';
import type { Prepared } from '../../spl/run/run.ts';
import { fieldFlow } from '../../spl/syntax/analyse-fields.ts';
import type { Aggregation, CommandStage, EvalExpr, FieldRef, SearchExpr } from '../../spl/syntax/ast.ts';
import { KeyNames } from './key-names.ts';
import { rowsByKeys } from './rows-by-keys.ts';

/** What a grouping makes, and which later steps say something of its keys. */
export interface KeyFilter {
  /** Fields that rows are grouped by, in their order. */
  by: readonly string[];
  /** Those that a row shows as they are before it is grouped. */
  keys: readonly string[];
  /** Stands for an absent key. */
  fill: string | undefined;
  /** Fields whose value a group alone has. */
  others: readonly string[];
  /** Steps over the keys, the last of them a filter. */
  nodes: readonly PlanNode[];
}

/** The same search with filters tried before rows are grouped. */
export function withKeyFilters(prepared: Prepared): Prepared {
  const { nodes } = prepared.plan;
  const added = nodes.flatMap((node, at): PlanNode[] => {
    const filter = keyFilterOf(nodes, at);
    if (filter === undefined) return [node];
    const { stage, command, range } = node;
    return [{ stage, command, range, kind: 'own', run: rowsByKeys(filter) }, node];
  });
  return added.length === nodes.length ? prepared : { ...prepared, plan: { ...prepared.plan, nodes: added } };
}

function keyFilterOf(all: readonly PlanNode[], at: number): KeyFilter | undefined {
  const grouping = groupingOf(all[at]!);
  if (grouping === undefined) return undefined;
  const by = namesIn(grouping.by);
  const made = outputsOf(grouping.aggregations);
  if (by === undefined || by.length === 0 || made === undefined) return undefined;
  // A span changes the time of a row before it is grouped.
  const keys = by.filter((name) => name !== '_time' && !made.includes(name));
  const others = [...made, ...by.filter((name) => !keys.includes(name))];
  const names = new KeyNames(keys, others);
  const nodes: PlanNode[] = [];
  let last = 0;
  for (const node of all.slice(at + 1)) {
    const over = overKeys(node, names);
    if (over === undefined) break;
    nodes.push(...over);
    if (over.some(isFilter)) last = nodes.length;
  }
  if (last === 0) return undefined;
  const fill = grouping.options.find(({ name }) => name === 'fillnull_value')?.value.value;
  return {
    by,
    keys,
    fill: grouping.shape === 'tstats' ? fill : undefined,
    others,
    nodes: needed(nodes.slice(0, last)),
  };
}

function groupingOf(node: PlanNode): Extract<CommandStage, { shape: 'stats' | 'tstats' }> | undefined {
  if (node.kind === 'aggregate') return node.syntax.name === 'tstats' ? node.syntax : undefined;
  if (node.kind !== 'command' || node.syntax.shape !== 'stats') return undefined;
  return node.syntax.name === 'stats' && node.syntax.window === undefined ? node.syntax : undefined;
}

function namesIn(fields: readonly FieldRef[]): string[] | undefined {
  const open = fields.some(({ name, macro }) => macro !== undefined || name.includes('*'));
  return open ? undefined : fields.map(({ name }) => name);
}

function outputsOf(aggregations: readonly Aggregation[]): string[] | undefined {
  const open = aggregations.some(
    ({ arg, macro, alias, label }) =>
      macro !== undefined ||
      (alias?.name ?? label).includes('*') ||
      (arg?.kind === 'agg-field' && arg.field.name.includes('*')),
  );
  return open ? undefined : aggregations.map(({ alias, label }) => alias?.name ?? label);
}

const isFilter = (node: PlanNode): boolean =>
  node.kind === 'filter' || (node.kind === 'command' && node.syntax.shape === 'regex');

/** Without steps whose fields no filter looks at. */
function needed(nodes: readonly PlanNode[]): PlanNode[] {
  const names = new Set<string>();
  const kept: PlanNode[] = [];
  for (const node of [...nodes].reverse()) {
    if (node.kind === 'filter')
      for (const name of node.conditions.flatMap((one) => fieldsOf(one) ?? [])) names.add(name);
    if (node.kind === 'command') {
      const { reads, writes } = fieldFlow(node.syntax);
      const isChange = MAKES_FIELDS.has(node.syntax.name);
      if (isChange && !writes.some((name) => names.has(name))) continue;
      for (const name of reads) names.add(name);
    }
    kept.push(node);
  }
  return kept.reverse();
}

/** Commands that only add fields, none that a row has already, and `eval`. */
const MAKES_FIELDS: ReadonlySet<string> = new Set(['eval', 'convert', 'rex', 'lookup']);

/** What a step does to the keys; undefined where rows before it and after it cannot be told one by one. */
function overKeys(node: PlanNode, names: KeyNames): PlanNode[] | undefined {
  if (node.kind === 'hand-over') return [];
  if (node.kind === 'command') {
    const stages = names.pass(node.syntax);
    return stages?.map((syntax) => ({ ...node, syntax }));
  }
  if (node.kind !== 'filter') return undefined;
  const parts = node.conditions.flatMap(partsOf);
  const conditions: Condition[] = [];
  for (const condition of parts) {
    const read = fieldsOf(condition);
    if (read === undefined || read.some(isOfTheTable)) return undefined;
    if (read.every((name) => names.known(name))) conditions.push(condition);
  }
  return conditions.length === 0 ? [] : [{ ...node, conditions }];
}

/** Conditions that hold together, each by itself. */
function partsOf(condition: Condition): Condition[] {
  if (condition.kind === 'search')
    return conjuncts(condition.expr)
      .filter((expr) => !isAnything(expr))
      .map((expr): Condition => ({ ...condition, expr }));
  return evalConjuncts(condition.expr).map((expr): Condition => ({ ...condition, expr }));
}

/** The `search *` that a macro for exceptions is by default. */
const isAnything = (expr: SearchExpr): boolean =>
  expr.kind === 'search-term' && /^\*+$/.test(expr.value.value);

const conjuncts = (expr: SearchExpr): SearchExpr[] =>
  expr.kind === 'search-and' ? expr.items.flatMap(conjuncts) : [expr];

const evalConjuncts = (expr: EvalExpr): EvalExpr[] =>
  expr.kind === 'binary' && expr.op === 'and'
    ? [...evalConjuncts(expr.left), ...evalConjuncts(expr.right)]
    : [expr];

function fieldsOf(condition: Condition): string[] | undefined {
  if (condition.kind === 'where') {
    const read = readByEval(condition.expr);
    return read && [...read];
  }
  // Said of every comparison, because some are bounds of time: those are told by their own names.
  const read = readBySearch(condition.expr);
  return read && [...read].filter((name) => name !== '_time');
}

/** Fields that say where or when data is kept: what they mean depends on what other rows have. */
const isOfTheTable = (name: string): boolean =>
  /^(?:index|eventtype|tag|_.*|splunk_server.*|earliest|latest|(?:start|end)\w+ago)$/.test(name);
