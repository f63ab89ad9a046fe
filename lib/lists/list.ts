/** What every list of a catalog is made with. */
import { tactic, tactics, technique } from '../attack/techniques.ts';
import { capitalised } from '../content/labels.ts';
import type { Catalog, Detection, Reference } from '../content/model.ts';
import { SourceIndex } from './data-sources.ts';
import { LIST_FORMAT, type ListFile, plainSlug } from './model.ts';
import { type FieldSpec, packFields, type ValuesSpec } from './pack.ts';

/** A catalog with what the lists look up in it, made once for all of them. */
export interface ListCatalog extends Catalog {
  sources: SourceIndex;
  detectionBySlug: ReadonlyMap<string, Detection>;
}

export function listCatalog(catalog: Catalog): ListCatalog {
  return {
    ...catalog,
    sources: new SourceIndex(catalog),
    detectionBySlug: new Map(catalog.detections.map((detection) => [detection.slug, detection])),
  };
}

interface ListSpec<Row> {
  list: string;
  noun: ListFile['noun'];
  rows: readonly Row[];
  nameOf: (row: Row) => string;
  slugOf: (row: Row) => string;
  fields: FieldSpec<Row>[];
  /** Detections whose data the row needs; absent where rows have nothing to do with data. */
  detectionsOf?: (row: Row) => readonly Detection[];
  /** Keys of data sources that the row is itself, in place of detections. */
  sourceOf?: (row: Row) => string;
}

export function makeList<Row>(catalog: ListCatalog, spec: ListSpec<Row>): ListFile {
  const { rows, detectionsOf, sourceOf } = spec;
  const needs =
    detectionsOf || sourceOf
      ? catalog.sources.pack(
          rows.map((row) =>
            sourceOf
              ? [[sourceOf(row)]]
              : detectionsOf!(row).flatMap((detection) => catalog.sources.alternativesOf(detection)),
          ),
        )
      : undefined;
  return {
    format: LIST_FORMAT,
    list: spec.list,
    noun: spec.noun,
    attackVersion: catalog.attackVersion,
    names: rows.map(spec.nameOf),
    slugs: rows.map((row) => (spec.slugOf(row) === plainSlug(spec.nameOf(row)) ? 0 : spec.slugOf(row))),
    fields: packFields(rows, spec.fields),
    ...(needs ? { needs } : {}),
  };
}

/** Detections of this catalog that references point to. */
export function detectionsAt(catalog: ListCatalog, references: readonly Reference[]): Detection[] {
  return references.flatMap(({ slug }) => catalog.detectionBySlug.get(slug ?? '') ?? []);
}

export const namesOf = (references: readonly Reference[]) => references.map(({ name }) => name);

/** `YYYY-MM-DD` as the number YYYYMMDD. */
export function dateNumber(date: string | undefined): number | undefined {
  const number = Number(date?.replaceAll('-', ''));
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** Newest first, as nobody looks for the oldest. */
const years = Array.from({ length: 100 }, (_, index) => String(2090 - index));

/** Fields that several kinds of rows have. */
export function tacticField<Row>(of: (row: Row) => string[], column: 'hidden' | 'shown' = 'hidden') {
  return {
    kind: 'values',
    key: 'tactic',
    label: 'Tactic',
    column,
    facet: 'open',
    order: tactics.map(({ shortName }) => shortName),
    labelOf: (shortName) => tactic(shortName)?.name,
    links: 'tactics',
    of,
  } satisfies ValuesSpec<Row>;
}

export function techniqueField<Row>(of: (row: Row) => string[], column?: 'hidden' | 'shown') {
  return {
    kind: 'values',
    key: 'technique',
    label: 'Technique',
    ...(column ? { column } : {}),
    facet: 'folded',
    labelOf: (id) => {
      const known = technique(id);
      return known && `${id} ${known.name}`;
    },
    parentOf: (id) => (id.includes('.') ? id.slice(0, id.indexOf('.')) : undefined),
    links: 'techniques',
    of,
  } satisfies ValuesSpec<Row>;
}

export function yearField<Row>(key: string, label: string, of: (row: Row) => (string | undefined)[]) {
  return { kind: 'values', key, label, facet: 'folded', order: years, of } satisfies ValuesSpec<Row>;
}

export const cveYears = (cves: readonly string[]) => cves.map((id) => /^CVE-(\d{4})-/i.exec(id)?.[1]);

export function countField<Row>(
  key: string,
  label: string,
  of: (row: Row) => number | undefined,
  column: 'hidden' | 'shown' = 'shown',
): FieldSpec<Row> {
  return { kind: 'numbers', as: 'number', key, label, column, of };
}

export function updatedField<Row extends { modified?: string; created?: string }>(): FieldSpec<Row> {
  return {
    kind: 'numbers',
    as: 'date',
    key: 'updated',
    label: 'Updated',
    column: 'shown',
    of: ({ modified, created }) => dateNumber(modified ?? created),
  };
}

export function plainField<Row>(
  key: string,
  label: string,
  of: (row: Row) => readonly (string | undefined)[],
  more: Pick<ValuesSpec<Row>, 'facet' | 'column' | 'order'> = {},
): ValuesSpec<Row> {
  return { kind: 'values', key, label, facet: 'folded', column: 'hidden', ...more, of };
}

/** Short words of the model, shown with a capital. */
export function wordField<Row>(...args: Parameters<typeof plainField<Row>>): ValuesSpec<Row> {
  return { ...plainField(...args), labelOf: capitalised };
}
