/** A list's file, opened for work: what is looked at per row lies in typed arrays. */
import {
  LIST_FORMAT,
  type ListFile,
  type NeedsFile,
  type NumbersFile,
  plainSlug,
  type TextsFile,
  type ValuesFile,
} from './model.ts';

/** Values of rows: those of row `r` are `flat[offsets[r]]` to `flat[offsets[r + 1]]`, exclusive. */
export interface Lists {
  offsets: Uint32Array;
  flat: Uint32Array;
}

export interface ValuesField {
  file: ValuesFile;
  /** What readers see of each value. */
  labels: readonly string[];
  indexOf: ReadonlyMap<string, number>;
  /** Each value and its label in lower case, for words to be found in. */
  searchable: readonly string[];
  /** As written. */
  rows: Lists;
  /** With the more general values that those belong to: what a facet chooses by. */
  family: Lists;
}

export interface NumbersField {
  file: NumbersFile;
  numbers: Int32Array;
}

export interface TextsField {
  file: TextsFile;
}

export type Field = ValuesField | NumbersField | TextsField;

export interface Needs {
  file: NeedsFile;
  rows: Lists;
  indexOf: ReadonlyMap<string, number>;
}

export interface ListData {
  file: ListFile;
  rows: number;
  /** Last segment of each row's address. */
  slugs: readonly string[];
  /** Names and addresses in lower case, for words to be found in. */
  searchable: readonly string[];
  fields: ReadonlyMap<string, Field>;
  /** Those that have something to choose by, in their order. */
  facets: readonly ValuesField[];
  needs: Needs | undefined;
  /** By root-relative address without the site's base. */
  rowOfAddress: ReadonlyMap<string, number>;
}

/** Throws a RangeError where the file is of another format, or its columns are not of one length. */
export function openList(file: ListFile): ListData {
  if (file.format !== LIST_FORMAT) {
    throw new RangeError(`The list is of format ${file.format}; this page reads ${LIST_FORMAT}.`);
  }
  const rows = file.names.length;
  const same = (length: number, what: string) => {
    if (length !== rows) throw new RangeError(`The list has ${rows} rows, but ${length} of ${what}.`);
  };
  same(file.slugs.length, 'its addresses');
  const fields = new Map<string, Field>();
  for (const field of file.fields) {
    const column =
      field.kind === 'values' ? field.per : field.kind === 'numbers' ? field.numbers : field.texts;
    same(column.length, `"${field.key}"`);
    fields.set(field.key, openField(field));
  }
  const slugs = file.slugs.map((slug, row) => slug || plainSlug(file.names[row]!));
  return {
    file,
    rows,
    slugs,
    searchable: file.names.map((name, row) => `${name.toLowerCase()} ${slugs[row]}`),
    fields,
    facets: [...fields.values()].filter(
      (field): field is ValuesField => field.file.kind === 'values' && field.file.facet !== undefined,
    ),
    needs: file.needs && {
      file: file.needs,
      rows: lists(file.needs.per, file.needs.flat),
      indexOf: new Map(file.needs.sources.map(({ key }, index) => [key, index])),
    },
    rowOfAddress: new Map(slugs.map((slug, row) => [`/${file.list}/${slug}/`, row])),
  };
}

export function isValues(field: Field | undefined): field is ValuesField {
  return field?.file.kind === 'values';
}

export function isNumbers(field: Field | undefined): field is NumbersField {
  return field?.file.kind === 'numbers';
}

/** The values of one row, as written. */
export function valuesOf(field: ValuesField, row: number): Uint32Array {
  const { offsets, flat } = field.rows;
  return flat.subarray(offsets[row], offsets[row + 1]);
}

function openField(file: ListFile['fields'][number]): Field {
  if (file.kind === 'texts') return { file };
  if (file.kind === 'numbers') return { file, numbers: Int32Array.from(file.numbers) };
  const rows = lists(file.per, file.flat);
  const labels = file.labels ? file.values.map((value, index) => file.labels![index] || value) : file.values;
  return {
    file,
    labels,
    searchable: file.values.map((value, index) => `${value} ${labels[index]}`.toLowerCase()),
    indexOf: new Map(file.values.map((value, index) => [value, index])),
    rows,
    family: file.parents ? withParents(rows, file.parents) : rows,
  };
}

function lists(per: readonly number[], values: readonly number[]): Lists {
  const offsets = new Uint32Array(per.length + 1);
  per.forEach((count, row) => {
    offsets[row + 1] = offsets[row]! + count;
  });
  return { offsets, flat: Uint32Array.from(values) };
}

function withParents({ offsets, flat }: Lists, parents: readonly number[]): Lists {
  const per: number[] = [];
  const values: number[] = [];
  for (let row = 0; row + 1 < offsets.length; row++) {
    const family = new Set<number>();
    for (const value of flat.subarray(offsets[row], offsets[row + 1])) {
      family.add(value);
      if (parents[value]! >= 0) family.add(parents[value]!);
    }
    per.push(family.size);
    values.push(...family);
  }
  return lists(per, values);
}
