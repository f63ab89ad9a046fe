import { type MouseEvent, memo, useMemo } from 'react';
import { type Field, isNumbers, type ListData } from '../../../lib/lists/open.ts';
import { type Sort, sortChoices } from '../../../lib/lists/order.ts';
import { Cell, cellClass, NameCell } from './cell.tsx';
import { useDrawn } from './use-drawn.ts';

interface RowsTableProps {
  data: ListData;
  /** Those of this page. */
  rows: readonly number[];
  /** Draw all rows at once. */
  whole: boolean;
  columns: readonly string[];
  sort: Sort;
  dense: boolean;
  base: string;
  selected: ReadonlySet<number>;
  onSort: (sort: Sort) => void;
  /** `range`: all rows from the one chosen before to this one. */
  onSelect: (row: number, range: boolean) => void;
  onSelectPage: (on: boolean) => void;
}

/**
 * The rows of a page, with a box to select each and headings to sort by. All props stay the same as long as what is
 * shown does: the table is most of what a letter in the search box makes the browser do.
 */
export const RowsTable = memo(function RowsTable(props: RowsTableProps) {
  const { data, rows, whole, columns, sort, dense, base, selected, onSort, onSelect, onSelectPage } = props;
  const drawn = useDrawn(rows, dense, whole);
  const fields = useMemo(() => columns.flatMap((key) => data.fields.get(key) ?? []), [data, columns]);
  const sortable = new Map(sortChoices(data, false).map((choice) => [choice.key, choice]));
  const chosen = rows.filter((row) => selected.has(row)).length;
  const all = chosen > 0 && chosen === rows.length;
  return (
    <div className="scroll" tabIndex={0}>
      <table className={dense ? 'list app-rows dense' : 'list app-rows'} aria-label={data.file.noun[1]}>
        <thead>
          <tr>
            <th className="pick">
              <input
                type="checkbox"
                aria-label="Select all on this page"
                checked={all}
                ref={(box) => {
                  if (box) box.indeterminate = chosen > 0 && !all;
                }}
                onChange={() => onSelectPage(!all)}
              />
            </th>
            <Head title="Name" choice={sortable.get('name')} sort={sort} onSort={onSort} />
            {fields.map((field) => (
              <Head
                key={field.file.key}
                title={field.file.label}
                choice={sortable.get(field.file.key)}
                sort={sort}
                onSort={onSort}
                {...(isNumbers(field) ? { className: 'num' } : {})}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, drawn).map((row, place) => (
            // By place, not by row: other rows are written over these, which takes a fraction of making new ones.
            <Row key={place} {...{ data, row, fields, base, onSelect }} selected={selected.has(row)} />
          ))}
        </tbody>
      </table>
    </div>
  );
});

interface RowProps {
  data: ListData;
  row: number;
  fields: readonly Field[];
  base: string;
  selected: boolean;
  onSelect: (row: number, range: boolean) => void;
}

const Row = memo(function Row({ data, row, fields, base, selected, onSelect }: RowProps) {
  return (
    <tr className={selected ? 'chosen' : undefined}>
      <td className="pick">
        <input
          type="checkbox"
          aria-label={`Select ${data.file.names[row]}`}
          checked={selected}
          onClick={(event: MouseEvent) => onSelect(row, event.shiftKey)}
          readOnly
        />
      </td>
      <td className="name">
        <NameCell data={data} row={row} base={base} />
      </td>
      {fields.map((field) => (
        <td
          key={field.file.key}
          className={cellClass(field)}
          {...(isNumbers(field) && field.file.as === 'number' ? { 'data-label': field.file.label } : {})}
        >
          <Cell field={field} row={row} base={base} />
        </td>
      ))}
    </tr>
  );
});

interface HeadProps {
  title: string;
  choice: { key: string; descending: boolean } | undefined;
  sort: Sort;
  className?: string;
  onSort: (sort: Sort) => void;
}

function Head({ title, choice, sort, className, onSort }: HeadProps) {
  if (!choice) {
    return <th className={className}>{title}</th>;
  }
  const here = sort.key === choice.key;
  const next = { key: choice.key, descending: here ? !sort.descending : choice.descending };
  return (
    <th className={className} aria-sort={here ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="link" onClick={() => onSort(next)}>
        {title}
        {here ? (sort.descending ? ' ↓' : ' ↑') : ''}
      </button>
    </th>
  );
}
