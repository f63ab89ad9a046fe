import type { EventType, SourceType } from '../source-type.ts';
import type { Step } from '../steps.ts';
import { ONE_NAME, SYSMON_EVENTS } from './windows-names.ts';

const REGISTRY = ['12', '13', '14'];
const WMI = ['19', '20', '21'];
const FILES = ['2', '11', '15', '23', '26', '27', '28', '29'];

const STEPS: readonly Step[] = [
  ONE_NAME,
  {
    alias: {
      RecordID: ['EventRecordID'],
      RecordNumber: ['EventRecordID'],
      event_id: ['EventRecordID'],
      id: ['EventRecordID'],
      EventChannel: ['Channel'],
      TimeCreated: ['SystemTime'],
      SecurityID: ['UserID', 'UserId'],
      user_id: ['UserID', 'UserId'],
      dvc: ['Computer'],
      dvc_nt_host: ['Computer'],
      signature_id: ['EventID'],
      process_guid: ['ProcessGuid', 'SourceProcessGUID', 'SourceProcessGuid'],
      process_id: ['ProcessId', 'SourceProcessId'],
      process_path: ['Image', 'SourceImage'],
      parent_process_guid: ['ParentProcessGuid'],
      parent_process_id: ['ParentProcessId'],
      parent_process_path: ['ParentImage'],
    },
  },
  {
    alias: { dest: 'Computer' },
    when: {
      EventID: [
        '1',
        '2',
        '5',
        '6',
        '7',
        '9',
        '11',
        '12',
        '13',
        '14',
        '15',
        '17',
        '18',
        '19',
        '20',
        '21',
        '23',
        '24',
        '25',
        '26',
        '27',
        '28',
        '29',
      ],
    },
  },
  { alias: { dest: 'Computer' }, when: { EventID: ['8', '10', '4', '16', '255'] } },
  { map: 'EventDescription', from: 'EventID', table: SYSMON_EVENTS },
  { map: 'signature', from: 'EventID', table: SYSMON_EVENTS },
  { set: { vendor_product: 'Microsoft Sysmon' } },
  { set: { os: 'Linux' }, when: { Name: 'Linux-Sysmon' } },
  { set: { os: 'Microsoft Windows' } },
  { derive: 'process_exec', from: ['Image', 'SourceImage'], by: 'basename' },
  { derive: 'process_name', from: ['Image', 'SourceImage'], by: 'basename' },
  { derive: 'parent_process_exec', from: ['ParentImage'], by: 'basename' },
  { derive: 'parent_process_name', from: ['ParentImage'], by: 'basename' },
  { match: /(?:^|,)MD5=(?<MD5>[0-9A-Fa-f]+)/, from: 'Hashes' },
  { match: /(?:^|,)MD5=(?<MD5>[0-9A-Fa-f]+)/, from: 'Hash' },
  { match: /(?:^|,)SHA1=(?<SHA1>[0-9A-Fa-f]+)/, from: 'Hashes' },
  { match: /(?:^|,)SHA1=(?<SHA1>[0-9A-Fa-f]+)/, from: 'Hash' },
  { match: /(?:^|,)SHA256=(?<SHA256>[0-9A-Fa-f]+)/, from: 'Hashes' },
  { match: /(?:^|,)SHA256=(?<SHA256>[0-9A-Fa-f]+)/, from: 'Hash' },
  { match: /(?:^|,)IMPHASH=(?<IMPHASH>[0-9A-Fa-f]+)/, from: 'Hashes' },
  { match: /(?:^|,)IMPHASH=(?<IMPHASH>[0-9A-Fa-f]+)/, from: 'Hash' },
  { derive: 'user', from: ['User', 'SourceUser'], by: 'account' },
  { alias: { parent_user: 'ParentUser' } },
  {
    alias: {
      process: ['CommandLine'],
      parent_process: ['ParentCommandLine'],
      original_file_name: ['OriginalFileName'],
      process_current_directory: ['CurrentDirectory'],
      process_hash: ['Hashes', 'Hash'],
    },
    when: { EventID: ['1'] },
  },
  // A process that ends is told by its program alone.
  { alias: { process: 'Image' }, when: { EventID: '5' } },
  { derive: 'process_integrity_level', from: 'IntegrityLevel', by: 'lower' },
  { set: { action: 'allowed' }, when: { EventID: ['1', '3', '5', '7', '8', '9', '10', '17', '18'] } },
  // Network connection
  {
    alias: {
      src_ip: 'SourceIp',
      src_host: 'SourceHostname',
      src_port: 'SourcePort',
      dest_ip: 'DestinationIp',
      dest_host: 'DestinationHostname',
      dest_port: 'DestinationPort',
      app: 'Image',
      transport: 'Protocol',
      creation_time: 'UtcTime',
      dvc_ip: 'SourceIp',
    },
    when: { EventID: '3' },
  },
  {
    alias: { src: ['SourceHostname', 'SourceIp'], dest: ['DestinationHostname', 'DestinationIp'] },
    when: { EventID: '3' },
  },
  {
    map: 'direction',
    from: 'Initiated',
    table: { true: 'outbound', false: 'inbound' },
    when: { EventID: '3' },
  },
  {
    map: 'protocol_version',
    from: 'DestinationIsIpv6',
    table: { true: 'ipv6', false: 'ipv4' },
    when: { EventID: '3' },
  },
  { set: { protocol: 'ip', state: 'established' }, when: { EventID: '3' } },
  // Drivers and images
  {
    alias: {
      process_path: 'ImageLoaded',
      process_hash: 'Hashes',
      service_signature_verified: 'Signed',
      service_signature_exists: 'Signed',
    },
    when: { EventID: '6' },
  },
  {
    alias: {
      loaded_file_path: 'ImageLoaded',
      loaded_file: 'ImageLoaded',
      file_path: 'ImageLoaded',
      file_hash: 'Hashes',
      process_hash: 'Hashes',
      original_file_name: 'OriginalFileName',
      service_dll_signature_verified: 'Signed',
      service_dll_signature_exists: 'Signed',
    },
    when: { EventID: ['6', '7'] },
  },
  { derive: 'file_name', from: 'ImageLoaded', by: 'basename', when: { EventID: ['6', '7'] } },
  // Threads and access
  {
    alias: {
      parent_process_guid: ['SourceProcessGuid', 'SourceProcessGUID'],
      parent_process_id: 'SourceProcessId',
      parent_process_path: 'SourceImage',
      granted_access: 'GrantedAccess',
      src_address: 'StartAddress',
      src_function: 'StartFunction',
      src_module: 'StartModule',
    },
    when: { EventID: ['8', '10'] },
  },
  { derive: 'parent_process_name', from: 'SourceImage', by: 'basename', when: { EventID: ['8', '10'] } },
  { derive: 'parent_process_exec', from: 'SourceImage', by: 'basename', when: { EventID: ['8', '10'] } },
  { derive: 'target_process_name', from: 'TargetImage', by: 'basename', when: { EventID: ['8', '10'] } },
  {
    alias: {
      process_path: 'TargetImage',
      process_guid: ['TargetProcessGuid', 'TargetProcessGUID'],
      process_id: 'TargetProcessId',
    },
    when: { EventID: ['8', '10'] },
    override: true,
  },
  {
    derive: 'process_name',
    from: 'TargetImage',
    by: 'basename',
    when: { EventID: ['8', '10'] },
    override: true,
  },
  {
    derive: 'process_exec',
    from: 'TargetImage',
    by: 'basename',
    when: { EventID: ['8', '10'] },
    override: true,
  },
  // A loaded image is told of as a child of the process that loads it.
  {
    alias: {
      parent_process_guid: 'ProcessGuid',
      parent_process_id: 'ProcessId',
      parent_process_path: 'Image',
    },
    when: { EventID: '7' },
  },
  { derive: 'parent_process_name', from: 'Image', by: 'basename', when: { EventID: '7' } },
  { derive: 'parent_process_exec', from: 'Image', by: 'basename', when: { EventID: '7' } },
  // WMI
  {
    alias: {
      severity_id: 'Level',
      src: 'Computer',
      user_name: 'User',
      object_attrs: ['Query', 'Destination', 'Consumer'],
    },
    when: { EventID: WMI },
  },
  {
    set: { object_category: 'wmi', change_type: 'wmi', status: 'success', result: 'success' },
    when: { EventID: WMI },
  },
  {
    map: 'action',
    from: 'Operation',
    table: { created: 'created', modified: 'modified', deleted: 'deleted' },
    when: { EventID: WMI },
  },
  { derive: 'ConsumerNoQuotes', from: 'Consumer', by: 'unquoted', when: { EventID: WMI } },
  { derive: 'FilterNoQuotes', from: 'Filter', by: 'unquoted', when: { EventID: WMI } },
  { derive: 'DestinationNoQuotes', from: 'Destination', by: 'unquoted', when: { EventID: WMI } },
  // Files
  {
    alias: {
      file_path: ['TargetFilename'],
      file_create_time: 'CreationUtcTime',
      file_hash: ['Hashes', 'Hash'],
      file_access_time: 'UtcTime',
      file_modify_time: 'UtcTime',
    },
    when: { EventID: FILES },
  },
  { derive: 'file_name', from: 'TargetFilename', by: 'basename', when: { EventID: FILES } },
  { alias: { object_path: 'TargetFilename' }, when: { EventID: FILES } },
  { set: { object_category: 'file' }, when: { EventID: FILES } },
  {
    map: 'action',
    from: 'EventID',
    table: {
      '2': 'modified',
      '11': 'created',
      '15': 'created',
      '23': 'deleted',
      '26': 'deleted',
      '27': 'blocked',
      '28': 'blocked',
      '29': 'created',
    },
  },
  // Registry
  { alias: { registry_path: 'TargetObject', object_path: 'TargetObject' }, when: { EventID: REGISTRY } },
  { derive: 'registry_hive', from: 'TargetObject', by: 'registryHive', when: { EventID: REGISTRY } },
  { derive: 'registry_key_name', from: 'TargetObject', by: 'registryKey', when: { EventID: ['13', '14'] } },
  { alias: { registry_key_name: 'TargetObject' }, when: { EventID: '12' } },
  {
    derive: 'registry_value_name',
    from: 'TargetObject',
    by: 'registryValueName',
    when: { EventID: REGISTRY },
  },
  { derive: 'registry_value_data', from: 'Details', by: 'registryData', when: { EventID: '13' } },
  { derive: 'registry_value_type', from: 'Details', by: 'registryType', when: { EventID: '13' } },
  { derive: 'RegistryValueData', from: 'Details', by: 'registryData', when: { EventID: '13' } },
  { derive: 'RegistryValueType', from: 'Details', by: 'registryType', when: { EventID: '13' } },
  { set: { object_category: 'registry', status: 'success' }, when: { EventID: REGISTRY } },
  { alias: { severity_id: 'Level' }, when: { EventID: REGISTRY } },
  {
    map: 'action',
    from: 'EventType',
    table: {
      CreateKey: 'created',
      CreateValue: 'created',
      DeleteKey: 'deleted',
      DeleteValue: 'deleted',
      SetValue: 'modified',
      RenameKey: 'modified',
      RenameValue: 'modified',
    },
    when: { EventID: REGISTRY },
  },
  // Pipes, WMI, DNS, the service itself
  { alias: { pipe_name: 'PipeName', object: 'PipeName' }, when: { EventID: ['17', '18'] } },
  {
    alias: { object: ['Name', 'Consumer'], object_path: ['EventNamespace', 'Destination', 'Filter'] },
    when: { EventID: ['19', '20', '21'] },
  },
  {
    alias: { query: 'QueryName', reply_code_id: 'QueryStatus', answer: 'QueryResults', src: 'Computer' },
    when: { EventID: '22' },
  },
  { derive: 'query_count', from: 'QueryName', by: 'count', when: { EventID: '22' } },
  {
    map: 'reply_code',
    from: 'QueryStatus',
    table: { '0': 'No Error', '9003': 'NXDomain', '9002': 'ServFail', '9701': 'NoRecord' },
    when: { EventID: '22' },
  },
  { alias: { service_name: 'ServiceName', status: 'State' }, when: { EventID: ['4', '16'] } },
];

