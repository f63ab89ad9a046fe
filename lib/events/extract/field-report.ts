import { dataModels } from '../cim/data-models.ts';
import type { DataModels } from '../cim/datasets-of.ts';
import { GIVEN_FIELDS } from '../record.ts';
import { originOf } from './field-origins.ts';
import type { SourceType } from './source-type.ts';
import { loadSourceTypes, typesNamed } from './source-types.ts';
import { targets } from './step-fields.ts';

/** A field that something reads from events. */
export interface FieldRead {
  /** Who reads it: a detection's name. */
  reader: string;
  field: string;
  /** Sourcetypes that its data sources state. */
  sourcetypes: readonly string[];
  /** `Endpoint.Processes` where it is read through a data model, without the dataset's prefix then. */
  dataset?: string;
  /** What in the search may make the field without naming it; see `madeBy`. */
  made?: string;
}

export interface FieldGap {
  field: string;
  /** Sourcetypes for which nothing gives the field, or the dataset that has none such. */
  where: string;
  readers: string[];
  /** Where the field comes from then, where that is known: the search itself, a lookup, a member of the event. */
  reason?: string;
}

/** Fields that a source type's table names. What the event itself carries comes on top. */
export const tableFields = (type: SourceType): Set<string> =>
  new Set([...type.steps.flatMap(targets), 'tag']);

/**
 * Fields that are read and that nothing provides: no table, no data model, and no event that was seen. `observed` is
 * what sample logs of a sourcetype gave, or what a data source lists (keys in lower case). Most readers first.
 */
export async function fieldGaps(
  reads: Iterable<FieldRead>,
  observed: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
  models: DataModels = dataModels(),
): Promise<FieldGap[]> {
  await loadSourceTypes();
  const known = new Map<string, Set<string>>();
  const provided = (sourcetype: string): Set<string> => {
    const key = sourcetype.toLowerCase();
    let fields = known.get(key);
    if (fields === undefined) {
      fields = new Set<string>([
        ...GIVEN_FIELDS,
        ...typesNamed(key).flatMap((type) => [...tableFields(type)]),
        ...(observed.get(key) ?? []),
      ]);
      known.set(key, fields);
    }
    return fields;
  };
  const gaps = new Map<string, FieldGap>();
  for (const { reader, field, sourcetypes, dataset, made } of reads) {
    const [model = '', name] = dataset?.split('.') ?? [];
    const where =
      dataset !== undefined
        ? models.dataset(model, name)?.has(field) === true
          ? []
          : [dataset]
        : sourcetypes.some((sourcetype) => provided(sourcetype).has(field))
          ? []
          : sourcetypes;
    if (where.length === 0) continue;
    const place = [...where].sort().join(', ');
    const reason = originOf(field, where) ?? (made === undefined ? undefined : `${made}, in the search`);
    const gap: FieldGap = gaps.get(`${field}\n${place}`) ?? {
      field,
      where: place,
      readers: [],
      ...(reason === undefined ? {} : { reason }),
    };
    // One reader that has no such command is enough to ask where the field comes from.
    if (reason === undefined) delete gap.reason;
    if (!gap.readers.includes(reader)) gap.readers.push(reader);
    gaps.set(`${field}\n${place}`, gap);
  }
  return [...gaps.values()].sort(
    (a, b) => b.readers.length - a.readers.length || (a.field < b.field ? -1 : 1),
  );
}
