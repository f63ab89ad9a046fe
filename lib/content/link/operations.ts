/** Links of what surrounds detections in operation, both ways. */
import { technique } from '../../attack/techniques.ts';
import type {
  ContentObject,
  Customer,
  DataSource,
  Detection,
  Enrichment,
  LoggingPolicy,
  Mitigation,
  Playbook,
  Reference,
  ResponseAction,
  TechniqueUse,
  Trigger,
  UseCase,
} from '../model.ts';
import { byName, union } from './backlinks.ts';
import type { Context } from './context.ts';
import { referenceTo } from './names.ts';

export interface Operations {
  loggingPolicies: LoggingPolicy[];
  triggers: Trigger[];
  enrichments: Enrichment[];
  responseActions: ResponseAction[];
  mitigations: Mitigation[];
  useCases: UseCase[];
  customers: Customer[];
}

/** Detections, data sources and playbooks have their own links by now. */
export function linkOperations(
  operations: Operations,
  detections: readonly Detection[],
  dataSources: readonly DataSource[],
  playbooks: readonly Playbook[],
  context: Context,
): void {
  linkEnrichments(operations.enrichments, detections, dataSources, context);
  linkLoggingPolicies(operations.loggingPolicies, detections, dataSources, context);
  linkTriggers(operations.triggers, detections, context);
  linkResponse(operations.responseActions, playbooks, context);
  linkMitigations(operations.mitigations, detections, context);
  linkUseCases(operations, detections, dataSources, context);
}

function linkLoggingPolicies(
  policies: readonly LoggingPolicy[],
  detections: readonly Detection[],
  dataSources: readonly DataSource[],
  context: Context,
): void {
  const readers = new Map<string, Reference[]>();
  for (const detection of detections) {
    for (const name of sourceNames(detection)) push(readers, name, referenceTo(detection));
  }
  const feeding = new Map<string, Reference[]>();
  for (const policy of policies) {
    policy.dataSources = context.resolve(policy, policy.dataSources, 'data_source', ['data_sources']);
    for (const { name } of policy.dataSources) push(feeding, name, referenceTo(policy));
    policy.detections = merged(policy.dataSources.map(({ name }) => readers.get(name) ?? []));
  }
  for (const source of dataSources) source.loggingPolicies = feeding.get(source.name) ?? [];
}

function linkTriggers(
  triggers: readonly Trigger[],
  detections: readonly Detection[],
  context: Context,
): void {
  const byAtomic = new Map<string, Reference[]>();
  for (const detection of detections) {
    for (const { guid } of detection.atomics) push(byAtomic, guid.toLowerCase(), referenceTo(detection));
  }
  const provoking = new Map<string, Reference[]>();
  for (const trigger of triggers) {
    complainOfTechniques(trigger, trigger.techniques, context);
    for (const { guid, name } of trigger.atomics) {
      if (name) continue;
      const message = `Atomic Red Team has no test \`${guid}\` in the version used here; check the GUID.`;
      context.complain(trigger, 'unknown-atomic-test', message, ['atomic_tests'], guid);
    }
    trigger.detections = merged([
      context.resolve(trigger, trigger.detections, 'detection', ['detections']),
      ...trigger.atomics.map(({ guid }) => byAtomic.get(guid) ?? []),
    ]);
    for (const { name } of trigger.detections) push(provoking, name, referenceTo(trigger));
  }
  for (const detection of detections) detection.triggers = provoking.get(detection.name) ?? [];
}

function linkEnrichments(
  enrichments: readonly Enrichment[],
  detections: readonly Detection[],
  dataSources: readonly DataSource[],
  context: Context,
): void {
  const asking = new Map<string, Reference[]>();
  for (const detection of detections) {
    for (const { name } of detection.enrichments) push(asking, name, referenceTo(detection));
  }
  const adding = new Map<string, Reference[]>();
  const serving = new Map<string, Reference[]>();
  for (const enrichment of enrichments) {
    const resolve = (
      references: Reference[],
      kind: 'data_source' | 'enrichment' | 'detection',
      key: string,
    ) => context.resolve(enrichment, references, kind, [key]);
    enrichment.dataSources = resolve(enrichment.dataSources, 'data_source', 'data_sources');
    enrichment.enriches = resolve(enrichment.enriches, 'data_source', 'enriches');
    enrichment.requires = resolve(enrichment.requires, 'enrichment', 'requires');
    enrichment.detections = merged([
      resolve(enrichment.detections, 'detection', 'detections'),
      asking.get(enrichment.name) ?? [],
    ]);
    for (const { name } of enrichment.enriches) push(adding, name, referenceTo(enrichment));
    for (const { name } of enrichment.detections) push(serving, name, referenceTo(enrichment));
  }
  for (const source of dataSources) source.enrichedBy = adding.get(source.name) ?? [];
  for (const detection of detections) {
    detection.enrichments = union(detection.enrichments, serving.get(detection.name) ?? []);
  }
}

