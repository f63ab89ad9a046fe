/** Which events a rule is about, and what has to be switched on so that they are written. */
import { groupBy, ownEntry } from '../../collections.ts';
import { WINDOWS_CATEGORIES, WINDOWS_SERVICES } from '../match/windows-sources.ts';
import { fieldItems, fieldsRead } from '../rule/fields.ts';
import type { SigmaDocument, SigmaRule } from '../rule/model.ts';
import { type AuditSubcategory, auditPolicyOf, OTHER_NEEDS, SYSMON_ELEMENTS } from './windows-audit.ts';

/** Events of one Windows log that a rule can match. */
export interface LoggingNeed {
  channels: readonly string[];
  /** Empty: the rule does not say which. */
  eventIds: readonly string[];
  /** What has to be on, a sentence without a full stop each; empty where Windows writes them anyway or nothing is known. */
  needs: string[];
}

/** For each log that could hold what the rule looks for; empty for log sources outside Windows. */
export function loggingNeeds(documents: readonly SigmaDocument[]): LoggingNeed[] {
  const found = documents.flatMap((document) => (document.kind === 'rule' ? needsOf(document) : []));
  const seen = new Set<string>();
  return found.filter((need) => {
    const key = JSON.stringify(need);
    return !seen.has(key) && seen.add(key);
  });
}

function needsOf(rule: SigmaRule): LoggingNeed[] {
  const { product, category, service } = rule.logsource;
  if (product !== 'windows') return [];
  const events = category === undefined ? undefined : ownEntry(WINDOWS_CATEGORIES, category);
  const readsCommandLine = fieldsRead([rule]).includes('CommandLine');
  const places =
    events?.map((entry) => ({ service: entry.service, eventIds: entry.eventIds })) ??
    (service === undefined ? [] : [{ service, eventIds: eventIdsOf(rule) }]);
  return places.flatMap(({ service: name, eventIds }) => {
    const channels = ownEntry(WINDOWS_SERVICES, name);
    if (channels === undefined) return [];
    const needs = needsIn(name, eventIds);
    if (name === 'security' && eventIds.includes('4688') && readsCommandLine)
      needs.push('Group policy: Include command line in process creation events');
    return [{ channels, eventIds, needs }];
  });
}

function needsIn(service: string, eventIds: readonly string[]): string[] {
  if (service === 'security') return auditNeeds(eventIds);
  const elements = service === 'sysmon' ? eventIds.flatMap((id) => SYSMON_ELEMENTS[id] ?? []) : [];
  const other = eventIds.flatMap((id) => OTHER_NEEDS[`${service} ${id}`] ?? []);
  return [
    ...[...new Set(elements)].map((element) => `Sysmon, with ${element} in its configuration`),
    ...new Set([...other, ...(OTHER_NEEDS[service] ? [OTHER_NEEDS[service]] : [])]),
  ];
}

/** A line for each set of events that the same subcategories write. */
function auditNeeds(eventIds: readonly string[]): string[] {
  const byPolicy = new Map<string, { policies: readonly AuditSubcategory[]; ids: string[] }>();
  for (const id of eventIds) {
    const policies = auditPolicyOf(id);
    if (policies === undefined || policies === 'always') continue;
    const key = policies.map(({ subcategory }) => subcategory).join();
    const entry = byPolicy.get(key) ?? { policies, ids: [] };
    entry.ids.push(id);
    byPolicy.set(key, entry);
  }
  return [...byPolicy.values()].map(({ policies, ids }) => {
    const names = alternatives(policies);
    const sacl = policies.every((policy) => policy.sacl) ? ', and an audit entry (SACL) on the object' : '';
    return `Audit policy: ${names}${eventIds.length > ids.length ? ` (${ids.join(', ')})` : ''}${sacl}`;
  });
}

/** Numbers that the rule compares `EventID` with, in the order written. */
function eventIdsOf({ detection }: SigmaRule): string[] {
  const items = fieldItems(detection);
  const ids = items
    .filter(({ field, modifiers }) => field === 'EventID' && modifiers.length === 0)
    .flatMap(({ values }) => values.map(({ text }) => text.trim()));
  return [...new Set(ids.filter((id) => /^\d+$/.test(id)))];
}

/** `Object Access › File System or Registry`: a category once for what is in it. */
function alternatives(policies: readonly AuditSubcategory[]): string {
  const byCategory = [...groupBy(policies, ({ category }) => category)];
  return byCategory
    .map(([category, own]) => `${category} › ${own.map(({ subcategory }) => subcategory).join(' or ')}`)
    .join(', or ');
}
