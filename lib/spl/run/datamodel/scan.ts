import type { Range } from '../../../text/diagnostic.ts';
import { RunStop } from '../budget/budget.ts';
import { Column } from '../columns/column.ts';
import { Table } from '../columns/table.ts';
import type { RunContext } from '../context.ts';
import type { Dataset } from './provider.ts';

/** Fields of an event that every dataset has beside its own, without prefix. */
const INDEXED_FIELDS = ['_time', '_raw', 'host', 'source', 'sourcetype', 'index', 'eventtype', 'tag'];

const isIndexed = (field: string): boolean => INDEXED_FIELDS.includes(field);

export interface Scan {
  table: Table;
  rows: Uint32Array;
  dataset: Dataset | undefined;
}

/**
 * The events of a dataset as a table of its fields, named `Prefix.field` or, with `bare`, without prefix. Fields are
 * worked out when a later stage reads them.
 */
export function scanDataset(path: string, bare: boolean, context: RunContext, range?: Range): Scan {
  const [model = '', ...rest] = path.split('.');
  const name = rest.length > 0 ? rest.join('.') : undefined;
  const events = context.source.table;
  const dataset = context.environment.dataModels?.dataset(model, name);
  if (dataset === undefined) return scanRows(path, name ?? model, bare, context, range);
  // Rows that were written with the dataset's own names are meant as the dataset.
  if (context.source.kind === 'rows' && prefixed(events, dataset.prefix).length > 0) {
    return scanRows(path, dataset.prefix, bare, context, range);
  }
  const rows = dataset.members(events);
  const prefix = bare ? '' : `${dataset.prefix}.`;
  const lazy = (field: string): Column =>
    Column.lazy(() => {
      const column = dataset.column(events, rows, field) ?? Column.constant(null, rows.length);
      return { codes: column.codes, dictionary: column.dictionary };
    });
  const own = new Map(dataset.fields.map((field) => [prefix + field, lazy(field)]));
  const find = (field: string): Column | undefined => {
    const known = own.get(field) ?? (isIndexed(field) ? events.column(field)?.gather(rows) : undefined);
    if (known !== undefined || !field.startsWith(prefix)) return known;
    return dataset.column(events, rows, field.slice(prefix.length));
  };
  const list = () => {
    const indexed = INDEXED_FIELDS.filter((field) => events.column(field));
    return new Map([...indexed, ...own.keys()].map((field) => [field, table.column(field)!]));
  };
  const table: Table = new Table(rows.length, list, find);
  return { table, rows, dataset };
}

function prefixed(table: Table, name: string): string[] {
  return table.names.filter((field) => field.startsWith(`${name}.`));
}

/**
 * Rows that already carry the dataset's names (`Processes.user`) are taken as the dataset: that is how a page or a test
 * hands in a data model that is not known here.
 */
function scanRows(path: string, name: string, bare: boolean, context: RunContext, range?: Range): Scan {
  const { table } = context.source;
  const prefix = `${name.split('.').at(-1)}.`;
  const own = prefixed(table, name.split('.').at(-1)!);
  if (own.length === 0) {
    throw new RunStop(
      'data-model-unknown',
      `The data model dataset \`${path}\` is not known here, so its events cannot be found`,
      range,
    );
  }
  context.note('data-model-rows', `Rows with fields named \`${prefix}...\` were taken as \`${path}\``, range);
  const kept = Uint32Array.from({ length: table.size }, (_, row) => row).filter((row) =>
    own.some((field) => table.value(row, field) !== null),
  );
  const picked = table.select(kept);
  if (!bare) return { table: picked, rows: kept, dataset: undefined };
  const columns = [...picked.entries()].map(([field, column]): [string, Column] => [
    field.startsWith(prefix) ? field.slice(prefix.length) : field,
    column,
  ]);
  return { table: new Table(kept.length, new Map(columns)), rows: kept, dataset: undefined };
}
