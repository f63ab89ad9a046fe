/** Names of channels and fields as the old converter's configurations for Windows had them. */

export interface LegacySettings {
  /** Every entry whose parts equal the rule's adds its condition. */
  sources: readonly LegacySource[];
  fields: ReadonlyMap<string, LegacyField>;
}

export interface LegacySource {
  product: string;
  service: string;
  category?: string;
  condition: readonly [field: string, value: string];
}

/** One name, or names that depend on the event ids of the rule. */
export type LegacyField =
  | string
  | { byEventId: ReadonlyMap<string, readonly string[]>; otherwise: readonly string[] };

const windows = (service: string, field: string, value: string, category?: string): LegacySource => ({
  product: 'windows',
  service,
  ...(category === undefined ? {} : { category }),
  condition: [field, value],
});

const CHANNELS: readonly (readonly [service: string, channel: string])[] = [
  ['application', 'Application'],
  ['security', 'Security'],
  ['system', 'System'],
  ['sysmon', 'Microsoft-Windows-Sysmon/Operational'],
  ['powershell', 'Microsoft-Windows-PowerShell/Operational'],
  ['taskscheduler', 'Microsoft-Windows-TaskScheduler/Operational'],
  ['wmi', 'Microsoft-Windows-WMI-Activity/Operational'],
  ['ntlm', 'Microsoft-Windows-NTLM/Operational'],
  ['dhcp', 'Microsoft-Windows-DHCP-Server/Operational'],
];
const DRIVER = 'Microsoft-Windows-DriverFrameworks-UserMode/Operational';
const DHCP = 'Microsoft-Windows-DHCP-Server/Operational';
const AUDITING = 'Microsoft-Windows-Security-Auditing';
const DNS_AUDIT = 'Microsoft-Windows-DNS-Server/Audit';

export const NO_SETTINGS: LegacySettings = { sources: [], fields: new Map() };

export const POWERSHELL: LegacySettings = {
  sources: [
    ...CHANNELS.map(([service, channel]) => windows(service, 'LogName', channel)),
    windows('powershell-classic', 'LogName', 'Windows PowerShell'),
    windows('dns-server', 'LogName', 'DNS Server', 'dns'),
    windows('dns-server-audit', 'LogName', DNS_AUDIT),
    windows('driver-framework', 'LogName', DRIVER),
  ],
  fields: new Map(),
};

export const SPLUNK: LegacySettings = {
  sources: [
    ...CHANNELS.map(([service, channel]) => windows(service, 'source', `WinEventLog:${channel}`)),
    windows('powershell-classic', 'source', 'Windows PowerShell'),
    windows('dns-server', 'source', 'DNS Server', 'dns'),
    windows('dns-server-audit', 'source', DNS_AUDIT),
    windows('driver-framework', 'source', DRIVER),
  ].map((source) => {
    const bare = source.service === 'dhcp' || source.service === 'ntlm';
    return bare
      ? { ...source, condition: ['source', source.condition[1].slice('WinEventLog:'.length)] }
      : source;
  }),
  fields: new Map([['EventID', 'EventCode']]),
};

const EVENT_DATA =
  'AccessMask AccountName AllowedToDelegateTo AttributeLDAPDisplayName AuditPolicyChanges AuthenticationPackageName CallingProcessName CallTrace CommandLine ContextInfo CurrentDirectory Description DestinationHostname DestinationIp DestinationIsIpv6 DestinationPort Details EngineVersion EventType FailureCode FileName GrantedAccess GroupName GroupSid Hashes HiveName HostVersion Image ImageLoaded ImagePath Imphash IpAddress KeyLength LogonProcessName LogonType Message NewProcessName ObjectClass ObjectName ObjectType ObjectValueName ParentCommandLine ParentProcessName ParentImage Path PipeName ProcessCommandLine ProcessName Properties RuleName SecurityID ServiceFileName ServiceName ShareName Signature Source SourceImage StartModule Status SubjectUserName SubjectUserSid TargetFilename TargetImage TargetObject TicketEncryptionType TicketOptions User WorkstationName';

export const WINLOGBEAT: LegacySettings = {
  sources: [
    windows('application', 'winlog.channel', 'Application'),
    windows('security', 'winlog.channel', 'Security'),
    windows('sysmon', 'winlog.channel', 'Microsoft-Windows-Sysmon/Operational'),
    windows('dns-server', 'winlog.channel', 'DNS Server'),
    windows('driver-framework', 'winlog.provider_name', DRIVER),
    windows('dhcp', 'winlog.provider_name', DHCP),
  ],
  fields: new Map([
    ['EventID', 'winlog.event_id'],
    ['ComputerName', 'winlog.computer_name'],
    ...EVENT_DATA.split(' ').map((field): [string, string] => [field, `winlog.event_data.${field}`]),
  ]),
};

const ACCOUNTS: Readonly<Record<string, string>> = {
  user: '4611 4634 4662 4672 4688 4719 4731 4735 4737 4755 4768 4769 4770 4771 4774 4776 4904 4905 5061 5136 5137',
  'target_user caller_user': '4624 4625 4648 4720 4722 4723 4724 4738 4740 4742 4767 4781',
  'user member': '4728 4729 4732 4756 4757',
};
const ANY_ACCOUNT = ['caller_user', 'target_user', 'user', 'member'];

export const LOGPOINT: LegacySettings = {
  sources: [
    windows('security', 'event_source', AUDITING),
    windows('system', 'event_source', AUDITING),
    windows('dns-server', 'event_source', 'DNS Server'),
    windows('driver-framework', 'source', DRIVER),
    windows('dhcp', 'source', DHCP),
  ],
  fields: new Map<string, LegacyField>([
    ['EventID', 'event_id'],
    ['FailureCode', 'result_code'],
    ['GroupName', 'group_name'],
    ['GroupSid', 'group_sid'],
    ['KeyLength', 'key_length'],
    ['LogonProcessName', 'logon_process'],
    ['LogonType', 'logon_type'],
    ['ServiceName', 'service'],
    [
      'SubjectAccountName',
      {
        byEventId: new Map(
          Object.entries(ACCOUNTS).flatMap(([names, ids]) =>
            ids.split(' ').map((id): [string, string[]] => [id, names.split(' ')]),
          ),
        ),
        otherwise: ANY_ACCOUNT,
      },
    ],
    ['TicketOptions', 'ticket_options'],
    ['TicketEnctyption', 'ticket_encryption'],
    ['Type', 'event_type'],
    ['UserName', { byEventId: new Map(), otherwise: ANY_ACCOUNT }],
    ['SourceWorkstation', 'workstation'],
  ]),
};
