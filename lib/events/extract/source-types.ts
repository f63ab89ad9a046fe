import type { Content, SourceType } from './source-type.ts';
import { ciscoNvm, isovalentProcess } from './types/agents.ts';
import { bedrock, cloudfront, securityHub, vpcFlow } from './types/aws.ts';
import { azureAudit, azureMonitorAad, azureMonitorActivity, defenderHunting } from './types/azure.ts';
import { circleci, falco, gcp, github, kubeAudit, kubeObjects, osquery } from './types/cloud.ts';
import { cloudtrail } from './types/cloudtrail.ts';
import { crowdstrike, crowdstrikeIdentities, crowdstrikeStream } from './types/crowdstrike.ts';
import { defenderAtpAlerts, defenderIncidentAlerts } from './types/defender.ts';
import { ciscoAsa, ciscoIos, ciscoSecureFirewall, panThreat, panTraffic } from './types/firewall.ts';
import { gsuiteDrive, gsuiteGmail, workspace, workspaceLogin } from './types/google.ts';
import { okta, pingId } from './types/identity.ts';
import { linuxAudit, linuxSecure } from './types/linux.ts';
import { office365 } from './types/microsoft.ts';
import { stream, suricata, zeek, zscaler } from './types/network.ts';
import { genericJson, genericSyslog, splunkAudit, splunkd, stash } from './types/splunk.ts';
import { sysmon, sysmonLinux } from './types/sysmon.ts';
import { accessCombined, crushftp, iis, ivantiVtm, nginx } from './types/web.ts';
import { windowsText, windowsXml } from './types/windows.ts';
import { activeDirectory } from './types/windows-directory.ts';

/** Every source type, the more particular before the more general: the first that recognises an event has it. */
export const SOURCE_TYPES: readonly SourceType[] = [
  sysmonLinux,
  sysmon,
  activeDirectory,
  windowsText,
  windowsXml,
  cloudtrail,
  securityHub,
  bedrock,
  cloudfront,
  vpcFlow,
  office365,
  azureMonitorActivity,
  azureAudit,
  defenderHunting,
  defenderAtpAlerts,
  defenderIncidentAlerts,
  azureMonitorAad,
  okta,
  pingId,
  workspaceLogin,
  workspace,
  gsuiteDrive,
  gsuiteGmail,
  gcp,
  kubeAudit,
  kubeObjects,
  falco,
  github,
  circleci,
  crowdstrike,
  crowdstrikeStream,
  crowdstrikeIdentities,
  osquery,
  isovalentProcess,
  ciscoNvm,
  linuxAudit,
  linuxSecure,
  suricata,
  panTraffic,
  panThreat,
  zscaler,
  ciscoAsa,
  ciscoIos,
  ciscoSecureFirewall,
  zeek,
  stream,
  nginx,
  iis,
  accessCombined,
  crushftp,
  ivantiVtm,
  splunkAudit,
  stash,
  splunkd,
  genericJson,
  genericSyslog,
];

/** Source types that tell an event by more than its form. */
export const PARTICULAR_TYPES = SOURCE_TYPES.filter((type) => type !== genericJson && type !== genericSyslog);

const named = new Map<string, readonly SourceType[]>();

/** Source types that go by this sourcetype, letter case ignored; several where one name covers more (XmlWinEventLog). */
export function typesNamed(sourcetype: string): readonly SourceType[] {
  const wanted = sourcetype.toLowerCase();
  let found = named.get(wanted);
  if (found === undefined) {
    const matches = (name: string) =>
      name.endsWith('*') ? wanted.startsWith(name.slice(0, -1)) : wanted === name;
    const exact = SOURCE_TYPES.filter((type) => type.sourcetype.toLowerCase() === wanted);
    const others = SOURCE_TYPES.filter((type) => !exact.includes(type) && (type.names ?? []).some(matches));
    found = [...exact, ...others];
    named.set(wanted, found);
  }
  return found;
}

/** Types to try one after another, and the one that an event is of where none recognises it. */
export function typesToTry(candidates: readonly SourceType[] | undefined): {
  tried: readonly SourceType[];
  otherwise: SourceType | undefined;
} {
  if (candidates === undefined) return { tried: SOURCE_TYPES, otherwise: undefined };
  // A stated sourcetype that does not fit the text (a JSON event under XmlWinEventLog) leaves the fields to the text.
  return { tried: [...candidates, ...PARTICULAR_TYPES], otherwise: candidates[0] };
}

/** The type of an event: among `candidates`, those that its stated sourcetype names; of all types without them. */
export function identifyAmong(
  content: Content,
  candidates: readonly SourceType[] | undefined,
): SourceType | undefined {
  const { tried, otherwise } = typesToTry(candidates);
  return tried.find((type) => type.recognise?.(content) === true) ?? otherwise;
}
