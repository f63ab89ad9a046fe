import { type SigmaRelation, sigmaRelations } from '../../lib/content/link/sigma-relations.ts';
import type {
  Catalog,
  DataSource,
  Detection,
  DetectionEvidence,
  Lookup,
  Source,
  TechniqueEntry,
} from '../../lib/content/model.ts';
import type { FilterRule } from '../../lib/sigma/rule/model.ts';
import { readSigma } from '../../lib/sigma/rule/read.ts';
import { mayHoldFilter } from '../../lib/tester/sigma-alerts.ts';

/** The catalog with the look-ups that pages need, built once per catalog. */
export interface SiteCatalog extends Catalog {
  detectionBySlug: Map<string, Detection>;
  dataSourceBySlug: Map<string, DataSource>;
  lookupBySlug: Map<string, Lookup>;
  techniqueById: Map<string, TechniqueEntry>;
  evidenceBySlug: Map<string, DetectionEvidence>;
  sigmaRelationsBySlug: Map<string, SigmaRelation[]>;
  /** Filters of all Sigma files, which are joined to the rules that they name. */
  sigmaFilters: readonly SiteFilter[];
}

export interface SiteFilter {
  filter: FilterRule;
  /** Its file. */
  source: Source;
}

export function indexCatalog(catalog: Catalog): SiteCatalog {
  return {
    ...catalog,
    detectionBySlug: new Map(catalog.detections.map((detection) => [detection.slug, detection])),
    dataSourceBySlug: new Map(catalog.dataSources.map((source) => [source.slug, source])),
    lookupBySlug: new Map(catalog.lookups.map((lookup) => [lookup.slug, lookup])),
    techniqueById: new Map(catalog.techniques.map((technique) => [technique.id, technique])),
    evidenceBySlug: new Map(catalog.evidence?.detections.map((evidence) => [evidence.slug, evidence])),
    sigmaRelationsBySlug: sigmaRelations(catalog.detections),
    sigmaFilters: catalog.detections.filter(mayHoldFilter).flatMap(filtersIn),
  };
}

const filtersIn = ({ search, source }: Detection): SiteFilter[] =>
  readSigma(search).documents.flatMap((one) => (one.kind === 'filter' ? [{ filter: one, source }] : []));

/** The detections that references point to, in their order. */
export function detectionsOf(catalog: SiteCatalog, references: { slug?: string }[]): Detection[] {
  return references.flatMap((reference) => catalog.detectionBySlug.get(reference.slug ?? '') ?? []);
}
