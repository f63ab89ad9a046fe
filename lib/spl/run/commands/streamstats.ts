import type { EvalCondition, SearchCondition, StatsStage } from '../../syntax/ast.ts';
import type { Accumulator } from '../aggregations/accumulator.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { groupKey } from '../columns/dictionary.ts';
import { compileFor } from '../columns/evaluate.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { type Output, same } from '../output.ts';
import { approximateSeconds, parseTimeSpan } from '../time/span.ts';
import { type Stored, toTruth, type Value } from '../value/value.ts';
import { type Aggregate, resolveAggregates, timeAt } from './aggregate.ts';
import type { Command } from './command.ts';
import { conditionOption, flagOption, numberOption, textOption } from './options.ts';

interface Rules {
  window: number;
  timeWindow: number;
  current: boolean;
  global: boolean;
  resetOnChange: boolean;
  before: Test | undefined;
  after: Test | undefined;
}

type Test = (row: number, made: readonly Stored[][]) => boolean;

/** Running aggregates in the order of rows. Source: Search Reference, `streamstats`. */
export const streamstats: Command<StatsStage> = (stage, input, context): Output => {
  const by = stage.by.map((field) => field.name);
  const aggregates = resolveAggregates(stage.aggregations, input, by, context, {
    allNumbers: flagOption(stage, 'allnum', false),
  });
  const window = numberOption(stage, 'window', 0);
  const rules: Rules = {
    window: window <= 0 ? Infinity : window,
    timeWindow: timeWindow(stage),
    current: flagOption(stage, 'current', true),
    global: flagOption(stage, 'global', true),
    resetOnChange: flagOption(stage, 'reset_on_change', false),
    before: test(conditionOption(stage, 'reset_before'), input, aggregates, context),
    after: test(conditionOption(stage, 'reset_after'), input, aggregates, context),
  };
  const keys = keysOf(input, by);
  const made =
    rules.window === Infinity && rules.timeWindow === Infinity
      ? runUnbounded(input, keys, aggregates, rules)
      : runWindowed(input, keys, aggregates, rules, context);
  return same(
    input.with(aggregates.map(({ output }, at) => [output, Column.interned(made[at]!, true)] as const)),
  );
};

function timeWindow(stage: StatsStage): number {
  const text = textOption(stage, 'time_window');
  if (text === undefined) return Infinity;
  const span = parseTimeSpan(text);
  if (span === undefined) throw new RunStop('span', `\`time_window=${text}\` is not a span`, stage.range);
  return approximateSeconds(span);
}

/** Key of each row; undefined where a key field is absent: such rows pass without results. */
function keysOf(input: Table, by: readonly string[]): (string | undefined)[] {
  return Array.from({ length: input.size }, (_, row) => {
    const parts: string[] = [];
    for (const name of by) {
      const value = input.value(row, name);
      if (value === null) return undefined;
      parts.push(groupKey(value));
    }
    return parts.join('\u0000');
  });
}

function valueAt(aggregate: Aggregate, row: number): Value {
  return aggregate.hasArgument ? (aggregate.column?.value(row) ?? null) : 1;
}

function blank(aggregates: readonly Aggregate[]): Accumulator[] {
  return aggregates.map((aggregate) => aggregate.create());
}

function runUnbounded(
  input: Table,
  keys: readonly (string | undefined)[],
  aggregates: readonly Aggregate[],
  rules: Rules,
): Stored[][] {
  const groups = new Map<string, Accumulator[]>();
  const time = input.column('_time');
  const made = aggregates.map(() => new Array<Stored>(input.size).fill(null));
  let last: string | undefined;
  for (let row = 0; row < input.size; row += 1) {
    const key = keys[row];
    if (key === undefined) continue;
    if ((rules.resetOnChange && key !== last) || rules.before?.(row, made)) groups.clear();
    last = key;
    let held = groups.get(key);
    if (held === undefined) {
      held = blank(aggregates);
      groups.set(key, held);
    }
    const write = (): void => {
      for (const [at, accumulator] of held.entries()) made[at]![row] = accumulator.result();
    };
    if (!rules.current) write();
    for (const [at, accumulator] of held.entries()) {
      accumulator.add(valueAt(aggregates[at]!, row), timeAt(time, row), row);
    }
    if (rules.current) write();
    if (rules.after?.(row, made)) groups.clear();
  }
  return made;
}

function runWindowed(
  input: Table,
  keys: readonly (string | undefined)[],
  aggregates: readonly Aggregate[],
  rules: Rules,
  context: RunContext,
): Stored[][] {
  const time = input.column('_time');
  const made = aggregates.map(() => new Array<Stored>(input.size).fill(null));
  // With `global` the window holds the last rows of any group; otherwise each group has its own.
  const windows = new Map<string, number[]>();
  let last: string | undefined;
  for (let row = 0; row < input.size; row += 1) {
    const key = keys[row];
    if (key === undefined) continue;
    if ((rules.resetOnChange && key !== last) || rules.before?.(row, made)) windows.clear();
    last = key;
    const name = rules.global ? '' : key;
    const rows = windows.get(name) ?? [];
    windows.set(name, rows);
    if (rules.current) rows.push(row);
    while (rows.length > rules.window || (rows.length > 0 && tooOld(time, rows[0]!, row, rules.timeWindow)))
      rows.shift();
    const accumulators = blank(aggregates);
    for (const at of rows) {
      if (keys[at] !== key) continue;
      for (const [index, accumulator] of accumulators.entries()) {
        accumulator.add(valueAt(aggregates[index]!, at), timeAt(time, at), at);
      }
    }
    for (const [index, accumulator] of accumulators.entries()) made[index]![row] = accumulator.result();
    if (!rules.current) rows.push(row);
    if (rules.after?.(row, made)) windows.clear();
    if (row % 1024 === 0) context.budget.checkTime();
  }
  return made;
}

function tooOld(time: Column | undefined, first: number, row: number, limit: number): boolean {
  if (limit === Infinity) return false;
  return Math.abs((timeAt(time, row) ?? 0) - (timeAt(time, first) ?? 0)) >= limit;
}

/** A reset condition sees the row, and for `reset_after` the results that the command has just given it. */
function test(
  condition: EvalCondition | SearchCondition | undefined,
  input: Table,
  aggregates: readonly Aggregate[],
  context: RunContext,
): Test | undefined {
  if (condition === undefined) return undefined;
  if (condition.kind !== 'eval-condition') {
    throw new RunStop('reset-condition', '`reset_before` and `reset_after` take an eval expression');
  }
  const compiled = compileFor(condition.expr, context, 'condition');
  return (row, made) => {
    const get = (name: string): Value => {
      const own = aggregates.findIndex((aggregate) => aggregate.output === name);
      return own === -1 ? input.value(row, name) : (made[own]![row] ?? input.value(row, name));
    };
    return toTruth(compiled.evaluate(get, context.evaluation)) === true;
  };
}
