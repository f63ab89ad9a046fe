/** Rows of objects to the columns of a list's file. */
import type { FieldFile, NumbersFile, TextsFile, ValuesFile } from './model.ts';

interface SpecBase<Row> {
  key: string;
  label: string;
  column?: 'shown' | 'hidden';
  of: (row: Row) => unknown;
}

export interface ValuesSpec<Row> extends SpecBase<Row> {
  kind: 'values';
  facet?: 'open' | 'folded';
  of: (row: Row) => readonly (string | undefined)[];
  /** What readers see of a value; undefined: the value itself, and no page of its own. */
  labelOf?: (value: string) => string | undefined;
  /** The more general value that a value belongs to. */
  parentOf?: (value: string) => string | undefined;
  /** Order of the values that are known beforehand; others follow by name. */
  order?: readonly string[];
  links?: string;
}

export interface NumbersSpec<Row> extends SpecBase<Row> {
  kind: 'numbers';
  as: 'number' | 'date';
  of: (row: Row) => number | undefined;
}

export interface TextsSpec<Row> extends SpecBase<Row> {
  kind: 'texts';
  of: (row: Row) => string | undefined;
}

export type FieldSpec<Row> = ValuesSpec<Row> | NumbersSpec<Row> | TextsSpec<Row>;

/** The columns that say something: a field that no row has is left out, as is a facet that tells no rows apart. */
export function packFields<Row>(rows: readonly Row[], specs: readonly FieldSpec<Row>[]): FieldFile[] {
  return specs.flatMap((spec): FieldFile[] => {
    if (spec.kind === 'values') return packValues(rows, spec);
    if (spec.kind === 'numbers') {
      const numbers = rows.map((row) => spec.of(row) ?? -1);
      const field: NumbersFile = { ...head(spec), kind: 'numbers', as: spec.as, numbers };
      return numbers.some((number) => number >= 0) ? [field] : [];
    }
    const texts = rows.map((row) => spec.of(row) ?? '');
    const field: TextsFile = { ...head(spec), kind: 'texts', texts };
    return texts.some(Boolean) ? [field] : [];
  });
}

function packValues<Row>(rows: readonly Row[], spec: ValuesSpec<Row>): ValuesFile[] {
  const ofRows = rows.map((row) => [...new Set(spec.of(row).filter((value) => value !== undefined))]);
  const counts = new Map<string, number>();
  for (const values of ofRows) {
    for (const value of withParents(values, spec.parentOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const values = ordered(counts, spec.order);
  const indexOf = new Map(values.map((value, index) => [value, index]));
  const tells = values.length > 1 || counts.get(values[0]!)! < rows.length;
  const { labelOf, parentOf } = spec;
  return [
    {
      ...head(spec),
      kind: 'values',
      ...(spec.facet !== undefined && tells ? { facet: spec.facet } : {}),
      values,
      ...(labelOf ? { labels: values.map((value) => labelOf(value) ?? '') } : {}),
      ...(parentOf ? { parents: values.map((value) => indexOf.get(parentOf(value) ?? '') ?? -1) } : {}),
      ...(spec.order ? { ordered: true as const } : {}),
      ...(spec.links === undefined ? {} : { links: spec.links }),
      per: ofRows.map((list) => list.length),
      flat: ofRows.flat().map((value) => indexOf.get(value)!),
    },
  ];
}

function head({ key, label, column }: SpecBase<never>) {
  return { key, label, ...(column === undefined ? {} : { column }) };
}

function withParents(
  values: readonly string[],
  parentOf: ((value: string) => string | undefined) | undefined,
) {
  if (!parentOf) return values;
  return new Set([...values, ...values.flatMap((value) => parentOf(value) ?? [])]);
}

function ordered(counts: ReadonlyMap<string, number>, order: readonly string[] | undefined): string[] {
  const byName = (a: string, b: string) => (a < b ? -1 : 1);
  if (!order) return [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || byName(a, b));
  const place = new Map(order.map((value, index) => [value, index]));
  const at = (value: string) => place.get(value) ?? order.length;
  return [...counts.keys()].sort((a, b) => at(a) - at(b) || byName(a, b));
}
