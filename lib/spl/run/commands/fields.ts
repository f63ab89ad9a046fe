import type { FieldListStage, FieldsStage, RenameStage } from '../../syntax/ast.ts';
import { Column } from '../columns/column.ts';
import type { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import { same } from '../output.ts';
import { captureWildcard } from '../regex/wildcard.ts';
import type { Command } from './command.ts';
import { expandNames } from './options.ts';

/** `fields a, b*` keeps those and the internal fields; `fields - a` removes. Source: Search Reference, `fields`. */
export const fields: Command<FieldsStage> = (stage, input, context) => {
  const patterns = stage.fields.map((field) => field.name);
  // In SPL2 the name of an object stands for what is in it, which is held as `name.inner`; `name{}` is an array.
  if (context.dialect === 'spl2')
    patterns.push(...stage.fields.flatMap(({ name }) => [`${name}.*`, `${name}{}*`]));
  if (stage.remove) return same(input.without(expandNames(input, patterns)));
  const names = expandNames(input, patterns);
  const internal = input.names.filter((name) => name.startsWith('_') && !names.includes(name));
  return same(input.only(columnsOf(input, [...names, ...internal])));
};

function* columnsOf(input: Table, names: readonly string[], pin = false): Generator<[string, Column]> {
  for (const name of names) {
    const column = input.column(name);
    if (column !== undefined) yield [name, pin ? column.pin() : column];
    else if (pin) yield [name, Column.constant(null, input.size, true)];
  }
}

/** `table a b`: those columns in that order, empty ones included. */
export const table: Command<FieldListStage> = (stage, input) => {
  const names = expandNames(
    input,
    stage.fields.map((field) => field.name),
  );
  return same(input.only(columnsOf(input, names, true)));
};

/** Pairs apply from left to right; a wildcard pair renames every field it matches. Source: Search Reference, `rename`. */
export const rename: Command<RenameStage> = (stage, input, context) => {
  let columns = new Map(input.entries());
  for (const pair of stage.pairs) {
    const from = pair.from.name;
    const to = pair.to?.name ?? from;
    if (from === to) continue;
    if (from.includes('*')) columns = renameMatching(columns, from, to);
    else columns = renameOne(columns, from, to, input.column(from), context);
  }
  return same(input.only(columns));
};

function renameOne(
  columns: Map<string, Column>,
  from: string,
  to: string,
  hidden: Column | undefined,
  context: RunContext,
): Map<string, Column> {
  const column = columns.get(from) ?? (columns.has(to) ? undefined : hidden);
  if (column === undefined) {
    if (!columns.has(to)) return columns;
    context.rests('renameMissingSource');
    if (context.compat.renameMissingSource === 'remove-target') columns.delete(to);
    return columns;
  }
  const renamed = new Map<string, Column>();
  let placed = false;
  for (const [name, held] of columns) {
    if (name === from) {
      renamed.set(to, column);
      placed = true;
    } else if (name !== to) renamed.set(name, held);
  }
  if (!placed) renamed.set(to, column);
  return renamed;
}

function renameMatching(columns: Map<string, Column>, from: string, to: string): Map<string, Column> {
  const renamed = new Map<string, Column>();
  const overwritten = new Set<string>();
  const moves = new Map<string, string>();
  for (const [name, column] of columns) {
    // `rename properties.* as *` does not touch internal fields, and a field that no row has is not there.
    const captures = name.startsWith('_') ? undefined : captureWildcard(from, name);
    if (captures === undefined || !column.present) continue;
    let next = 0;
    const target = to.replace(/\*/g, () => captures[next++] ?? '');
    moves.set(name, target);
    if (target !== name) overwritten.add(target);
  }
  for (const [name, column] of columns) {
    const target = moves.get(name);
    if (target !== undefined) renamed.set(target, column);
    else if (!overwritten.has(name)) renamed.set(name, column);
  }
  return renamed;
}