const PROCESS_TAGS = ['process', 'report'];

/** Only process creation is tagged as a process report: other events name a process without telling of its start. */
const EVENT_TYPES: readonly EventType[] = [
  { name: 'ms-sysmon-process', when: { EventID: ['1'] }, tags: PROCESS_TAGS },
  { name: 'ms-sysmon-activity', when: { EventID: ['5', '6', '7', '8', '9', '10', '17', '18', '24', '25'] } },
  {
    name: 'ms-sysmon-network',
    when: { EventID: '3' },
    tags: ['network', 'communicate', 'listening', 'port'],
  },
  { name: 'ms-sysmon-service', when: { EventID: ['4', '16'] }, tags: ['service', 'report'] },
  {
    name: 'ms-sysmon-filemod',
    when: { EventID: ['11', '15', '23', '26'] },
    tags: ['endpoint', 'filesystem'],
  },
  { name: 'ms-sysmon-regmod', when: { EventID: REGISTRY }, tags: ['endpoint', 'registry'] },
  { name: 'ms-sysmon-wmimod', when: { EventID: WMI }, tags: ['change'] },
  { name: 'ms-sysmon-dns', when: { EventID: '22' }, tags: ['network', 'resolution', 'dns'] },
];

const isSysmon = (channel: unknown): boolean => typeof channel === 'string' && /sysmon/i.test(channel);

