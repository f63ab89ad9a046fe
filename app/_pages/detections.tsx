import type { AttackRow } from '../../components/detection/attack-table.tsx';
import type { JoinedFilter } from '../../components/detection/conversions.tsx';
import type { DataSourceRow } from '../../components/detection/data-sources.tsx';
import { DetectionPage } from '../../components/detection/detection-page.tsx';
import { DetectionTable, summarise } from '../../components/lists/detection-table.tsx';
import { ListPage } from '../../components/lists/list-page.tsx';
import { attackVersion, inKillChainOrder, tactic } from '../../lib/attack/techniques.ts';
import { groupBy } from '../../lib/collections.ts';
import { capitalised } from '../../lib/content/labels.ts';
import { detectionAtomics } from '../../lib/content/link/detection-atomics.ts';
import type { Detection, Licence, Source } from '../../lib/content/model.ts';
import { licenceOf } from '../../lib/content/normalise/licence.ts';
import { SITE_PAGES } from '../../lib/content/site-pages.ts';
import { type RuleConversion, ruleConversions } from '../../lib/sigma/convert/rule-conversions.ts';
import { type LoggingNeed, loggingNeeds } from '../../lib/sigma/logging/logging-needs.ts';
import { readSigma } from '../../lib/sigma/rule/read.ts';
import { filtersOf } from '../../lib/sigma/rule/resolve.ts';
import type { PageGroup } from '../_site/pages.ts';
import type { SiteCatalog } from '../_site/site-catalog.ts';

export const detectionPages: PageGroup = function* (catalog) {
  yield ['/detections/', () => <DetectionList catalog={catalog} />];
  for (const detection of catalog.detections) {
    yield [
      `/detections/${detection.slug}/`,
      () => (
        <DetectionPage
          detection={detection}
          attack={attackRows(detection, catalog)}
          attackVersion={attackVersion}
          dataSources={dataSourceRows(detection, catalog)}
          evidence={catalog.evidenceBySlug.get(detection.slug)}
          relations={catalog.sigmaRelationsBySlug.get(detection.slug) ?? []}
          {...sigmaFacts(detection, catalog)}
          atomics={detectionAtomics(detection)}
          licence={licenceOfDetection(detection, catalog)}
          lookups={detection.lookups.map(({ name, slug }) => ({
            name,
            lookup: slug ? catalog.lookupBySlug.get(slug) : undefined,
          }))}
        />
      ),
    ];
  }
};

function DetectionList({ catalog }: { catalog: SiteCatalog }) {
  const byCategory = groupBy(catalog.detections, (detection) => detection.category ?? 'other');
  const categories = [...byCategory.keys()].sort();
  return (
    <ListPage
      title={SITE_PAGES.detections.title}
      address="/detections/"
      section="detections"
      count={catalog.detections.length}
      intro={
        categories.length > 1 ? (
          <>
            By category:{' '}
            {categories.map((category, index) => (
              <span key={category}>
                {index > 0 ? ', ' : ''}
                <a href={`#${category}`}>{capitalised(category)}</a> {byCategory.get(category)!.length}
              </span>
            ))}
          </>
        ) : (
          SITE_PAGES.detections.description
        )
      }
      empty="No detection was found in the content folders."
      list="detections"
      filter="Filter by name, technique, type or data source"
    >
      {categories.map((category) => (
        <section key={category} id={category}>
          {categories.length > 1 ? <h2>{capitalised(category)}</h2> : null}
          <DetectionTable detections={byCategory.get(category)!.map(summarise)} />
        </section>
      ))}
    </ListPage>
  );
}

/** Selections of Behavioral Analytics are Sigma's condition without the log source that the rest needs. */
function sigmaFacts(
  { shape, search, source }: Detection,
  { pipelines, sigmaFilters }: SiteCatalog,
): { conversions: RuleConversion[]; filters: JoinedFilter[]; logging: LoggingNeed[] } {
  if (shape !== 'sigma') return { conversions: [], filters: [], logging: [] };
  const file = readSigma(search);
  const rules = file.documents.filter((one) => one.kind === 'rule');
  const others = sigmaFilters.filter((one) => !isSameFile(one.source, source));
  const filters = others.map(({ filter }) => filter);
  return {
    conversions: ruleConversions(file, search, { pipelines, filters }),
    filters: sigmaFilters
      .filter(({ filter }) => rules.some((rule) => filtersOf(rule, [filter]).length > 0))
      .map(({ filter, source: from }) => ({ title: filter.title, source: from })),
    logging: loggingNeeds(file.documents),
  };
}

const isSameFile = (one: Source, other: Source): boolean =>
  one.root === other.root && one.path === other.path;

/** The rule's own word first, then that of its content folder. */
function licenceOfDetection({ sigma, source }: Detection, catalog: SiteCatalog): Licence | undefined {
  if (sigma?.licence) return licenceOf(sigma.licence) ?? { name: sigma.licence };
  return catalog.roots[source.root]?.licence;
}

/** Parents before sub-techniques, in the order of the file otherwise. */
function attackRows(detection: Detection, catalog: SiteCatalog): AttackRow[] {
  const families = groupBy(detection.techniques, (use) => use.id.split('.')[0]!);
  const ordered = [...families.values()].flatMap((family) =>
    family.toSorted((a, b) => a.id.localeCompare(b.id, 'en')),
  );
  return ordered.map((use) => ({
    use,
    entry: catalog.techniqueById.get(use.id),
    successorName: use.successor ? catalog.techniqueById.get(use.successor)?.name : undefined,
    tactics: inKillChainOrder(use.tactics).flatMap((shortName) => tactic(shortName) ?? []),
  }));
}

function dataSourceRows(detection: Detection, catalog: SiteCatalog): DataSourceRow[] {
  return detection.dataSources.flatMap((together) =>
    together.map((reference, index) => ({
      reference,
      source: reference.slug ? catalog.dataSourceBySlug.get(reference.slug) : undefined,
      together: index > 0,
    })),
  );
}
