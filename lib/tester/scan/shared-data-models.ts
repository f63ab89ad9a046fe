/** Datasets of data models over parts of one table: what a dataset makes of the whole table serves all its parts. */
import type { Column } from '../../spl/run/columns/column.ts';
import type { Table } from '../../spl/run/columns/table.ts';
import type { DataModelProvider, Dataset } from '../../spl/run/datamodel/provider.ts';

/** Of a part that is smaller than this the dataset is worked out by itself. */
const FEW = 1 / 16;

/** `partOf` gives the rows of `whole`, ascending, that a part of it has. */
export function sharedDataModels(
  models: DataModelProvider,
  whole: Table,
  partOf: (events: Table) => Uint32Array | undefined,
): DataModelProvider {
  const known = new WeakMap<Dataset, Dataset>();
  return {
    dataset(model, name) {
      const dataset = models.dataset(model, name);
      if (dataset === undefined) return undefined;
      const shared = known.get(dataset) ?? sharing(dataset, whole, partOf);
      known.set(dataset, shared);
      return shared;
    },
  };
}

function sharing(
  dataset: Dataset,
  whole: Table,
  partOf: (events: Table) => Uint32Array | undefined,
): Dataset {
  let all: Uint32Array | undefined;
  /** Where each row of the whole table is among the members, from 1. */
  let places: Uint32Array | undefined;
  const membersOf = new WeakMap<Table, Uint32Array>();
  const placesOf = new WeakMap<Uint32Array, Uint32Array>();
  const members = (events: Table): Uint32Array => {
    const part = events.size > whole.size * FEW ? partOf(events) : undefined;
    if (part === undefined) return dataset.members(events);
    all ??= dataset.members(whole);
    places ??= placesIn(all, whole.size);
    const rows = new Uint32Array(part.length);
    const found = new Uint32Array(part.length);
    let count = 0;
    for (let row = 0; row < part.length; row += 1) {
      const place = places[part[row]!]!;
      if (place === 0) continue;
      rows[count] = row;
      found[count] = place - 1;
      count += 1;
    }
    const own = rows.slice(0, count);
    placesOf.set(own, found.subarray(0, count));
    return own;
  };
  return {
    path: dataset.path,
    prefix: dataset.prefix,
    fields: dataset.fields,
    children: dataset.children,
    ...(dataset.admission && { admission: dataset.admission }),
    ...(dataset.originOf && { originOf: (field) => dataset.originOf!(field) }),
    ...(dataset.sourcesOf && { sourcesOf: (field) => dataset.sourcesOf!(field) }),
    ...(dataset.whyNot && { whyNot: (events, row) => dataset.whyNot!(events, row) }),
    members(events) {
      const rows = membersOf.get(events) ?? members(events);
      membersOf.set(events, rows);
      return rows;
    },
    column(events, rows, field): Column | undefined {
      const found = placesOf.get(rows);
      return found === undefined
        ? dataset.column(events, rows, field)
        : dataset.column(whole, all!, field)?.gather(found);
    },
  };
}

function placesIn(members: Uint32Array, size: number): Uint32Array {
  const places = new Uint32Array(size);
  for (let at = 0; at < members.length; at += 1) places[members[at]!] = at + 1;
  return places;
}
