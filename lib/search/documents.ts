/** A catalog as documents to be searched: what stands in which field, and what the query language's keys ask. */
import { type Tactic, tactics } from '../attack/techniques.ts';
import type {
  Catalog,
  DataSource,
  Detection,
  ObjectBase,
  Reference,
  Step,
  TechniqueEntry,
  TechniqueUse,
  TestStatus,
} from '../content/model.ts';
import type { Guide } from '../content/read/guides.ts';
import { SITE_PAGES } from '../content/site-pages.ts';
import { documentAddress } from './address.ts';
import type { RunningField } from './fields.ts';

export type DocumentKind = ObjectBase['kind'] | 'technique' | 'group' | 'cve' | 'guide' | 'tactic' | 'page';

export interface SearchDocument {
  kind: DocumentKind;
  /** UUID, or the technique's, tactic's, group's or CVE's own ID. */
  id?: string;
  name: string;
  slug: string;
  /** As `documentAddress` has it. */
  address: string;
  /** YAML inside its content folder; absent for what has none: ATT&CK's own, CVEs, guides and the site's pages. */
  path?: string;
  /** Running texts; those of all other fields are made of the values, see `fields.ts`. */
  text: Partial<Record<RunningField, string>>;
  /** Values by key of the query language; `updated` is `YYYY-MM-DD`. */
  values: Record<string, string[]>;
}

const names = (references: readonly Reference[]) => references.map(({ name }) => name);

/** Every object of the catalog, every technique, threat group, CVE, guide, tactic and page of the site, in this order. */
export function documentsOf(catalog: Catalog, guides: readonly Guide[] = []): SearchDocument[] {
  const evidence = new Map(catalog.evidence?.detections.map(({ slug, status }) => [slug, status]));
  return [
    ...catalog.detections.map((detection) => ofDetection(detection, evidence.get(detection.slug))),
    ...[...catalog.stories, ...catalog.macros, ...catalog.lookups].map(ofObject),
    ...catalog.dataSources.map(ofDataSource),
    ...[
      ...catalog.baselines,
      ...catalog.investigations,
      ...catalog.playbooks,
      ...catalog.deployments,
      ...catalog.dashboards,
      ...catalog.useCases,
      ...catalog.customers,
    ].map(ofObject),
    ...operationsDocuments(catalog),
    ...catalog.techniques.map(
      (technique): SearchDocument => ({
        kind: 'technique',
        id: technique.id,
        name: technique.name,
        slug: technique.id.toLowerCase(),
        address: documentAddress('technique', technique.id.toLowerCase()),
        text: {},
        values: {
          technique: [technique.id],
          tactic: technique.tactics,
          platform: technique.platforms,
          group: names(technique.groups),
        },
      }),
    ),
    ...groupsOf(catalog.techniques),
    ...catalog.cves.map(
      ({ id, stories }): SearchDocument => ({
        kind: 'cve',
        id,
        name: id,
        slug: id.toLowerCase(),
        address: documentAddress('cve', id.toLowerCase()),
        text: {},
        values: { cve: [id], story: names(stories) },
      }),
    ),
    ...guides.map(
      ({ slug, title, description, text }): SearchDocument => ({
        kind: 'guide',
        name: title,
        slug,
        address: documentAddress('guide', slug),
        text: { description: `${description}\n${text}` },
        values: {},
      }),
    ),
    ...tactics.map(ofTactic),
    ...Object.entries(SITE_PAGES).map(
      ([path, { title, description }]): SearchDocument => ({
        kind: 'page',
        name: title,
        slug: path,
        address: documentAddress('page', path),
        text: { description },
        values: {},
      }),
    ),
  ];
}

function ofTactic({ id, name, shortName }: Tactic): SearchDocument {
  return {
    kind: 'tactic',
    id,
    name,
    slug: shortName,
    address: documentAddress('tactic', shortName),
    text: { description: 'ATT&CK tactic' },
    values: {},
  };
}

/** The threat groups that use any of the techniques. Which ones each uses is what the techniques say. */
function groupsOf(techniques: readonly TechniqueEntry[]): SearchDocument[] {
  const names = new Map(
    techniques.flatMap(({ groups }) => groups.map(({ id, name }) => [id, name] as const)),
  );
  const groups = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([id, name]) => ({
    kind: 'group',
    id,
    name,
    slug: id.toLowerCase(),
    address: documentAddress('group', id.toLowerCase()),
    text: {},
    values: {},
  }));
}

