import type { EventRecord } from '../record.ts';
import { FAMILIES, goesBy } from './source-families.ts';
import type { Content, SourceType } from './source-type.ts';

/** Every source type, the more particular before the more general: the first that recognises an event has it. */
export const ORDER: readonly string[] = [
  'sysmonLinux',
  'sysmon',
  'activeDirectory',
  'windowsText',
  'windowsXml',
  'cloudtrail',
  'securityHub',
  'bedrock',
  'cloudfront',
  'vpcFlow',
  'office365',
  'azureMonitorActivity',
  'azureAudit',
  'defenderHunting',
  'defenderAtpAlerts',
  'defenderIncidentAlerts',
  'azureMonitorAad',
  'okta',
  'pingId',
  'workspaceLogin',
  'workspace',
  'gsuiteDrive',
  'gsuiteGmail',
  'gcp',
  'kubeAudit',
  'kubeObjects',
  'falco',
  'github',
  'circleci',
  'crowdstrike',
  'crowdstrikeStream',
  'crowdstrikeIdentities',
  'osquery',
  'isovalentProcess',
  'ciscoNvm',
  'linuxAudit',
  'linuxSecure',
  'suricata',
  'panTraffic',
  'panThreat',
  'zscaler',
  'ciscoAsa',
  'ciscoIos',
  'ciscoSecureFirewall',
  'zeek',
  'stream',
  'nginx',
  'iis',
  'accessCombined',
  'crushftp',
  'ivantiVtm',
  'splunkAudit',
  'stash',
  'splunkd',
  'genericJson',
  'genericSyslog',
];

/** Source types that tell an event by its form alone. */
const GENERAL: ReadonlySet<string> = new Set(['genericJson', 'genericSyslog']);

/** Asked for a source type whose tables are not here: whoever reads events loads them first. */
export class SourceTypesMissing extends Error {
  constructor(sourcetype: string | undefined) {
    super(
      `The tables of ${sourcetype === undefined ? 'all source types' : `“${sourcetype}”`} are not loaded`,
    );
  }
}

const here = new Map<string, SourceType>();
const loads = new Map<(typeof FAMILIES)[number], Promise<void>>();
const present = new Set<(typeof FAMILIES)[number]>();
let all: readonly SourceType[] = [];
/** Source types that tell an event by more than its form. */
let particular: readonly SourceType[] = [];
const named = new Map<string, readonly SourceType[]>();

const familiesOf = (wanted: string) =>
  FAMILIES.filter(({ names }) => names.some((name) => goesBy(wanted, name)));

/**
 * Loads the tables of a sourcetype's family, or of all where none has it or none is named. Rejects where they cannot be
 * fetched; the next call tries again.
 */
export async function loadSourceTypes(sourcetype?: string): Promise<void> {
  const own = sourcetype === undefined ? [] : familiesOf(sourcetype.toLowerCase());
  await Promise.all((own.length > 0 ? own : FAMILIES).map(loadFamily));
}

function loadFamily(family: (typeof FAMILIES)[number]): Promise<void> {
  const known = loads.get(family);
  if (known !== undefined) return known;
  const load = family.load().then(
    (types) => {
      for (const [name, type] of Object.entries(types)) here.set(name, type);
      present.add(family);
      const names = ORDER.filter((name) => here.has(name));
      all = names.map((name) => here.get(name)!);
      particular = names.filter((name) => !GENERAL.has(name)).map((name) => here.get(name)!);
      named.clear();
    },
    (error) => {
      loads.delete(family);
      throw error;
    },
  );
  loads.set(family, load);
  return load;
}

/** Loads whatever else is needed for events that are not what their sourcetype says; see `ReadOptions.sourceTypes`. */
export async function settleSourceTypes(records: readonly EventRecord[]): Promise<void> {
  try {
    for (const record of records) void record.fields;
  } catch (error) {
    if (!(error instanceof SourceTypesMissing)) throw error;
    await loadSourceTypes();
  }
}

const isComplete = (): boolean => present.size === FAMILIES.length;

/**
 * Source types that go by this sourcetype, letter case ignored; several where one name covers more (XmlWinEventLog).
 * Throws where their tables are not loaded.
 */
export function typesNamed(sourcetype: string): readonly SourceType[] {
  const wanted = sourcetype.toLowerCase();
  let found = named.get(wanted);
  if (found === undefined) {
    const families = familiesOf(wanted);
    const ready = families.length === 0 ? isComplete() : families.every((family) => present.has(family));
    if (!ready) throw new SourceTypesMissing(sourcetype);
    const exact = all.filter((type) => type.sourcetype.toLowerCase() === wanted);
    const others = all.filter(
      (type) => !exact.includes(type) && (type.names ?? []).some((name) => goesBy(wanted, name)),
    );
    found = [...exact, ...others];
    named.set(wanted, found);
  }
  return found;
}

/** Types to try one after another, and the one that an event is of where none recognises it. */
export function typesToTry(candidates: readonly SourceType[] | undefined): {
  tried: readonly SourceType[];
  otherwise(): SourceType | undefined;
} {
  if (!isComplete()) {
    const otherwise = () => {
      throw new SourceTypesMissing(undefined);
    };
    return { tried: candidates ?? [], otherwise };
  }
  if (candidates === undefined) return { tried: all, otherwise: () => undefined };
  // A stated sourcetype that does not fit the text (a JSON event under XmlWinEventLog) leaves the fields to the text.
  return { tried: [...candidates, ...particular], otherwise: () => candidates[0] };
}

/** The type of an event: among `candidates`, those that its stated sourcetype names; of all types without them. */
export function identifyAmong(
  content: Content,
  candidates: readonly SourceType[] | undefined,
): SourceType | undefined {
  const { tried, otherwise } = typesToTry(candidates);
  return tried.find((type) => type.recognise?.(content) === true) ?? otherwise();
}
