/**
 * Links objects both ways and derives what follows from the whole catalog. Objects come in the order of content
 * folders and paths, each a fresh copy: their lists are replaced here and never changed in place.
 */
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Catalog, ContentObject, DataSource, Detection, Kind, MacroUse, Reference } from '../model.ts';
import type { AttachedTests, MappedDeprecation } from '../normalise/side-files.ts';
import type { SourceFile } from '../read/source-file.ts';
import { Backlinks, byName, union } from './backlinks.ts';
import { configureBaseline, configureDetection } from './configuration.ts';
import { Context, type Origin } from './context.ts';
import { linkDataNeeded } from './data-needed.ts';
import { Names, type ObjectOf, referenceTo } from './names.ts';
import { complainOfTechniques, linkOperations } from './operations.ts';
import { redirects } from './redirects.ts';
import { relateDetections } from './related.ts';
import { type SearchCache, Searches } from './search-facts.ts';
import { linkSearch, reportMacroCycles } from './searches.ts';
import { assignSlugs, type PinsOfFile } from './slugs.ts';
import { deriveStories } from './stories.ts';
import { cveEntries, techniqueEntries } from './threats.ts';

export interface LinkInput {
  /** In the order of content folders and paths. */
  objects: ContentObject[];
  origins: Map<ContentObject, Origin>;
  /** What reading each object's file said. */
  fileDiagnostics: Map<ContentObject, Diagnostic[]>;
  attachedTests: { file: SourceFile; attached: AttachedTests[] }[];
  deprecations: MappedDeprecation[];
  pins: PinsOfFile[];
  /** What the SPL engine said about searches that have not changed. */
  searches: SearchCache;
}

export type Linked = Omit<Catalog, 'format' | 'roots' | 'attackVersion' | 'pipelines'>;

