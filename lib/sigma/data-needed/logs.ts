/**
 * Which logs a rule needs: by log source and event id where its selections compare `EventID`, else by log source and
 * the fields it reads. The rule is that of Atomic Threat Coverage, which called these logs Data Needed, with the
 * categories of today's Sigma.
 */
import { ownEntry } from '../../collections.ts';
import { LINUX_SYSMON, sourceOf } from '../match/sources.ts';
import { WINDOWS_CATEGORIES, WINDOWS_SERVICES } from '../match/windows-sources.ts';
import type { Logsource, RuleScope } from './scope.ts';

/** A log, or one kind of event in it. */
export interface Log {
  /** Channel of the Windows event log, or what the system calls the log elsewhere. */
  channel?: string;
  /** Empty where the log is meant as a whole. */
  eventIds: readonly string[];
  fields: readonly string[];
  /** Source type under which Splunk indexes it. */
  sourcetype?: string;
  /** Field that tells it from others of the source type. */
  separator?: string;
  /** The Sigma log source that it is, where its file says so. */
  logsource?: Logsource;
}

/** What a log source says about a log: not this one, this one, or this one if it has the fields. */
type Located = 'elsewhere' | 'here' | 'by fields';

/** Those of `logs` that hold the events of any of the scopes, in the order given. */
export function logsNeeded<L extends Log>(scopes: readonly RuleScope[], logs: readonly L[]): L[] {
  const needed = new Set<L>();
  for (const scope of scopes) {
    const located = logs.flatMap((log) => {
      const where = locate(scope, log);
      return where === 'elsewhere' ? [] : [{ log, where }];
    });
    const ids = new Set(scope.byEvent.flatMap(({ eventIds }) => eventIds));
    const exact = located.filter(({ log }) =>
      ids.size > 0 ? log.eventIds.some((id) => ids.has(id)) : log.eventIds.length > 0,
    );
    // A log as a whole stands in only where nothing tells its events apart.
    const chosen = exact.length > 0 ? exact : located.filter(({ log }) => log.eventIds.length === 0);
    for (const { log, where } of chosen) {
      if (ids.size > 0 || where === 'here' || hasFields(log, scope)) needed.add(log);
    }
  }
  return logs.filter((log) => needed.has(log));
}

function locate(scope: RuleScope, log: Log): Located {
  const { logsource } = scope;
  if (logsource.product?.toLowerCase() === 'windows') return onWindows(scope, log);
  if (log.logsource && declares(log.logsource, logsource)) return 'here';
  if (log.sourcetype === undefined || log.logsource) return 'elsewhere';
  return ofSourcetype(log.sourcetype, logsource, log) ? 'here' : 'elsewhere';
}

function onWindows({ logsource, byEvent, fields }: RuleScope, log: Log): Located {
  const { category, service } = logsource;
  const { channel, eventIds } = log;
  if (channel === undefined || !isOfWindows(log)) return 'elsewhere';
  if (category !== undefined) {
    const places = ownEntry(WINDOWS_CATEGORIES, category.toLowerCase()) ?? [];
    const here = places.some(
      (place) =>
        WINDOWS_SERVICES[place.service]!.includes(channel) &&
        place.eventIds.some((id) => eventIds.includes(id)),
    );
    // A process creation is in two logs, and not every field is in both.
    return !here ? 'elsewhere' : places.length > 1 ? 'by fields' : 'here';
  }
  // Without a word of where it looks, only its fields can tell.
  if (service === undefined)
    return fields.length > 0 && Object.hasOwn(CHANNELS, channel) ? 'by fields' : 'elsewhere';
  if (!ownEntry(WINDOWS_SERVICES, service.toLowerCase())?.includes(channel)) return 'elsewhere';
  return byEvent.length > 0 ? 'here' : 'by fields';
}

/** Every event of Windows has an id. One published source, of PingID, names the Security log as its own, and none of its fields. */
const isOfWindows = ({ eventIds, fields }: Log): boolean =>
  eventIds.length > 0 || fields.length === 0 || fields.some((field) => /^event_?(?:id|code)$/i.test(field));

const CHANNELS: Readonly<Record<string, true>> = Object.fromEntries(
  Object.values(WINDOWS_SERVICES).flatMap((channels) => channels.map((channel) => [channel, true])),
);

/** Every key that the log declares is what the rule says. */
function declares(declared: Logsource, asked: Logsource): boolean {
  const keys = ['category', 'product', 'service'] as const;
  const said = keys.filter((key) => declared[key] !== undefined);
  return said.length > 0 && said.every((key) => declared[key]!.toLowerCase() === asked[key]?.toLowerCase());
}

function ofSourcetype(sourcetype: string, { category, product, service }: Logsource, log: Log): boolean {
  const known = sourceOf(sourcetype);
  if (!known || (product !== undefined && product.toLowerCase() !== known.product)) return false;
  if (category !== undefined && sourcetype === 'sysmon:linux') {
    return log.eventIds.includes(ownEntry(LINUX_SYSMON, category.toLowerCase()) ?? '');
  }
  // Of sources that hold one kind of call, which one a rule means is not in its log source.
  if (log.separator !== undefined || log.eventIds.length > 0) return false;
  if (service !== undefined) return known.services?.includes(service.toLowerCase()) ?? false;
  return category !== undefined && (known.categories?.includes(category.toLowerCase()) ?? false);
}

/** Every field of the scope is in the log, under its own name or under the one that Windows gives it there. */
function hasFields(log: Log, { fields }: RuleScope): boolean {
  const present = fieldsOf(log);
  return fields.every((field) => present.has(field.toLowerCase()));
}

const known = new WeakMap<Log, ReadonlySet<string>>();

function fieldsOf(log: Log): ReadonlySet<string> {
  const cached = known.get(log);
  if (cached) return cached;
  const fields = new Set(log.fields.map((field) => field.toLowerCase()));
  for (const { service, eventIds, fields: renamed } of Object.values(WINDOWS_CATEGORIES).flat()) {
    if (!renamed || !log.channel || !WINDOWS_SERVICES[service]!.includes(log.channel)) continue;
    if (!eventIds.some((id) => log.eventIds.includes(id))) continue;
    for (const [name, there] of Object.entries(renamed)) {
      if (fields.has(there.toLowerCase())) fields.add(name.toLowerCase());
    }
  }
  known.set(log, fields);
  return fields;
}