/** Splunk Add-on for Sysmon, over XML, classic text and exports alike. */
export const sysmon: SourceType = {
  sourcetype: 'XmlWinEventLog',
  names: ['xmlwineventlog*', 'wineventlog*', 'xmlwineventlog:microsoft-windows-sysmon/operational'],
  source: {
    prefix: 'XmlWinEventLog:',
    fields: ['Channel', 'LogName'],
    otherwise: 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
  },
  host: ['Computer', 'ComputerName', 'Hostname', 'host'],
  time: ['SystemTime', 'UtcTime'],
  recognise: ({ fields }) =>
    fields.get('Name') !== 'Linux-Sysmon' &&
    isSysmon(fields.get('Channel') ?? fields.get('LogName') ?? fields.get('Name')),
  base: 'auto',
  key: ['EventID'],
  steps: STEPS,
  eventTypes: EVENT_TYPES,
};

/** Splunk Add-on for Sysmon for Linux. */
export const sysmonLinux: SourceType = {
  ...sysmon,
  sourcetype: 'sysmon:linux',
  names: ['sysmon:linux', 'sysmon_linux'],
  source: 'Syslog:Linux-Sysmon/Operational',
  recognise: ({ fields }) =>
    fields.get('Name') === 'Linux-Sysmon' || fields.get('Channel') === 'Linux-Sysmon/Operational',
};