/** `diagnostics` of the result are those of linking alone. */
export function link(input: LinkInput): Linked {
  const { objects, origins } = input;
  const names = new Names(objects);
  const context = new Context(names, origins);
  const general: Diagnostic[] = [];
  reportDuplicates(objects, context);
  const addresses = assignSlugs(objects, input.pins);
  general.push(...addresses.diagnostics);

  const of = <K extends Kind>(kind: K) => objects.filter((o): o is ObjectOf<K> => o.kind === kind);
  const inPathOrder = of('detection');
  const detections = [...inPathOrder].sort(byName);
  const stories = of('story').sort(byName);
  const macrosInPathOrder = of('macro');
  const macros = [...macrosInPathOrder].sort(byName);
  const lookups = of('lookup').sort(byName);
  const dataSources = of('data_source').sort(byName);
  const baselines = of('baseline').sort(byName);
  const investigations = of('investigation').sort(byName);
  const playbooks = of('playbook').sort(byName);
  const deployments = of('deployment').sort(byName);

  general.push(...attachTests(inPathOrder, input.attachedTests));
  deprecate(objects, input.deprecations, context);
  const searches = new Searches(macrosInPathOrder, input.searches);
  reportMacroCycles(macros, context, searches);

  const links = new Backlinks(context);
  for (const macro of macros) {
    linkSearch(macro, context, searches);
    links.add(macro, [...macroReferences(macro.macros), ...macro.lookups]);
  }
  for (const detection of detections) {
    linkDataNeeded(detection, dataSources, context);
    linkDetection(detection, context, links, searches);
  }
  for (const baseline of baselines) {
    linkSearch(baseline, context, searches);
    baseline.stories = context.resolve(baseline, baseline.stories, 'story', ['analytic_story']);
    baseline.detections = context.resolve(baseline, baseline.detections, 'detection', ['detections']);
    baseline.dataSources = baseline.dataSources.map((all) =>
      context.resolve(baseline, all, 'data_source', ['data_source']),
    );
    configureBaseline(baseline, deployments);
    links.add(baseline, [
      ...macroReferences(baseline.macros),
      ...baseline.lookups,
      ...baseline.stories,
      ...baseline.detections,
      ...baseline.dataSources.flat(),
    ]);
  }
  for (const investigation of investigations) {
    linkSearch(investigation, context, searches);
    investigation.stories = context.resolve(investigation, investigation.stories, 'story', [
      'analytic_story',
    ]);
    links.add(investigation, [
      ...macroReferences(investigation.macros),
      ...investigation.lookups,
      ...investigation.stories,
    ]);
  }
  for (const playbook of playbooks) {
    playbook.stories = context.resolve(playbook, playbook.stories, 'story', ['analytic_story']);
    playbook.detections = context.resolve(playbook, playbook.detections, 'detection', ['detections']);
    links.add(playbook, [...playbook.stories, ...playbook.detections]);
  }
  searches.remember();
  linkDataSources(dataSources, context);

  for (const detection of detections) {
    detection.baselines = union(detection.baselines, links.to(detection, 'baseline'));
    detection.playbooks = links.to(detection, 'playbook');
    configureDetection(detection, deployments, context);
  }
  for (const baseline of baselines) {
    baseline.detections = union(baseline.detections, links.to(baseline, 'detection'));
  }
  for (const object of [...macros, ...lookups, ...dataSources]) object.usedBy = links.to(object);
  for (const story of stories) {
    story.detections = links.to(story, 'detection');
    story.baselines = links.to(story, 'baseline');
    story.investigations = links.to(story, 'investigation');
  }
  const operations = {
    loggingPolicies: of('logging_policy').sort(byName),
    triggers: of('trigger').sort(byName),
    enrichments: of('enrichment').sort(byName),
    responseActions: of('response_action').sort(byName),
    mitigations: of('mitigation').sort(byName),
    useCases: of('use_case').sort(byName),
    customers: of('customer').sort(byName),
  };
  linkOperations(operations, detections, dataSources, playbooks, context);
  deriveStories(stories, detections);
  relateDetections(detections);
  for (const object of objects) linkReplacements(object, context);
  replacedBy(detections, objects);

  for (const detection of detections) {
    detection.diagnostics = [
      ...(input.fileDiagnostics.get(detection) ?? []),
      ...(context.complaints.get(detection) ?? []),
    ];
  }
  return {
    detections,
    stories,
    macros,
    lookups,
    dataSources,
    baselines,
    investigations,
    playbooks,
    deployments,
    dashboards: of('dashboard').sort(byName),
    ...operations,
    techniques: techniqueEntries(detections),
    cves: cveEntries(detections, stories),
    redirects: redirects(inPathOrder, addresses.former, objects),
    diagnostics: [...general, ...[...context.complaints.values()].flat()],
  };
}

function linkDetection(detection: Detection, context: Context, links: Backlinks, searches: Searches): void {
  if (detection.language !== 'sigma') linkSearch(detection, context, searches);
  detection.stories = context.resolve(detection, detection.stories, 'story', ['analytic_story']);
  detection.dataSources = detection.dataSources.map((all) =>
    context.resolve(detection, all, 'data_source', ['data_source', 'data_sources']),
  );
  detection.baselines = context.resolve(detection, detection.baselines, 'baseline', ['baselines']);
  links.add(detection, [
    ...macroReferences(detection.macros),
    ...detection.lookups,
    ...detection.stories,
    ...detection.dataSources.flat(),
    ...detection.baselines,
  ]);
  complainOfTechniques(detection, detection.techniques, context);
  for (const { guid, name } of detection.atomics) {
    if (name) continue;
    const message = `Atomic Red Team has no test \`${guid}\` in the version used here; check the GUID.`;
    context.complain(detection, 'unknown-atomic-test', message, ['atomic_guid', 'simulation'], guid);
  }
}

function linkDataSources(dataSources: readonly DataSource[], context: Context): void {
  for (const source of dataSources) {
    const keys = ['convert_to_log_source'];
    source.convertsTo = source.convertsTo.map((conversion) => ({
      ...conversion,
      dataSource: context.resolveOne(source, conversion.dataSource, 'data_source', keys),
    }));
  }
}

function macroReferences(uses: readonly MacroUse[]): Reference[] {
  return uses.map(({ name }) => ({ kind: 'macro', name }));
}

