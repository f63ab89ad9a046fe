/**
 * Where the events of a Sigma log source of Windows are: channels of services, event ids of categories. Facts: names of
 * channels as Windows has them, numbers of events as Sysmon and PowerShell document them.
 */

const operational = (name: string): string => `Microsoft-Windows-${name}/Operational`;

/** Service → channels. */
export const WINDOWS_SERVICES: Readonly<Record<string, readonly string[]>> = {
  application: ['Application'],
  security: ['Security'],
  system: ['System'],
  sysmon: [operational('Sysmon')],
  powershell: [operational('PowerShell'), 'PowerShellCore/Operational'],
  'powershell-classic': ['Windows PowerShell'],
  ntlm: [operational('NTLM')],
  taskscheduler: [operational('TaskScheduler')],
  wmi: [operational('WMI-Activity')],
  dhcp: [operational('DHCP-Server')],
  'dns-server': ['DNS Server'],
  'dns-server-analytic': ['Microsoft-Windows-DNS-Server/Analytical'],
  'dns-server-audit': ['Microsoft-Windows-DNS-Server/Audit'],
  'dns-client': [operational('DNS Client Events'), operational('DNS-Client')],
  'driver-framework': [operational('DriverFrameworks-UserMode')],
  'printservice-admin': ['Microsoft-Windows-PrintService/Admin'],
  'printservice-operational': [operational('PrintService')],
  'smbclient-security': ['Microsoft-Windows-SmbClient/Security'],
  'smbclient-connectivity': ['Microsoft-Windows-SmbClient/Connectivity'],
  'smbserver-connectivity': ['Microsoft-Windows-SMBServer/Connectivity'],
  'terminalservices-localsessionmanager': [operational('TerminalServices-LocalSessionManager')],
  'codeintegrity-operational': [operational('CodeIntegrity')],
  applocker: [
    'Microsoft-Windows-AppLocker/MSI and Script',
    'Microsoft-Windows-AppLocker/EXE and DLL',
    'Microsoft-Windows-AppLocker/Packaged app-Deployment',
    'Microsoft-Windows-AppLocker/Packaged app-Execution',
  ],
  'msexchange-management': ['MSExchange Management'],
  windefend: [operational('Windows Defender')],
  'firewall-as': ['Microsoft-Windows-Windows Firewall With Advanced Security/Firewall'],
  'bits-client': [operational('Bits-Client')],
  'security-mitigations': [
    'Microsoft-Windows-Security-Mitigations/Kernel Mode',
    'Microsoft-Windows-Security-Mitigations/User Mode',
  ],
  'diagnosis-scripted': [operational('Diagnosis-Scripted')],
  'shell-core': [operational('Shell-Core')],
  openssh: ['OpenSSH/Operational'],
  ldap: ['Microsoft-Windows-LDAP-Client/Debug'],
  bitlocker: ['Microsoft-Windows-BitLocker/BitLocker Management'],
  vhdmp: [operational('VHDMP')],
  'appxdeployment-server': [operational('AppXDeploymentServer')],
  'lsa-server': [operational('LSA')],
  'appxpackaging-om': [operational('AppxPackaging')],
  'appmodel-runtime': ['Microsoft-Windows-AppModel-Runtime/Admin'],
  capi2: [operational('CAPI2')],
  'certificateservicesclient-lifecycle-system': [operational('CertificateServicesClient-Lifecycle-System')],
  'kernel-shimengine': [operational('Kernel-ShimEngine'), 'Microsoft-Windows-Kernel-ShimEngine/Diagnostic'],
  'application-experience': [
    'Microsoft-Windows-Application-Experience/Program-Telemetry',
    'Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant',
  ],
  ntfs: [operational('Ntfs')],
  'hyper-v-worker': ['Microsoft-Windows-Hyper-V-Worker'],
  'kernel-event-tracing': ['Microsoft-Windows-Kernel-EventTracing'],
  sense: [operational('SENSE')],
  'servicebus-client': ['Microsoft-ServiceBus-Client/Admin', 'Microsoft-ServiceBus-Client/Operational'],
  'microsoft-servicebus-client': [
    'Microsoft-ServiceBus-Client/Admin',
    'Microsoft-ServiceBus-Client/Operational',
  ],
  'iis-configuration': ['Microsoft-IIS-Configuration/Operational'],
};

export interface CategoryEvents {
  service: keyof typeof WINDOWS_SERVICES & string;
  eventIds: readonly string[];
  /** Sysmon tells keys from values in the field `EventType`. */
  eventType?: string;
  /** Fields that have another name in these events: name in rules → name in events. */
  fields?: Readonly<Record<string, string>>;
}

const sysmon = (...eventIds: readonly string[]): readonly CategoryEvents[] => [
  { service: 'sysmon', eventIds },
];

/** Numbers of Defender's events that tell of a threat. */
const DEFENDER_THREATS = '1006 1007 1008 1009 1010 1011 1012 1017 1018 1019 1115 1116'.split(' ');

/** Category → events. Categories without events in a Windows log (file access, rename) are absent. */
export const WINDOWS_CATEGORIES: Readonly<Record<string, readonly CategoryEvents[]>> = {
  process_creation: [
    ...sysmon('1'),
    {
      service: 'security',
      eventIds: ['4688'],
      fields: { Image: 'NewProcessName', ParentImage: 'ParentProcessName' },
    },
  ],
  file_change: sysmon('2'),
  network_connection: sysmon('3'),
  sysmon_status: sysmon('4', '16'),
  process_termination: sysmon('5'),
  driver_load: sysmon('6'),
  image_load: sysmon('7'),
  create_remote_thread: sysmon('8'),
  raw_access_thread: sysmon('9'),
  process_access: sysmon('10'),
  file_event: sysmon('11'),
  registry_event: sysmon('12', '13', '14'),
  registry_add: [{ service: 'sysmon', eventIds: ['12'], eventType: 'CreateKey' }],
  registry_delete: [
    { service: 'sysmon', eventIds: ['12'], eventType: 'DeleteKey' },
    { service: 'sysmon', eventIds: ['12'], eventType: 'DeleteValue' },
  ],
  registry_set: sysmon('13'),
  registry_rename: sysmon('14'),
  create_stream_hash: sysmon('15'),
  pipe_created: sysmon('17', '18'),
  wmi_event: sysmon('19', '20', '21'),
  dns_query: sysmon('22'),
  file_delete: sysmon('23'),
  clipboard_change: sysmon('24'),
  process_tampering: sysmon('25'),
  file_delete_detected: sysmon('26'),
  file_block_executable: sysmon('27'),
  file_block_shredding: sysmon('28'),
  file_executable_detected: sysmon('29'),
  sysmon_error: sysmon('255'),
  ps_module: [{ service: 'powershell', eventIds: ['4103'] }],
  ps_script: [{ service: 'powershell', eventIds: ['4104'] }],
  ps_classic_start: [{ service: 'powershell-classic', eventIds: ['400'] }],
  ps_classic_provider_start: [{ service: 'powershell-classic', eventIds: ['600'] }],
  ps_classic_script: [{ service: 'powershell-classic', eventIds: ['800'] }],
  antivirus: [
    {
      service: 'windefend',
      eventIds: DEFENDER_THREATS,
      fields: { Signature: 'ThreatName', Filename: 'Path' },
    },
  ],
};
