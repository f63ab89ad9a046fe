/** Which products, services and categories the source types of other systems hold. */
import { ownEntry } from '../../collections.ts';

export interface SourceOf {
  product?: string;
  services?: readonly string[];
  categories?: readonly string[];
}

/** By source type; a key also stands for source types that go on behind it with a colon. */
const SOURCE_TYPES: Readonly<Record<string, SourceOf>> = {
  'sysmon:linux': {
    product: 'linux',
    services: ['sysmon'],
    categories: [
      'process_creation',
      'file_event',
      'network_connection',
      'process_termination',
      'raw_access_thread',
      'file_delete',
    ],
  },
  'linux:audit': { product: 'linux', services: ['auditd'], categories: [] },
  linux_secure: { product: 'linux', services: ['auth', 'sshd', 'sudo', 'syslog', 'cron'], categories: [] },
  'aws:cloudtrail': { product: 'aws', services: ['cloudtrail'], categories: [] },
  'o365:management:activity': {
    product: 'm365',
    services: ['audit', 'exchange', 'threat_management', 'threat_detection'],
    categories: [],
  },
  'azure:monitor:aad': {
    product: 'azure',
    services: ['signinlogs', 'auditlogs', 'riskdetection', 'pim'],
    categories: [],
  },
  'mscs:azure:audit': { product: 'azure', services: ['activitylogs'], categories: [] },
  'OktaIM2:log': { product: 'okta', services: ['okta'], categories: [] },
  'google:gcp:pubsub:message': { product: 'gcp', services: ['gcp.audit'], categories: [] },
  'bro:json': { product: 'zeek', categories: [] },
  'cisco:asa': { product: 'cisco', services: ['asa'], categories: ['firewall'] },
  'cisco:ios': { product: 'cisco', services: ['aaa', 'syslog', 'ldp', 'bgp'], categories: [] },
  'pan:traffic': { product: 'paloalto', categories: ['firewall'] },
  'pan:threat': { product: 'paloalto', categories: ['proxy'] },
  'zscalernss-web': { product: 'zscaler', services: [], categories: ['proxy'] },
  access_combined: { services: ['apache', 'nginx'], categories: ['webserver'] },
  'nginx:plus:kv': { product: 'nginx', services: ['nginx'], categories: ['webserver'] },
  'ms:iis:auto': { product: 'iis', services: [], categories: ['webserver'] },
};

/** What a source type holds; undefined where the table does not say. */
export function sourceOf(sourcetype: string): SourceOf | undefined {
  for (let name = sourcetype; ; name = name.slice(0, name.lastIndexOf(':'))) {
    const found = ownEntry(SOURCE_TYPES, name);
    if (found !== undefined) return found;
    if (!name.includes(':')) return undefined;
  }
}

/** Event ids of Sysmon for Linux, by category. */
export const LINUX_SYSMON: Readonly<Record<string, string>> = {
  process_creation: '1',
  network_connection: '3',
  process_termination: '5',
  raw_access_thread: '9',
  file_event: '11',
  file_delete: '23',
};
