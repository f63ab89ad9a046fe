/** Add-ons by maker: a reader fetches the tables of those alone that the events at hand are of. */
import type { SourceType } from './source-type.ts';

interface Family {
  /** What its source types go by, lower case; a trailing `*` stands for any end. */
  names: readonly string[];
  load(): Promise<Readonly<Record<string, SourceType>>>;
}

export const FAMILIES: readonly Family[] = [
  {
    names: [
      'xmlwineventlog*',
      'wineventlog*',
      'sysmon*',
      'activedirectory',
      'iis:configuration:operational',
      'msexchange:management',
    ],
    load: () => import('./families/windows.ts'),
  },
  { names: ['aws:*'], load: () => import('./families/aws.ts') },
  {
    names: ['azure:*', 'mscs:azure:*', 'ms:defender:*', 'ms365:*', 'o365*'],
    load: () => import('./families/microsoft.ts'),
  },
  {
    names: [
      '_json',
      'aws:firehose:json',
      'aws:cloudwatchlogs:eks',
      'circleci',
      'github:*',
      'google:gcp:*',
      'gsuite:*',
      'gws:*',
      'httpevent',
      'kube:*',
      'okta*',
      'osquery*',
      'ping*',
    ],
    load: () => import('./families/cloud.ts'),
  },
  { names: ['cisco:nvm*', 'cisco:isovalent*', 'crowdstrike:*'], load: () => import('./families/agents.ts') },
  {
    names: [
      'bro:*',
      'cisco:asa*',
      'cisco:ftd*',
      'cisco:ios*',
      'cisco:sfw*',
      'pan:*',
      'pan_*',
      'stream:*',
      'suricata*',
      'zeek:*',
      'zscaler*',
    ],
    load: () => import('./families/network.ts'),
  },
  {
    names: [
      'access_com*',
      'apache:access*',
      'crushftp:*',
      'iis',
      'ivanti_vtm_audit',
      'ms:iis*',
      'mswindows:iis',
      'nginx*',
      'splunk_web_access',
      'splunkd_*',
    ],
    load: () => import('./families/web.ts'),
  },
  { names: ['auditd', 'linux*'], load: () => import('./families/linux.ts') },
  {
    names: ['_json', 'audittrail', 'httpevent', 'json', 'splunk*', 'stash*', 'syslog'],
    load: () => import('./families/splunk.ts'),
  },
];

/** Whether a sourcetype goes by a name; `wanted` in lower case. */
export const goesBy = (wanted: string, name: string): boolean =>
  name.endsWith('*') ? wanted.startsWith(name.slice(0, -1)) : wanted === name;
