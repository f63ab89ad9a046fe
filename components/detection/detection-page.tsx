import type { DetectionAtomics } from '../../lib/content/link/detection-atomics.ts';
import type { SigmaRelation } from '../../lib/content/link/sigma-relations.ts';
import type { Detection, DetectionEvidence, Licence, Lookup } from '../../lib/content/model.ts';
import type { RuleConversion } from '../../lib/sigma/convert/rule-conversions.ts';
import type { LoggingNeed } from '../../lib/sigma/logging/logging-needs.ts';
import { conversionChecks } from '../../lib/tester/conversion-checks.ts';
import { SearchView } from '../code/search-view.tsx';
import { ReferenceList } from '../content/external.tsx';
import { Ref } from '../content/reference.tsx';
import { Table } from '../content/table.tsx';
import { Section } from '../document/layout.tsx';
import { Page } from '../document/page.tsx';
import { Markdown } from '../text/markdown.tsx';
import { objectUrl } from '../url.ts';
import { Annotations } from './annotations.tsx';
import { AtomicsSection, hasAtomics } from './atomics.tsx';
import { type AttackRow, AttackTable } from './attack-table.tsx';
import { Configuration } from './configuration.tsx';
import { Conversions, type JoinedFilter } from './conversions.tsx';
import { type DataSourceRow, DataSources } from './data-sources.tsx';
import { Drilldowns } from './drilldowns.tsx';
import { FalsePositives } from './false-positives.tsx';
import { RequiredFields } from './fields.tsx';
import { DetectionHeader } from './header.tsx';
import { Macros } from './macros.tsx';
import { hasOperations, Operations } from './operations.tsx';
import { Essentials, Facts } from './rail.tsx';
import { Related } from './related.tsx';
import { Risk } from './risk.tsx';
import { SigmaSection } from './sigma-section.tsx';
import { SourceAndVersion } from './source-and-version.tsx';
import { Testing } from './testing.tsx';
import { TryIt } from './try-it.tsx';

export interface DetectionPageProps {
  detection: Detection;
  attack: AttackRow[];
  attackVersion: string;
  dataSources: DataSourceRow[];
  lookups: { name: string; lookup?: Lookup }[];
  /** What the build measured; absent where it ran nothing. */
  evidence?: DetectionEvidence;
  /** Rules that a Sigma rule's `related` names, and those that name it. */
  relations: SigmaRelation[];
  /** A Sigma rule in other query languages; empty for detections of other languages. */
  conversions: RuleConversion[];
  /** Filters that are joined to the rule. */
  filters: JoinedFilter[];
  /** Events that a Sigma rule for Windows asks for. */
  logging: LoggingNeed[];
  atomics: DetectionAtomics;
  licence?: Licence;
}

/** Every section that the five shapes know, in a triager's order; a section with nothing in it is not drawn. */
export function DetectionPage({
  detection,
  attack,
  attackVersion,
  dataSources,
  lookups,
  evidence,
  relations,
  conversions,
  filters,
  logging,
  atomics,
  licence,
}: DetectionPageProps) {
  const contents = contentsOf({
    detection,
    attack,
    attackVersion,
    dataSources,
    lookups,
    conversions,
    atomics,
  });
  return (
    <Page
      title={detection.name}
      description={detection.description}
      address={`/detections/${detection.slug}/`}
      section="detections"
      islands={['detection']}
    >
      <div className="page">
        <main id="content">
          <DetectionHeader detection={detection} evidence={evidence} />
          <Essentials detection={detection} />
          <Section id="description" title="What it finds">
            <Markdown className="lead" text={detection.description} />
          </Section>
          <FalsePositives detection={detection} />
          <AttackTable rows={attack} attackVersion={attackVersion} />
          <Section
            id="search"
            title={detection.language === 'sigma' ? 'Rule' : 'Search'}
            note={searchNote(detection)}
          >
            <SearchView
              search={detection.search}
              language={detection.language}
              forms={detection.forms}
              macros={detection.macros}
              lookups={detection.lookups}
              earliest={detection.configuration?.earliest}
              latest={detection.configuration?.latest}
            />
            <TryIt detection={detection} evidence={evidence} />
          </Section>
          <Conversions
            conversions={conversions}
            filters={filters}
            checks={conversionChecks(evidence)}
            source={detection.source}
          />
          <SigmaSection detection={detection} relations={relations} logging={logging} />
          <DataSources rows={dataSources} />
          <Macros macros={detection.macros} />
          <RequiredFields detection={detection} />
          <Lookups lookups={lookups} />
          {detection.implementation.trim() ? (
            <Section id="implementation" title="How to implement">
              <Markdown text={detection.implementation} />
            </Section>
          ) : null}
          <Configuration configuration={detection.configuration} deployment={detection.deployment} />
          <Risk detection={detection} />
          <Drilldowns detection={detection} />
          <Annotations detection={detection} />
          <AtomicsSection atomics={atomics} />
          <Operations detection={detection} />
          <Related detection={detection} />
          <Testing detection={detection} evidence={evidence} />
          {detection.references.length > 0 ? (
            <Section id="references" title="References">
              <ReferenceList references={detection.references} />
            </Section>
          ) : null}
          <SourceAndVersion detection={detection} />
        </main>
        <Facts detection={detection} contents={contents} licence={licence} />
      </div>
    </Page>
  );
}

