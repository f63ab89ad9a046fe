import type { CimDataset, FieldReader } from '../../../events/cim/dataset.ts';
import type { DataModels } from '../../../events/cim/datasets-of.ts';
import { Column } from '../columns/column.ts';
import type { Table } from '../columns/table.ts';
import { fromList, isList, type Stored, scalarText } from '../value/value.ts';
import type { DataModelProvider, Dataset } from './provider.ts';

/** Data models over tables of events. */
export function cimProvider(models: DataModels): DataModelProvider {
  return {
    dataset(model, name) {
      const found = models.dataset(model, name);
      if (found === undefined) return undefined;
      const made = datasets.get(found) ?? datasetOver(found);
      datasets.set(found, made);
      return made;
    },
  };
}

/** Searches over one table share what a dataset makes of it. */
const datasets = new WeakMap<CimDataset, Dataset>();

function datasetOver(cim: CimDataset): Dataset {
  const known = new WeakMap<Table, Uint32Array>();
  /** By the rows that `members` gave: many searches over one table read the same fields. */
  const columns = new WeakMap<Uint32Array, Map<string, Column>>();
  return {
    path: cim.path,
    prefix: cim.prefix,
    fields: cim.fields.filter((name) => !name.endsWith('*') && !name.startsWith('_')),
    children: cim.children,
    members(events) {
      let rows = known.get(events);
      if (rows === undefined) {
        const accepted = eachDistinct(events, undefined, (read) => cim.accepts(read));
        rows = Uint32Array.from(accepted.keys()).filter((row) => accepted[row]!);
        known.set(events, rows);
        columns.set(rows, new Map());
      }
      return rows;
    },
    column(events, rows, field) {
      if (!cim.has(field)) return undefined;
      const shared = known.get(events) === rows ? columns.get(rows) : undefined;
      const made = shared?.get(field);
      if (made !== undefined) return made;
      const values = eachDistinct(events, rows, (read): Stored => {
        const value = cim.value(read, field);
        if (value === undefined || value === '') return null;
        return typeof value === 'string' ? value : fromList(value);
      });
      const column = Column.interned(values);
      shared?.set(field, column);
      return column;
    },
    admission: cim.admission,
    originOf: (field) => cim.originOf(field),
    sourcesOf: (field) => cim.sourcesOf(field),
    whyNot: (events, row) => cim.whyNot(readerAt(events, row)),
  };
}

function readerAt(events: Table, row: number): FieldReader {
  return (name) => {
    const value = events.value(row, name);
    if (value === null) return undefined;
    return isList(value) ? value.map(scalarText) : scalarText(value);
  };
}

/**
 * `compute` for each row, but only once for each combination of the values that it turns out to read: whether an event
 * is a process start depends on its tags, of which a million events have a dozen different sets.
 */
function eachDistinct<T>(
  events: Table,
  rows: Uint32Array | undefined,
  compute: (read: FieldReader) => T,
): T[] {
  const size = rows === undefined ? events.size : rows.length;
  const results = new Array<T>(size);
  const fields: string[] = [];
  const codes: (Uint32Array | undefined)[] = [];
  let memo = new Map<number | string, T>();
  for (let at = 0; at < size; at += 1) {
    const row = rows === undefined ? at : rows[at]!;
    let key: number | string = codes[0]?.[row] ?? 0;
    if (codes.length > 1) {
      let joined = String(key);
      for (let i = 1; i < codes.length; i += 1) joined += `,${codes[i]?.[row] ?? 0}`;
      key = joined;
    }
    if (fields.length > 0 && memo.has(key)) {
      results[at] = memo.get(key)!;
      continue;
    }
    const before = fields.length;
    const read = readerAt(events, row);
    const result = compute((name) => {
      if (!fields.includes(name)) {
        fields.push(name);
        codes.push(events.column(name)?.codes);
      }
      return read(name);
    });
    results[at] = result;
    // A field that no earlier row led to changes what the keys mean.
    if (fields.length > before) memo = new Map();
    else memo.set(key, result);
  }
  return results;
}
