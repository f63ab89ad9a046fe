import { Column } from '../columns/column.ts';
import type { Table } from '../columns/table.ts';
import { toText } from '../value/value.ts';

const made = new WeakMap<Table, Column>();

/**
 * `_raw` of a table. Rows without `_raw` get the JSON text of their fields, which is what Splunk would have indexed for
 * an event that came as JSON.
 */
export function rawColumn(table: Table): Column {
  const known = table.column('_raw');
  if (known?.codes.every((code) => code !== 0)) return known;
  let column = made.get(table);
  if (column === undefined) {
    column = Column.lazy(() => {
      const names = table.names.filter((name) => !name.startsWith('_'));
      const texts = Array.from({ length: table.size }, (_, row) => {
        const raw = table.value(row, '_raw');
        return raw === null ? JSON.stringify(table.plainRow(row, names)) : toText(raw);
      });
      const direct = Column.direct(texts);
      return { codes: direct.codes, dictionary: direct.dictionary };
    });
    made.set(table, column);
  }
  return column;
}
