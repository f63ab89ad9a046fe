/**
 * What surrounds a detection in operation: how its logs are switched on, how it is provoked, enriched, answered and
 * made unnecessary, and for whom. These are the entities of Atomic Threat Coverage. Two of them are kinds that were
 * here before: its Data Needed is a data source, and its Response Playbook is a playbook with stages.
 */
import type { ObjectBase, Reference } from './model-common.ts';
import type { AtomicUse, TechniqueUse } from './model-detection.ts';

/** One thing to do, and what to type or paste for it. */
export interface Step {
  /** Markdown. */
  text: string;
  code?: string;
}

/** In the order in which an incident goes through them. */
export const stages = [
  'preparation',
  'identification',
  'containment',
  'eradication',
  'recovery',
  'lessons learned',
] as const;

export type Stage = (typeof stages)[number];

/** How a system is told to write the events of data sources. */
export interface LoggingPolicy extends ObjectBase {
  kind: 'logging_policy';
  platforms: string[];
  /** What an untouched system does: `not configured`, `partially configured`, `configured`. */
  initialState?: string;
  /** `low`, `medium`, `high`, `very high`. */
  eventVolume?: string;
  eventIds: string[];
  configuration: Step[];
  /** What it makes the system write. */
  dataSources: Reference[];
  /** Detections that read any of them. */
  detections: Reference[];
}

/** How to make a detection fire. */
export interface Trigger extends ObjectBase {
  kind: 'trigger';
  platforms: string[];
  techniques: TechniqueUse[];
  atomics: AtomicUse[];
  /** Rights and tools that it takes. */
  requirements: string[];
  steps: Step[];
  cleanup: Step[];
  /** Named here, or naming a test of Atomic Red Team that is named here. */
  detections: Reference[];
}

/** Facts that are added to events before a detection reads them. */
export interface Enrichment extends ObjectBase {
  kind: 'enrichment';
  /** What it reads. */
  dataSources: Reference[];
  /** Whose events it adds to. */
  enriches: Reference[];
  newFields: string[];
  /** Enrichments that must run before it. */
  requires: Reference[];
  configuration: Step[];
  detections: Reference[];
}

/** One thing that a responder does. */
export interface ResponseAction extends ObjectBase {
  kind: 'response_action';
  stage?: Stage;
  /** What it acts on: network, email, file, process, configuration, identity, general. */
  category?: string;
  /** Tools that do it by themselves. */
  automation: string[];
  /** What must be in place. */
  requirements: string[];
  /** Logs that it reads. */
  dataSources: Reference[];
  /** Markdown. */
  workflow: string;
  playbooks: Reference[];
}

export interface PlaybookStage {
  stage: Stage;
  /** Markdown. */
  note?: string;
  actions: Reference[];
}

/** A policy that keeps a technique from working. */
export interface Mitigation extends ObjectBase {
  kind: 'mitigation';
  platforms: string[];
  /** ATT&CK's mitigation that it puts into practice. */
  attack?: { id: string; name?: string };
  techniques: TechniqueUse[];
  /** Product that enforces it. */
  system?: string;
  minimumVersions: string[];
  prerequisites: string[];
  configuration: Step[];
  /** Detections of its techniques. */
  detections: Reference[];
}

/** A question that somebody wants answered, and the detections that answer it. */
export interface UseCase extends ObjectBase {
  kind: 'use_case';
  detections: Reference[];
  dataSources: Reference[];
  loggingPolicies: Reference[];
  customers: Reference[];
}

/** Somebody for whom detections run. */
export interface Customer extends ObjectBase {
  kind: 'customer';
  useCases: Reference[];
  /** Those of its use cases, and those that it runs besides. */
  detections: Reference[];
  /** What it collects, where its file says so. */
  collects: Reference[];
  /** What its detections read. */
  dataSources: Reference[];
  loggingPolicies: Reference[];
  /** Detections none of whose logs it collects. */
  blind: Reference[];
}