function linkResponse(
  actions: readonly ResponseAction[],
  playbooks: readonly Playbook[],
  context: Context,
): void {
  const using = new Map<string, Reference[]>();
  for (const playbook of playbooks) {
    complainOfTechniques(playbook, playbook.techniques, context);
    playbook.stages = playbook.stages.map((stage) => ({
      ...stage,
      actions: context.resolve(playbook, stage.actions, 'response_action', ['stages']),
    }));
    for (const { actions: named } of playbook.stages) {
      for (const { name } of named) push(using, name, referenceTo(playbook));
    }
  }
  for (const action of actions) {
    action.dataSources = context.resolve(action, action.dataSources, 'data_source', ['data_sources']);
    action.playbooks = merged([using.get(action.name) ?? []]);
  }
}

function linkMitigations(
  mitigations: readonly Mitigation[],
  detections: readonly Detection[],
  context: Context,
): void {
  const byTechnique = new Map<string, Detection[]>();
  for (const detection of detections) {
    if (detection.status === 'removed') continue;
    for (const use of detection.techniques) {
      if (!use.implied) push(byTechnique, use.successor ?? use.id, detection);
    }
  }
  for (const mitigation of mitigations) {
    complainOfTechniques(mitigation, mitigation.techniques, context);
    const { attack } = mitigation;
    if (attack && !attack.name) {
      const message = `ATT&CK has no mitigation \`${attack.id}\` in the version used here; check the ID.`;
      context.complain(mitigation, 'unknown-mitigation', message, ['mitre_mitigation_id'], attack.id);
    }
    const against = new Set(
      mitigation.techniques
        .filter((use) => !use.implied)
        .flatMap((use) => byTechnique.get(use.successor ?? use.id) ?? []),
    );
    mitigation.detections = [...against].map(referenceTo).sort(byName);
    for (const detection of against) {
      detection.mitigations = [...detection.mitigations, referenceTo(mitigation)];
    }
  }
}

function linkUseCases(
  { useCases, customers }: Operations,
  detections: readonly Detection[],
  dataSources: readonly DataSource[],
  context: Context,
): void {
  const detectionByName = new Map(detections.map((detection) => [detection.name, detection]));
  const sourceByName = new Map(dataSources.map((source) => [source.name, source]));
  const of = (references: Reference[]) => references.flatMap(({ name }) => detectionByName.get(name) ?? []);
  const read = (references: Reference[]) =>
    merged(of(references).map((detection) => detection.dataSources.flat()));
  const policies = (sources: Reference[]) =>
    merged(sources.map(({ name }) => sourceByName.get(name)?.loggingPolicies ?? []));

  const within = new Map<string, Reference[]>();
  for (const useCase of useCases) {
    useCase.detections = context.resolve(useCase, useCase.detections, 'detection', ['detections']);
    useCase.dataSources = read(useCase.detections);
    useCase.loggingPolicies = policies(useCase.dataSources);
    for (const { name } of useCase.detections) push(within, name, referenceTo(useCase));
  }
  for (const detection of detections) detection.useCases = within.get(detection.name) ?? [];

  const having = new Map<string, Reference[]>();
  for (const customer of customers) {
    customer.useCases = context.resolve(customer, customer.useCases, 'use_case', ['use_cases']);
    const own = context.resolve(customer, customer.detections, 'detection', ['detections']);
    const named = customer.useCases.map(({ name }) => context.names.get('use_case', name)?.detections ?? []);
    customer.detections = merged([...named, own]);
    customer.collects = context.resolve(customer, customer.collects, 'data_source', ['data_sources']);
    customer.dataSources = read(customer.detections);
    customer.loggingPolicies = policies(customer.dataSources);
    customer.blind = blindOf(customer, of(customer.detections));
    for (const { name } of customer.useCases) push(having, name, referenceTo(customer));
  }
  for (const useCase of useCases) useCase.customers = having.get(useCase.name) ?? [];
}

/** Without a list of what is collected nothing can be said. */
function blindOf({ collects }: Customer, detections: readonly Detection[]): Reference[] {
  if (collects.length === 0) return [];
  const collected = new Set(collects.map(({ name }) => name));
  const sees = ({ dataSources }: Detection) =>
    dataSources.length === 0 || dataSources.some((all) => all.every(({ name }) => collected.has(name)));
  return detections.filter((detection) => !sees(detection)).map(referenceTo);
}

export function complainOfTechniques(
  object: ContentObject,
  techniques: readonly TechniqueUse[],
  context: Context,
): void {
  const keys = ['mitre_attack_id', 'tags'];
  for (const { id, name, successor, implied } of techniques) {
    if (implied) continue;
    if (!name) {
      const message = `ATT&CK has no technique \`${id}\` in the version used here; check the ID.`;
      context.complain(object, 'unknown-technique', message, keys, id);
    } else if (technique(id)?.state !== 'current') {
      const instead = successor ? `write \`${successor}\` instead` : 'it has no successor; choose another';
      const message = `ATT&CK has withdrawn \`${id}\` (${name}); ${instead}.`;
      context.complain(object, 'superseded-technique', message, keys, id);
    }
  }
}

function sourceNames(detection: Detection): Set<string> {
  return new Set(detection.dataSources.flat().map(({ name }) => name));
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** All of the lists, each object once, by name. */
function merged(lists: readonly (readonly Reference[])[]): Reference[] {
  const found = new Map(lists.flat().map((reference) => [reference.name, reference]));
  return [...found.values()].sort(byName);
}