function searchNote({ dataModels, requiredFields }: Detection): string | undefined {
  if (requiredFields.length === 0) return undefined;
  const fields = `reads ${requiredFields.length} ${requiredFields.length === 1 ? 'field' : 'fields'}`;
  return dataModels.length > 0 ? `${fields} of ${dataModels.join(', ')}` : fields;
}

function Lookups({ lookups }: { lookups: DetectionPageProps['lookups'] }) {
  if (lookups.length === 0) return null;
  return (
    <Section id="lookups" title="Lookups">
      <Table
        rows={lookups}
        columns={[
          {
            title: 'Name',
            className: 'mono',
            cell: ({ name, lookup }) => (
              <Ref to={lookup ? { name, kind: 'lookup', slug: lookup.slug } : { name }} />
            ),
          },
          { title: 'Kind', cell: ({ lookup }) => lookup?.lookupType },
          { title: 'Match', className: 'mono', cell: ({ lookup }) => lookup?.matchType.join(', ') },
          {
            title: 'Rows',
            className: 'num',
            cell: ({ lookup }) =>
              lookup?.table ? (
                <a href={objectUrl('lookup', lookup.slug)}>{lookup.table.totalRows.toLocaleString('en')}</a>
              ) : null,
          },
        ]}
      />
    </Section>
  );
}

/** The table of contents lists what is drawn, by the same conditions as the sections themselves. */
function contentsOf({
  detection,
  attack,
  dataSources,
  lookups,
  conversions,
  atomics,
}: Omit<DetectionPageProps, 'relations' | 'evidence' | 'logging' | 'licence' | 'filters'>): [
  string,
  string,
][] {
  const d = detection;
  const related =
    d.related.byTechnique.length +
    d.related.byStory.length +
    d.related.byDataSource.length +
    d.stories.length;
  const entries: [string, string, boolean][] = [
    ['description', 'What it finds', true],
    ['false-positives', 'If this fired', true],
    ['attack', 'ATT&CK', attack.length > 0],
    ['search', d.language === 'sigma' ? 'Rule' : 'Search', true],
    ['conversions', 'Conversions', conversions.length > 0],
    ['log-source', 'Log source', d.sigma !== undefined],
    ['data-sources', 'Data sources', dataSources.length > 0],
    ['macros', 'Macros used', d.macros.length > 0],
    ['required-fields', 'Required fields', d.requiredFields.length + (d.declaredFields?.length ?? 0) > 0],
    ['lookups', 'Lookups', lookups.length > 0],
    ['implementation', 'How to implement', d.implementation.trim() !== ''],
    ['configuration', 'Default configuration', d.configuration !== undefined],
    ['risk', 'Risk', d.risk !== undefined],
    [
      'drilldowns',
      d.drilldowns.length > 0 ? 'Drilldowns' : 'Throttling',
      d.drilldowns.length > 0 || d.throttling !== undefined,
    ],
    ['annotations', 'Annotations', hasAnnotations(d)],
    ['atomics', 'Atomic Red Team', hasAtomics(atomics)],
    ['operations', 'In operation', hasOperations(d)],
    ['related', 'Stories and related', related > 0],
    ['testing', 'Testing', true],
    ['references', 'References', d.references.length > 0],
  ];
  return entries.filter(([, , drawn]) => drawn).map(([id, label]) => [id, label]);
}

function hasAnnotations(d: Detection): boolean {
  const lists = [d.killChainPhases, d.nist, d.cis, d.cves, d.threatGroups];
  return lists.some((list) => list.length > 0) || Boolean(d.assetType || d.securityDomain);
}
