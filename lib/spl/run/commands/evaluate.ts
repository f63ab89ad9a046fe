import type { Assignment, EvalStage, EvalTarget, HeadStage } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { charactersIn, compileFor, eachValue, evaluateColumn } from '../columns/evaluate.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { type Output, picked, same } from '../output.ts';
import { allRows } from '../search/predicate.ts';
import { type Stored, toStored, toText, toTruth } from '../value/value.ts';
import type { Command } from './command.ts';
import { flagOption, numberOption } from './options.ts';

/** Assignments from left to right, each seeing the ones before it; null removes the field. */
export const evaluate: Command<EvalStage> = (stage, input, context) => {
  // `fieldformat` changes how a field is shown, not what later stages see.
  if (stage.name === 'fieldformat') {
    context.note(
      'fieldformat',
      '`fieldformat` only changes the display; values stay as they are',
      stage.range,
    );
    return same(input);
  }
  let table = input;
  for (const assignment of stage.assignments) table = assign(assignment, table, context);
  return same(table);
};

export function assign(assignment: Assignment, table: Table, context: RunContext): Table {
  const compiled = compileFor(assignment.expr, context, 'assignment');
  const { target } = assignment;
  if (target.dynamic) {
    const values = new Array<Stored>(table.size).fill(null);
    eachValue(compiled, table, undefined, context, (value, row) => {
      values[row] = toStored(value);
    });
    return assignDynamic(target, values, table);
  }
  const column = evaluateColumn(compiled, table, context);
  // A field under another name has the texts that are there already.
  if (assignment.expr.kind !== 'eval-field' && assignment.expr.kind !== 'member')
    context.budget.spend(0, charactersIn(column));
  return table.with([[target.name, column]]);
}

/** `{field}` in a target stands for that field's value on the row. */
function assignDynamic(target: EvalTarget, values: readonly Stored[], table: Table): Table {
  const columns = new Map<string, Stored[]>();
  for (let row = 0; row < table.size; row += 1) {
    const name = target.name.replace(/\{([^}]+)\}/g, (_, field: string) => toText(table.value(row, field)));
    if (name === '') continue;
    let column = columns.get(name);
    if (column === undefined) {
      const held = table.column(name);
      column = Array.from({ length: table.size }, (_, at) => held?.value(at) ?? null);
      columns.set(name, column);
    }
    column[row] = values[row]!;
  }
  return table.with([...columns].map(([name, column]) => [name, Column.interned(column)] as const));
}

/** `head 5`, or rows for as long as a condition is true. */
export const head: Command<HeadStage> = (stage, input, context): Output => {
  const limit = numberOption(stage, 'limit', stage.limit ?? (stage.expr === undefined ? 10 : Infinity));
  if (limit < 0)
    throw new RunStop(
      'head-limit',
      '`head` takes a number of rows from 0 on, or a condition such as `head (status=200)`',
      stage.range,
    );
  let count = Math.min(limit, input.size);
  if (stage.expr !== undefined) {
    const compiled = compileFor(stage.expr, context, 'condition');
    const keepNull = flagOption(stage, 'null', false);
    const keepLast = flagOption(stage, 'keeplast', false);
    let stop = -1;
    eachValue(compiled, input, undefined, context, (value, row) => {
      const truth = toTruth(value);
      if (stop === -1 && truth !== true && !(truth === null && keepNull)) stop = row;
    });
    if (stop !== -1) count = Math.min(count, keepLast ? stop + 1 : stop);
  }
  return picked(input, allRows(count));
};
