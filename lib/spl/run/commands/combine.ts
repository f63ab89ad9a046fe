import type { AppendStage, JoinStage, Subsearch } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { groupKey } from '../columns/dictionary.ts';
import { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { tableOf } from '../lookup/table.ts';
import { NONE, type Output, picked } from '../output.ts';
import { allRows } from '../search/predicate.ts';
import { type Stored, toNumber } from '../value/value.ts';
import type { Command } from './command.ts';
import { appended } from './lookup.ts';
import { flagOption, numberOption, textOption } from './options.ts';

/** A subsearch cut at the limit for `join` and `append`, with a note when it bites. */
function limited(subsearch: Subsearch, context: RunContext, input?: Table): Table {
  const table = context.search(subsearch.query, input);
  const most = context.budget.limits.joinRows;
  if (table.size <= most) return table;
  context.note(
    'subsearch-truncated',
    `The subsearch gave ${table.size} rows; only the first ${most} were used`,
    subsearch.range,
  );
  return table.select(allRows(most));
}

/**
 * Rows of the subsearch joined on equal keys; keys compare with case, an absent key never matches, right values win.
 * Source: Search Reference, `join`.
 */
export const join: Command<JoinStage> = (stage, input, context): Output => {
  if (stage.subsearch === undefined) {
    throw new RunStop('join-subsearch', `\`${stage.name}\` needs a subsearch in brackets`, stage.range);
  }
  if (stage.where !== undefined) {
    throw new RunStop(
      'join-where',
      '`join left=L right=R where` is not supported; name the key fields',
      stage.range,
    );
  }
  const right = limited(stage.subsearch, context);
  const outer = /^(?:outer|left)$/i.test(textOption(stage, 'type') ?? 'inner');
  const most = numberOption(stage, 'max', 1);
  const overwrite = flagOption(stage, 'overwrite', true);
  const keys =
    stage.fields.length > 0
      ? stage.fields.map((field) => field.name)
      : right.presentFields.filter((name) => !name.startsWith('_') && input.column(name)?.present);
  const index = indexRows(right, keys);
  const useTime = flagOption(stage, 'usetime', false);
  const earlier = flagOption(stage, 'earlier', true);
  const leftRows: number[] = [];
  const rightRows: number[] = [];
  for (let row = 0; row < input.size; row += 1) {
    const key = keyOf(input, row, keys);
    let matches = (key === undefined ? undefined : index.get(key)) ?? [];
    if (useTime) matches = matches.filter((at) => inTime(input, row, right, at, earlier));
    const used = most === 0 ? matches : matches.slice(0, most);
    if (used.length === 0 && outer) {
      leftRows.push(row);
      rightRows.push(NONE);
    }
    for (const at of used) {
      leftRows.push(row);
      rightRows.push(at);
    }
    context.budget.checkRows(leftRows.length, '`join`');
  }
  return joined(input, right, keys, leftRows, rightRows, overwrite);
};

function joined(
  input: Table,
  right: Table,
  keys: readonly string[],
  leftRows: readonly number[],
  rightRows: readonly number[],
  overwrite: boolean,
): Output {
  const output = picked(input, Uint32Array.from(leftRows));
  const changes: [string, Column][] = [];
  for (const name of right.presentFields) {
    if (keys.includes(name)) continue;
    const from = right.column(name)!;
    const held = output.table.column(name);
    const values: Stored[] = rightRows.map((at, row) => {
      const value = at === NONE ? null : from.value(at);
      const own = held?.value(row) ?? null;
      return overwrite ? (value ?? own) : (own ?? value);
    });
    changes.push([name, Column.interned(values, from.pinned)]);
  }
  return { table: output.table.with(changes), origin: output.origin };
}

function keyOf(table: Table, row: number, keys: readonly string[]): string | undefined {
  const parts: string[] = [];
  for (const key of keys) {
    const value = table.value(row, key);
    if (value === null) return undefined;
    parts.push(groupKey(value));
  }
  return parts.join('\u0000');
}

function indexRows(table: Table, keys: readonly string[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (let row = 0; row < table.size; row += 1) {
    const key = keyOf(table, row, keys);
    if (key === undefined) continue;
    const held = index.get(key);
    if (held === undefined) index.set(key, [row]);
    else held.push(row);
  }
  return index;
}

function inTime(left: Table, row: number, right: Table, at: number, earlier: boolean): boolean {
  const a = toNumber(left.value(row, '_time'));
  const b = toNumber(right.value(at, '_time'));
  if (a === undefined || b === undefined) return false;
  return earlier ? b <= a : b >= a;
}

/** `append`, `union`, `multisearch`: rows after rows. `appendpipe` works on the current rows, `appendcols` row by row. */
export const append: Command<AppendStage> = (stage, input, context): Output => {
  switch (stage.name) {
    case 'append':
    case 'appendpipe':
      return appended(input, limited(only(stage), context, stage.name === 'appendpipe' ? input : undefined));
    case 'union':
    case 'multisearch': {
      const tables = stage.subsearches.map((subsearch) => limited(subsearch, context));
      for (const dataset of stage.datasets) tables.push(namedDataset(dataset.value, stage, context));
      return appended(stage.name === 'union' ? input : Table.empty, Table.concat(tables));
    }
    case 'appendcols':
      return appendColumns(input, limited(only(stage), context), flagOption(stage, 'override', false));
    case 'set':
      return setRows(stage, context);
  }
};

function only(stage: AppendStage): Subsearch {
  const subsearch = stage.subsearches[0];
  if (subsearch !== undefined) return subsearch;
  throw new RunStop('subsearch-missing', `\`${stage.name}\` needs a subsearch in brackets`, stage.range);
}

function namedDataset(name: string, stage: AppendStage, context: RunContext): Table {
  const rows = context.definition(name);
  if (rows !== undefined) return rows;
  const definition = context.environment.lookups.find(name.replace(/^lookup:/, ''));
  if (definition !== undefined) return tableOf(definition);
  throw new RunStop('dataset-unknown', `\`union\` knows no dataset \`${name}\``, stage.range);
}

function appendColumns(input: Table, other: Table, override: boolean): Output {
  const size = Math.max(input.size, other.size);
  const rows = Uint32Array.from({ length: size }, (_, row) => (row < input.size ? row : NONE));
  const columns = new Map<string, Column>();
  for (const name of new Set([...input.names, ...other.names])) {
    const values = Array.from({ length: size }, (_, row) => {
      const own = row < input.size ? input.value(row, name) : null;
      const added = row < other.size ? other.value(row, name) : null;
      return override ? (added ?? own) : (own ?? added);
    });
    columns.set(name, Column.interned(values, input.column(name)?.pinned));
  }
  return { table: new Table(size, columns), origin: { kind: 'pick', rows } };
}

/** `set union|diff|intersect [a] [b]` over whole rows. */
function setRows(stage: AppendStage, context: RunContext): Output {
  const [first, second] = stage.subsearches.map((subsearch) => limited(subsearch, context));
  if (first === undefined || second === undefined) {
    throw new RunStop('set-subsearches', '`set` needs two subsearches', stage.range);
  }
  const left = keyedRows(first);
  const right = keyedRows(second);
  const both = Table.concat([first, second]);
  const kept: number[] = [];
  const seen = new Set<string>();
  for (let row = 0; row < both.size; row += 1) {
    const key = rowKey(both, row);
    if (seen.has(key)) continue;
    seen.add(key);
    const inBoth = left.has(key) && right.has(key);
    if (stage.operator === 'diff' ? !inBoth : stage.operator !== 'intersect' || inBoth) kept.push(row);
  }
  return { table: both.select(Uint32Array.from(kept)), origin: { kind: 'made' } };
}

function keyedRows(table: Table): Set<string> {
  return new Set(Array.from({ length: table.size }, (_, row) => rowKey(table, row)));
}

function rowKey(table: Table, row: number): string {
  const names = table.names.filter((name) => !name.startsWith('_')).sort();
  return JSON.stringify(
    names.flatMap((name) => {
      const value = table.value(row, name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
