import type { Plan, PlanNode } from '../plan/plan.ts';
import { RunStop } from './budget/budget.ts';
import { Table } from './columns/table.ts';
import { aggregateFor, scanFor, whereFor } from './commands/datamodel.ts';
import { commandNamed } from './commands/loaded.ts';
import { refuse } from './commands/refuse.ts';
import type { RunContext, RunNote } from './context.ts';
import { type Output, picked, same } from './output.ts';
import { compileSearch } from './search/compile.ts';
import { compileCondition } from './search/condition.ts';
import { AndPredicate, allRows, type Predicate } from './search/predicate.ts';
import type { StageTrace, TracedStep } from './trace.ts';
import type { CompatFlag } from './value/compat.ts';

export interface ExecuteOptions {
  /** Rows that stand for the events of the run (`appendpipe`, `foreach`). */
  input?: Table;
  /** Order clauses by price. */
  reorder: boolean;
  /** Called after each step; without it no trace is made. */
  onStep?: (step: TracedStep) => void;
  /** Notes and flags of the step that is running are collected here. */
  collected?: { notes: RunNote[]; rests: CompatFlag[] };
}

/** Runs a plan's steps one after another. Throws `RunStop` where the run ends early. */
export function execute(plan: Plan, context: RunContext, options: ExecuteOptions): Table {
  let table = options.input ?? Table.empty;
  for (const node of plan.nodes) {
    context.budget.checkTime();
    context.stage = node.stage;
    const started = context.budget.elapsed;
    const input = table;
    const output = step(node, input, context, options);
    context.budget.checkRows(output.table.size, `\`${node.command}\``);
    table = output.table;
    if (options.onStep !== undefined) {
      const collected = options.collected ?? { notes: [], rests: [] };
      options.onStep({
        node,
        input,
        output: table,
        origin: output.origin,
        trace: withChangedFields(input, table, {
          stage: node.stage,
          command: node.command,
          step: node.kind,
          range: node.range,
          rowsIn: input.size,
          rowsOut: table.size,
          milliseconds: context.budget.elapsed - started,
          notes: collected.notes.splice(0),
          restsOn: collected.rests.splice(0),
        }),
      });
    }
  }
  return table;
}

/** Fields are listed when asked for: listing those of a million events makes a column of each, which no stage may need. */
function withChangedFields(
  input: Table,
  output: Table,
  trace: Omit<StageTrace, 'fieldsAdded' | 'fieldsRemoved'>,
): StageTrace {
  let changed: Pick<StageTrace, 'fieldsAdded' | 'fieldsRemoved'> | undefined;
  const fields = () => {
    changed ??= changedFields(input, output);
    return changed;
  };
  return {
    ...trace,
    get fieldsAdded() {
      return fields().fieldsAdded;
    },
    get fieldsRemoved() {
      return fields().fieldsRemoved;
    },
  };
}

function changedFields(input: Table, output: Table): Pick<StageTrace, 'fieldsAdded' | 'fieldsRemoved'> {
  if (input === output) return { fieldsAdded: [], fieldsRemoved: [] };
  const before = new Set(input.names);
  const after = new Set(output.names);
  return {
    fieldsAdded: [...after].filter((name) => !before.has(name)),
    fieldsRemoved: [...before].filter((name) => !after.has(name)),
  };
}

function step(node: PlanNode, input: Table, context: RunContext, options: ExecuteOptions): Output {
  switch (node.kind) {
    case 'source':
      return same(options.input ?? context.source.table);
    case 'newest-first':
      return options.input === undefined && context.source.kind === 'events'
        ? newestFirst(input)
        : same(input);
    case 'filter':
      return picked(input, filterOf(node, context, options.reorder).filter(input, undefined));
    case 'scan':
      return scanFor(node.syntax, context);
    case 'scan-filter': {
      const predicate = whereFor(node.syntax, context, options.reorder);
      return predicate === undefined ? same(input) : picked(input, predicate.filter(input, undefined));
    }
    case 'aggregate':
      return aggregateFor(node.syntax, input, context);
    case 'command': {
      const command = commandNamed(node.syntax.name);
      return command === undefined ? refuse(node.syntax) : command(node.syntax, input, context);
    }
    case 'hand-over':
      context.note(
        'finding-report',
        'The findings would be reported here; their rows are the result',
        node.range,
      );
      return same(input);
    case 'own':
      return node.run(input, (inner, table) => step(inner, table, context, options));
    case 'refuse':
      return refuse(node.syntax);
  }
}

/** The condition of a filter step; kept by "why not" to be asked about single rows. */
export function filterOf(
  node: PlanNode & { kind: 'filter' },
  context: RunContext,
  reorder: boolean,
): Predicate {
  const predicates = node.conditions.map((condition) =>
    condition.kind === 'search'
      ? compileSearch(condition.expr, { context, reorder })
      : compileCondition(condition.expr, context, reorder),
  );
  if (predicates.length === 1) return predicates[0]!;
  return new AndPredicate(predicates, { text: 'AND' }, reorder);
}

/** Descending by time, events of one time in the order of the input, events without a time last. */
function newestFirst(input: Table): Output {
  const column = input.column('_time');
  if (column === undefined || input.size < 2) return same(input);
  const { codes, dictionary } = column;
  const numbers = dictionary.allNumbers();
  let descending = true;
  let ascending = true;
  for (let row = 1; row < codes.length; row += 1) {
    const difference = numbers[codes[row]!]! - numbers[codes[row - 1]!]!;
    if (!(difference <= 0)) descending = false;
    if (!(difference >= 0)) ascending = false;
  }
  if (descending) return same(input);
  if (ascending) return picked(input, reversedRuns(codes, numbers));
  const rows = allRows(codes.length);
  rows.sort((a, b) => {
    const x = numbers[codes[a]!]!;
    const y = numbers[codes[b]!]!;
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    return y - x || a - b;
  });
  return picked(input, rows);
}

/** Logs come oldest first as a rule: turning them round, run of equal times by run, is cheaper than sorting. */
function reversedRuns(codes: Uint32Array, numbers: Float64Array): Uint32Array {
  const rows = new Uint32Array(codes.length);
  let at = 0;
  for (let end = codes.length; end > 0; ) {
    let start = end - 1;
    while (start > 0 && numbers[codes[start - 1]!] === numbers[codes[end - 1]!]) start -= 1;
    for (let row = start; row < end; row += 1) rows[at++] = row;
    end = start;
  }
  return rows;
}

/** Every error of a run as data; what is not a `RunStop` is a fault of the engine and says so. */
export function stopOf(error: unknown): {
  code: string;
  message: string;
  range?: { start: number; end: number };
} {
  if (error instanceof RunStop) {
    return {
      code: error.code,
      message: error.message,
      ...(error.range === undefined ? {} : { range: error.range }),
    };
  }
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return { code: 'too-deep', message: 'The search is nested too deeply to run' };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'engine-fault', message: `The engine failed on this search (${text}); please report it` };
}
