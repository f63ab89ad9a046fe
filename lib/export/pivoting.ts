/** Which logs have a field: the pivoting table of Atomic Threat Coverage, with its columns. */
import type { Catalog, DataSource, Enrichment } from '../content/model.ts';
import { csvTable } from './table.ts';

const columns = [
  'field',
  'category',
  'platform',
  'type',
  'channel',
  'provider',
  'data_needed',
  'enrichment',
  'enrichment requirements',
];

/** What a data source is, in the columns that both tables of Atomic Threat Coverage share. */
export function sourceCells(source: DataSource | undefined): string[] {
  if (!source) return ['', '', '', '', '', ''];
  const { category, platform, logType, channel, provider, sourceName, name } = source;
  return [category ?? '', platform ?? '', logType ?? '', channel ?? sourceName ?? '', provider ?? '', name];
}

/** A row for each field of each data source, and for each field that an enrichment adds to it; in order of names. */
export function pivotingCsv({
  dataSources,
  enrichments,
}: Pick<Catalog, 'dataSources' | 'enrichments'>): string {
  const byName = new Map(enrichments.map((enrichment) => [enrichment.name, enrichment]));
  return csvTable(
    columns,
    dataSources.flatMap((source) => [
      ...source.fields.map((field) => [field, ...sourceCells(source), '', '']),
      ...source.enrichedBy.flatMap(({ name }) => added(source, byName.get(name))),
    ]),
  );
}

function added(source: DataSource, enrichment: Enrichment | undefined): string[][] {
  if (!enrichment) return [];
  const requirements = enrichment.requires.map(({ name }) => name).join('; ');
  return enrichment.newFields.map((field) => [field, ...sourceCells(source), enrichment.name, requirements]);
}

export interface FieldRow {
  field: string;
  /** Data sources that have it as they come. */
  sources: DataSource[];
  /** Data sources that have it once an enrichment has run. */
  enriched: { source: DataSource; enrichment: Enrichment }[];
}

/** Every field of any log, by name without regard to letter case, with the logs that have it. */
export function fieldRows({
  dataSources,
  enrichments,
}: Pick<Catalog, 'dataSources' | 'enrichments'>): FieldRow[] {
  const byName = new Map(enrichments.map((enrichment) => [enrichment.name, enrichment]));
  const rows = new Map<string, FieldRow>();
  const row = (field: string): FieldRow => {
    const known = rows.get(field) ?? { field, sources: [], enriched: [] };
    rows.set(field, known);
    return known;
  };
  for (const source of dataSources) {
    for (const field of new Set(source.fields)) row(field).sources.push(source);
    for (const { name } of source.enrichedBy) {
      const enrichment = byName.get(name);
      for (const field of new Set(enrichment?.newFields))
        row(field).enriched.push({ source, enrichment: enrichment! });
    }
  }
  return [...rows.values()].sort(
    (a, b) => compare(a.field.toLowerCase(), b.field.toLowerCase()) || compare(a.field, b.field),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