/** Tests in files of their own go to the detection file that they name; every copy of that file gets them. */
function attachTests(
  detections: readonly Detection[],
  files: { file: SourceFile; attached: AttachedTests[] }[],
): Diagnostic[] {
  if (files.length === 0) return [];
  const carrying = new Set(detections.filter(({ tests }) => tests.length > 0));
  const byFile = new Map<string, Detection[]>();
  for (const detection of detections) {
    const { path, root } = detection.source;
    const key = `${root} ${path.slice(path.lastIndexOf('/') + 1)}`;
    byFile.set(key, [...(byFile.get(key) ?? []), detection]);
  }
  const diagnostics: Diagnostic[] = [];
  for (const { file, attached } of files) {
    for (const { detectionFiles, tests } of attached) {
      const targets = detectionFiles
        .map((name) => (byFile.get(`${file.root} ${name}`) ?? []).filter((each) => sharesFolder(each, file)))
        .find((found) => found.length > 0);
      // A detection that carries its own tests keeps to them; several files may be for one that does not.
      for (const target of targets ?? []) {
        if (!carrying.has(target)) target.tests = [...target.tests, ...tests];
      }
      if (targets) continue;
      const message = `There is no detection file \`${detectionFiles[0]}\`, so these tests belong to nothing; correct \`file\`.`;
      diagnostics.push(file.problem('test-without-detection', message, { start: 0, end: 0 }));
    }
  }
  return diagnostics;
}

/** Whether both are below the folder that holds `tests/`: `gen1/tests/…` is for `gen1/detections/…`. */
function sharesFolder(detection: Detection, tests: SourceFile): boolean {
  const at = tests.path.search(/(^|\/)tests\//);
  const parent = at <= 0 ? '' : `${tests.path.slice(0, at)}/`;
  return detection.source.path.startsWith(parent);
}

function deprecate(
  objects: readonly ContentObject[],
  deprecations: readonly MappedDeprecation[],
  context: Context,
): void {
  for (const { name, deprecation } of deprecations) {
    const target =
      context.names.getFolded('detection', name) ??
      objects.find((object) => object.name.toLowerCase() === name.toLowerCase());
    if (target && !target.deprecation) target.deprecation = deprecation;
  }
}

function linkReplacements(object: ContentObject, context: Context): void {
  if (!object.deprecation) return;
  const replacements = object.deprecation.replacements.map((reference) => {
    const { name } = reference;
    const sameKind = context.names.getFolded(object.kind, name);
    const found =
      sameKind ?? context.names.getFolded('detection', name) ?? context.names.getFolded('story', name);
    if (found) return referenceTo(found);
    context.unknown(object, object.kind, name, ['replacement_content']);
    return { name };
  });
  object.deprecation = { ...object.deprecation, replacements };
}

function replacedBy(detections: readonly Detection[], objects: readonly ContentObject[]): void {
  const found = new Map<string, Reference[]>();
  for (const object of objects) {
    if (object.kind !== 'detection') continue;
    for (const { kind, slug } of object.deprecation?.replacements ?? []) {
      if (kind === 'detection' && slug) found.set(slug, [...(found.get(slug) ?? []), referenceTo(object)]);
    }
  }
  for (const detection of detections) detection.replaces = (found.get(detection.slug) ?? []).sort(byName);
}

function reportDuplicates(objects: readonly ContentObject[], context: Context): void {
  const ids = new Map<string, ContentObject>();
  const names = new Map<string, ContentObject>();
  for (const object of objects) {
    const { id, kind, name, source } = object;
    const sameId = id ? ids.get(id) : undefined;
    const sameName = names.get(`${kind} ${name}`);
    if (id && !sameId) ids.set(id, object);
    if (!sameName) names.set(`${kind} ${name}`, object);
    if (sameId) {
      const message = `The ID ${id} is also that of ${placeOf(sameId, source.root)}; give one of them a new UUID.`;
      context.complain(object, 'duplicate-id', message, ['id']);
    }
    if (sameName) {
      const message = `The name \`${name}\` is also that of ${placeOf(sameName, source.root)}; references mean that one.`;
      context.complain(object, 'duplicate-name', message, ['name', 'title']);
    }
  }
}

function placeOf(object: ContentObject, root: number): string {
  const { path } = object.source;
  return object.source.root === root ? `\`${path}\`` : `\`${path}\` of another content folder`;
}
