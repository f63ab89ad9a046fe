/**
 * The Data Needed of a rule by the names of Atomic Threat Coverage, as its pages list them, for who comes from there.
 * It knew the channels of a dozen services and one category; rules for others got an empty list, and do so here.
 */
import { WINDOWS_SERVICES } from '../match/windows-sources.ts';
import dataNeeded from './data/atomic-threat-coverage.json' with { type: 'json' };
import type { Logsource, RuleScope } from './scope.ts';

interface DataNeeded {
  name: string;
  platform: string;
  channel?: string;
  provider?: string;
  eventId?: string;
  /** Separated by blanks. */
  fields: string;
}

const all = (dataNeeded as DataNeeded[]).map((entry) => ({
  ...entry,
  fields: new Set(entry.fields.split(' ')),
}));

type Entry = (typeof all)[number];

const services = new Set([
  'sysmon',
  'security',
  'system',
  'dns-server',
  'dns-server-audit',
  'taskscheduler',
  'wmi',
  'driver-framework',
  'dhcp',
  'powershell',
  'powershell-classic',
  'ntlm',
]);

/** What its enrichments read, which a rule that names one needs too. */
const enrichments: Readonly<Record<string, string>> = {
  EN_0001_cache_sysmon_event_id_1_info: 'DN_0003_1_windows_sysmon_process_creation',
  EN_0002_enrich_sysmon_event_id_1_with_parent_info: 'DN_0003_1_windows_sysmon_process_creation',
  EN_0003_enrich_other_sysmon_events_with_event_id_1_data: 'DN_0003_1_windows_sysmon_process_creation',
  EN_0004_enrich_sysmon_event_id_11_with_TargetFilePathFingerprint: 'DN_0015_11_windows_sysmon_FileCreate',
  EN_0005_cache_TargetFilePathFingerprint_from_enriched_sysmon_event_id_11:
    'DN_0015_11_windows_sysmon_FileCreate',
};

/** In order of name. `enrichmentNames` are those that the rule asks for. */
export function dataNeededNames(
  scopes: readonly RuleScope[],
  enrichmentNames: readonly string[] = [],
): string[] {
  const found = new Set(enrichmentNames.flatMap((name) => enrichments[name] ?? []));
  for (const scope of scopes) {
    const entries = all.filter((entry) => isIn(scope, entry));
    for (const { name } of scope.byEvent.length > 0 ? ofEvents(scope, entries) : withFields(scope, entries)) {
      found.add(name);
    }
  }
  return [...found].sort();
}

/** Names of the entries for one kind of event. */
export function dataNeededOf(channel: string, eventIds: readonly string[]): string[] {
  const same = all.filter((entry) => entry.channel === channel && eventIds.includes(entry.eventId ?? ''));
  return same.map(({ name }) => name);
}

function ofEvents({ byEvent }: RuleScope, entries: readonly Entry[]): Entry[] {
  return byEvent.flatMap(({ eventIds, commandLine }) =>
    entries.filter(
      (entry) => eventIds.includes(entry.eventId ?? '') && !(commandLine && lacksCommandLine(entry, entries)),
    ),
  );
}

/** There are two entries for 4688, and one of them is for hosts that do not log the command line. */
function lacksCommandLine(entry: Entry, entries: readonly Entry[]): boolean {
  if (entry.fields.has('CommandLine')) return false;
  const same = (other: Entry) => other.eventId === entry.eventId && other.channel === entry.channel;
  return entries.some((other) => same(other) && other.fields.has('CommandLine'));
}

function withFields({ fields }: RuleScope, entries: readonly Entry[]): Entry[] {
  return entries.filter((entry) => fields.every((field) => entry.fields.has(field)));
}

function isIn({ logsource, byEvent }: RuleScope, entry: Entry): boolean {
  if (logsource.product?.toLowerCase() !== entry.platform.toLowerCase()) return false;
  const { category, service } = logsource;
  if (category === 'process_creation' && byEvent.length === 0) return isProcessCreation(entry);
  return service === undefined || channelsOf({ service }).includes(entry.channel ?? '');
}

function channelsOf({ service = '' }: Logsource): readonly string[] {
  return services.has(service) ? (WINDOWS_SERVICES[service] ?? []) : [];
}

function isProcessCreation({ name }: Entry): boolean {
  return name.includes('process_creation');
}