/** What surrounds detections: found by what it is for, as detections are found by what they are. */
function operationsDocuments(catalog: Catalog): SearchDocument[] {
  const { loggingPolicies, triggers, enrichments, responseActions, mitigations } = catalog;
  return [
    ...loggingPolicies.map((policy) =>
      withFacts(policy, codeOf(policy.configuration), {
        platform: policy.platforms,
        data_source: names(policy.dataSources),
        event: policy.eventIds,
      }),
    ),
    ...triggers.map((trigger) => {
      const tests = trigger.atomics.flatMap(({ guid, name = '' }) => [name, guid]);
      return withFacts(trigger, [...tests, ...codeOf(trigger.steps)], {
        platform: trigger.platforms,
        ...techniqueValues(trigger.techniques),
      });
    }),
    ...enrichments.map((enrichment) =>
      withFacts(enrichment, codeOf(enrichment.configuration), {
        data_source: names(enrichment.enriches),
        field: enrichment.newFields,
      }),
    ),
    ...responseActions.map((action) =>
      withFacts(action, [action.stage ?? '', action.category ?? '', ...action.automation, action.workflow], {
        data_source: names(action.dataSources),
      }),
    ),
    ...mitigations.map((mitigation) => {
      const { attack, configuration, platforms, system = '', techniques } = mitigation;
      return withFacts(mitigation, [attack?.id ?? '', attack?.name ?? '', system, ...codeOf(configuration)], {
        platform: platforms,
        ...techniqueValues(techniques),
      });
    }),
  ];
}

function ofDataSource(source: DataSource): SearchDocument {
  const { channel = '', provider = '', eventIds, dataNeededNames } = source;
  return withFacts(source, [channel, provider, ...dataNeededNames], { event: eventIds });
}

function withFacts(
  object: ObjectBase & { fields?: string[] },
  words: readonly string[],
  values: SearchDocument['values'],
): SearchDocument {
  const document = ofObject(object);
  document.text.search = words.filter(Boolean).join('\n');
  Object.assign(document.values, values);
  return document;
}

function techniqueValues(techniques: readonly TechniqueUse[]): SearchDocument['values'] {
  return {
    technique: techniques.map(({ id }) => id),
    tactic: [...new Set(techniques.flatMap(({ tactics }) => tactics))],
  };
}

const codeOf = (steps: readonly Step[]) => steps.map(({ code = '' }) => code);

function ofDetection(detection: Detection, tested: TestStatus | undefined): SearchDocument {
  const base = ofObject(detection);
  const sources = detection.dataSources.flatMap(names);
  const fields = [...detection.requiredFields, ...(detection.declaredFields ?? [])];
  const techniques = detection.techniques.map(({ id }) => id);
  const one = (value: string | undefined) => (value ? [value] : []);
  base.text.false_positives = detection.falsePositives;
  Object.assign(base.values, {
    technique: techniques,
    tactic: detection.tactics,
    data_source: sources,
    event: eventCodes(detection, sources),
    field: fields,
    macro: detection.macros.map(({ name }) => name),
    lookup: names(detection.lookups),
    cve: detection.cves,
    group: detection.threatGroups,
    type: one(detection.type),
    asset_type: one(detection.assetType),
    security_domain: one(detection.securityDomain),
    severity: one(detection.severity),
    risk: detection.riskScore === undefined ? [] : [String(detection.riskScore)],
    story: names(detection.stories),
    product: detection.products,
    has: detection.tests.length > 0 ? ['test'] : [],
    is: one(tested),
  });
  return base;
}

/** Numbers that the search compares an event code with, and those that its data sources are named by. */
function eventCodes(detection: Detection, sources: string[]): string[] {
  const found = new Set<string>();
  const compared =
    /\b(?:EventCode|EventID|event_id|signature_id)\b["']?\s*(?:IN\s*\(|[=:]+)\s*([\d\s,"'*]+)/gi;
  for (const [, list] of detection.search.matchAll(compared)) {
    for (const code of list!.match(/\d+/g) ?? []) found.add(code);
  }
  for (const scope of detection.sigma?.scopes ?? []) {
    for (const { eventIds } of scope.byEvent) for (const code of eventIds) found.add(code);
  }
  for (const source of sources) {
    const code = /(?:EventID|EventCode|Security|System)\s+(\d+)$/i.exec(source)?.[1];
    if (code) found.add(code);
  }
  return [...found];
}

function ofObject(
  object: ObjectBase & { search?: string; definition?: string; fields?: string[] },
): SearchDocument {
  const updated = object.modified ?? object.created;
  return {
    kind: object.kind,
    ...(object.id && { id: object.id }),
    name: object.name,
    slug: object.slug,
    address: documentAddress(object.kind, object.slug),
    path: object.source.path,
    text: { description: object.description, search: object.search ?? object.definition ?? '' },
    values: {
      author: object.authors,
      status: object.status ? [object.status] : [],
      updated: updated ? [updated] : [],
      field: object.fields ?? [],
    },
  };
}
