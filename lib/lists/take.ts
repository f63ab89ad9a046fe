/** What a reader takes away of chosen rows: plain records, and the techniques that they are about. */
import { isNumbers, isValues, type ListData, valuesOf } from './open.ts';

export type RowRecord = Record<string, string | number | string[]>;

/** Name, ID, address and every column of a row, by key; columns that the row has nothing in are left out. */
export function recordOf(data: ListData, row: number, site: string, ids?: readonly string[]): RowRecord {
  const id = ids?.[row];
  const record: RowRecord = {
    name: data.file.names[row]!,
    ...(id ? { id } : {}),
    url: `${site}${addressOf(data, row)}`,
  };
  for (const [key, field] of data.fields) {
    if (isValues(field)) {
      const values = [...valuesOf(field, row)].map((value) => field.file.values[value]!);
      if (values.length > 0) record[key] = values;
    } else if (isNumbers(field)) {
      const number = field.numbers[row]!;
      if (number >= 0) record[key] = field.file.as === 'date' ? dateText(number) : number;
    } else if (field.file.texts[row]) record[key] = field.file.texts[row];
  }
  return record;
}

/** Keys of all records of the list, in their order. */
export function recordKeys(data: ListData): string[] {
  return ['name', ...(data.file.ids ? ['id'] : []), 'url', ...data.fields.keys()];
}

/** Root-relative address of a row's page, without the site's base. */
export function addressOf(data: ListData, row: number): string {
  return `/${data.file.list}/${data.slugs[row]}/`;
}

/** `2026-09-01` for 20260901. */
export function dateText(number: number): string {
  const text = String(number);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
}

/** By technique ID, the names of the rows that list it. */
export function rowsByTechnique(data: ListData, rows: Iterable<number>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const field = data.fields.get('technique');
  if (!isValues(field)) return found;
  for (const row of rows) {
    for (const value of valuesOf(field, row)) {
      const id = field.file.values[value]!;
      const names = found.get(id);
      if (names) names.push(data.file.names[row]!);
      else found.set(id, [data.file.names[row]!]);
    }
  }
  return found;
}
