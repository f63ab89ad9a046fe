/** A catalog as documents to be searched: what stands in which field, and what the query language's keys ask. */
import { folderOfKind } from '../content/address.ts';
import type {
  Catalog,
  Detection,
  ObjectBase,
  Reference,
  TechniqueEntry,
  TestStatus,
} from '../content/model.ts';
import type { Guide } from '../content/read/guides.ts';

export type DocumentKind = ObjectBase['kind'] | 'technique' | 'group' | 'cve' | 'guide';

/** Fields of text, and how much a word in each counts. */
export const FIELD_WEIGHTS = {
  name: 12,
  ids: 12,
  techniques: 8,
  cves: 8,
  tags: 5,
  data_sources: 4,
  fields: 3,
  macros: 3,
  description: 2.5,
  false_positives: 1.5,
  search: 1,
} as const;

export type TextField = keyof typeof FIELD_WEIGHTS;

export interface SearchDocument {
  kind: DocumentKind;
  /** UUID, or the technique's, group's or CVE's own ID. */
  id?: string;
  name: string;
  slug: string;
  /** Root-relative, without base path; a threat group has no page here, so its page at attack.mitre.org. */
  address: string;
  /** YAML inside its content folder; absent for techniques, groups and CVEs, which have none of their own, and for guides. */
  path?: string;
  status?: string;
  /** `YYYY-MM-DD` */
  updated?: string;
  text: Partial<Record<TextField, string>>;
  /** Values by key of the query language. */
  values: Record<string, string[]>;
}

const names = (references: readonly Reference[]) => references.map(({ name }) => name);

/** Every object of the catalog, every technique, threat group, CVE and guide, in the catalog's order. */
export function documentsOf(catalog: Catalog, guides: readonly Guide[] = []): SearchDocument[] {
  const evidence = new Map(catalog.evidence?.detections.map(({ slug, status }) => [slug, status]));
  return [
    ...catalog.detections.map((detection) => ofDetection(detection, evidence.get(detection.slug))),
    ...[
      ...catalog.stories,
      ...catalog.macros,
      ...catalog.lookups,
      ...catalog.dataSources,
      ...catalog.baselines,
      ...catalog.investigations,
      ...catalog.playbooks,
      ...catalog.deployments,
      ...catalog.dashboards,
    ].map(ofObject),
    ...catalog.techniques.map(
      (technique): SearchDocument => ({
        kind: 'technique',
        id: technique.id,
        name: technique.name,
        slug: technique.id.toLowerCase(),
        address: `/techniques/${technique.id.toLowerCase()}/`,
        text: {
          name: technique.name,
          ids: technique.id,
          tags: [...technique.tactics, ...technique.platforms, ...names(technique.groups)].join(' · '),
        },
        values: { technique: [technique.id], tactic: technique.tactics },
      }),
    ),
    ...groupsOf(catalog.techniques),
    ...catalog.cves.map(
      ({ id, stories }): SearchDocument => ({
        kind: 'cve',
        id,
        name: id,
        slug: id.toLowerCase(),
        address: `/cves/${id.toLowerCase()}/`,
        text: { name: id, ids: id, tags: names(stories).join(' · ') },
        values: { cve: [id], story: names(stories) },
      }),
    ),
    ...guides.map(
      ({ slug, title, description, text }): SearchDocument => ({
        kind: 'guide',
        name: title,
        slug,
        address: `/guides/${slug}/`,
        text: { name: title, description: `${description}\n${text}` },
        values: {},
      }),
    ),
  ];
}

/** The threat groups that use any of the techniques, each with those it uses. */
function groupsOf(techniques: readonly TechniqueEntry[]): SearchDocument[] {
  const uses = new Map<string, { name: string; techniques: TechniqueEntry[] }>();
  for (const technique of techniques) {
    for (const { id, name } of technique.groups) {
      const group = uses.get(id) ?? { name, techniques: [] };
      group.techniques.push(technique);
      uses.set(id, group);
    }
  }
  const groups = [...uses].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([id, { name, techniques }]) => ({
    kind: 'group',
    id,
    name,
    slug: id.toLowerCase(),
    address: `https://attack.mitre.org/groups/${id}/`,
    text: {
      name,
      ids: id,
      // As a technique's groups are its tags: a rule for a technique comes before the dozens of groups that use it.
      tags: techniques.map(({ id, name }) => `${id} ${name}`).join(' · '),
    },
    values: {
      technique: techniques.map(({ id }) => id),
      tactic: [...new Set(techniques.flatMap(({ tactics }) => tactics))],
    },
  }));
}

function ofDetection(detection: Detection, tested: TestStatus | undefined): SearchDocument {
  const base = ofObject(detection);
  const sources = detection.dataSources.flatMap(names);
  const fields = [...detection.requiredFields, ...(detection.declaredFields ?? [])];
  const macros = detection.macros.map(({ name }) => name);
  const techniques = detection.techniques.map(({ id }) => id);
  Object.assign(base.text, {
    techniques: detection.techniques.map(({ id, name }) => `${id} ${name ?? ''}`).join(' · '),
    cves: detection.cves.join(' '),
    tags: [
      ...names(detection.stories),
      ...detection.tactics,
      ...detection.threatGroups,
      ...detection.products,
    ]
      .concat(detection.type ?? [], detection.assetType ?? [], detection.securityDomain ?? [])
      .join(' · '),
    data_sources: sources.join(' · '),
    fields: fields.join(' '),
    macros: [...macros, ...names(detection.lookups)].join(' '),
    false_positives: detection.falsePositives,
    search: detection.search,
  });
  Object.assign(base.values, {
    technique: techniques,
    tactic: detection.tactics,
    data_source: sources,
    event: eventCodes(detection, sources),
    field: fields,
    macro: macros,
    lookup: names(detection.lookups),
    cve: detection.cves,
    type: detection.type ? [detection.type] : [],
    severity: detection.severity ? [detection.severity] : [],
    risk: detection.riskScore === undefined ? [] : [String(detection.riskScore)],
    story: names(detection.stories),
    product: detection.products,
    fp: [detection.falsePositives],
    has: detection.tests.length > 0 ? ['test'] : [],
    is: tested ? [tested] : [],
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
  const fields = object.fields ?? [];
  return {
    kind: object.kind,
    ...(object.id && { id: object.id }),
    name: object.name,
    slug: object.slug,
    address: `/${folderOfKind[object.kind]}/${object.slug}/`,
    path: object.source.path,
    ...(object.status && { status: object.status }),
    ...(updated && { updated }),
    text: {
      name: object.name,
      ids: [object.id, object.source.path.split('/').at(-1)].filter(Boolean).join(' '),
      description: object.description,
      search: object.search ?? object.definition ?? '',
      fields: fields.join(' '),
    },
    values: {
      author: object.authors,
      status: object.status ? [object.status] : [],
      updated: updated ? [updated] : [],
      field: fields,
    },
  };
}
