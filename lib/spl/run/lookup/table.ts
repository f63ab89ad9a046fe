import { Column } from '../columns/column.ts';
import { Table } from '../columns/table.ts';
import type { LookupDefinition } from './store.ts';

export function columnsOf(definition: LookupDefinition): readonly string[] {
  if (definition.columns !== undefined) return definition.columns;
  const names = new Set<string>();
  for (const row of definition.rows) for (const name of Object.keys(row)) names.add(name);
  return [...names];
}

/** A lookup's rows as a table with all its columns. */
export function tableOf(definition: LookupDefinition): Table {
  const table = Table.fromRows(definition.rows);
  const missing = columnsOf(definition).filter((name) => table.column(name) === undefined);
  return table.with(missing.map((name) => [name, Column.constant(null, table.size)] as const));
}
