/** Tables of Microsoft Defender XDR (advanced hunting) and of Sentinel's information model (ASIM). */
import type { Pipeline, PipelinePart } from './pipeline.ts';

const REGISTRY = ['registry_add', 'registry_delete', 'registry_event', 'registry_set'];
/** Sysmon shortens the names of root keys; Microsoft's tables do not. */
const ROOT_KEYS = {
  'HKLM\\': 'HKEY_LOCAL_MACHINE\\',
  'HKCU\\': 'HKEY_CURRENT_USER\\',
  'HKU\\': 'HKEY_USERS\\',
  'HKCR\\': 'HKEY_CLASSES_ROOT\\',
};
/** What Sysmon says in `EventID` and `EventType` of registry events, as Microsoft's tables say it. */
const REGISTRY_EVENTS: NonNullable<PipelinePart['values']> = {
  EventID: {
    12: ['RegistryKeyCreated', 'RegistryKeyDeleted', 'RegistryValueDeleted'],
    13: 'RegistryValueSet',
    14: 'RegistryKeyRenamed',
  },
  EventType: {
    CreateKey: 'RegistryKeyCreated',
    DeleteKey: 'RegistryKeyDeleted',
    DeleteValue: 'RegistryValueDeleted',
    RenameKey: 'RegistryKeyRenamed',
    SetValue: 'RegistryValueSet',
  },
};
const FILES = ['file_access', 'file_change', 'file_delete', 'file_event', 'file_rename'];

const INITIATING: Readonly<Record<string, string>> = {
  Image: 'InitiatingProcessFolderPath',
  CommandLine: 'InitiatingProcessCommandLine',
  ParentImage: 'InitiatingProcessParentFileName',
  Computer: 'DeviceName',
  ProcessId: 'InitiatingProcessId',
  User: 'InitiatingProcessAccountName',
  Description: 'InitiatingProcessVersionInfoFileDescription',
  OriginalFileName: 'InitiatingProcessVersionInfoOriginalFileName',
  Company: 'InitiatingProcessVersionInfoCompanyName',
  Product: 'InitiatingProcessVersionInfoProductName',
  IntegrityLevel: 'InitiatingProcessIntegrityLevel',
};
const HASHES: Readonly<Record<string, string>> = { MD5: 'MD5', SHA1: 'SHA1', SHA256: 'SHA256' };

export const MICROSOFT_XDR: Pipeline = {
  name: 'microsoft_xdr',
  title: 'Microsoft Defender XDR',
  backends: ['kusto'],
  unmapped: 'refuse',
  needsTable: true,
  parts: [
    {
      when: { category: 'process_creation' },
      table: 'DeviceProcessEvents',
      hashes: HASHES,
      fields: {
        Image: 'FolderPath',
        CommandLine: 'ProcessCommandLine',
        ParentImage: 'InitiatingProcessFolderPath',
        ParentCommandLine: 'InitiatingProcessCommandLine',
        Company: 'ProcessVersionInfoCompanyName',
        Description: 'ProcessVersionInfoFileDescription',
        FileVersion: 'ProcessVersionInfoProductVersion',
        OriginalFileName: 'ProcessVersionInfoOriginalFileName',
        Product: 'ProcessVersionInfoProductName',
        IntegrityLevel: 'ProcessIntegrityLevel',
        User: 'AccountName',
        ProcessId: 'ProcessId',
        ParentProcessId: 'InitiatingProcessId',
        Computer: 'DeviceName',
        md5: 'MD5',
        sha1: 'SHA1',
        sha256: 'SHA256',
      },
    },
    {
      when: { category: 'image_load' },
      table: 'DeviceImageLoadEvents',
      lastParts: ['ParentImage'],
      hashes: HASHES,
      fields: { ...INITIATING, ImageLoaded: 'FolderPath' },
    },
    {
      when: { category: FILES },
      table: 'DeviceFileEvents',
      lastParts: ['ParentImage'],
      hashes: HASHES,
      fields: {
        ...INITIATING,
        TargetFilename: 'FolderPath',
        FileName: 'FileName',
        SourceFilename: 'PreviousFileName',
        User: 'RequestAccountName',
      },
    },
    // The whole path: events about files that are opened have no other field for it.
    { when: { category: 'file_access' }, fields: { FileName: 'FolderPath' } },
    {
      when: { category: REGISTRY },
      beginnings: { TargetObject: ROOT_KEYS, NewName: ROOT_KEYS },
      values: REGISTRY_EVENTS,
      table: 'DeviceRegistryEvents',
      lastParts: ['ParentImage'],
      fields: {
        ...INITIATING,
        EventID: 'ActionType',
        EventType: 'ActionType',
        NewName: 'RegistryKey',
        TargetObject: 'RegistryKey',
        Details: 'RegistryValueData',
        ObjectValueName: 'RegistryValueName',
      },
    },
    {
      when: { category: 'network_connection' },
      table: 'DeviceNetworkEvents',
      lastParts: ['ParentImage'],
      values: { Initiated: { true: 'ConnectionSuccess', false: 'InboundConnectionAccepted' } },
      fields: {
        ...INITIATING,
        DestinationIp: 'RemoteIP',
        DestinationHostname: 'RemoteUrl',
        DestinationPort: 'RemotePort',
        SourceIp: 'LocalIP',
        SourcePort: 'LocalPort',
        Initiated: 'ActionType',
        Protocol: 'Protocol',
      },
    },
  ],
};

const ACTING: Readonly<Record<string, string>> = {
  Image: 'ActingProcessName',
  CommandLine: 'ActingProcessCommandLine',
  User: 'ActorUsername',
  Computer: 'Dvc',
};

export const SENTINEL_ASIM: Pipeline = {
  name: 'sentinel_asim',
  title: 'Microsoft Sentinel ASIM',
  backends: ['kusto'],
  unmapped: 'refuse',
  needsTable: true,
  parts: [
    {
      when: { category: 'process_creation' },
      table: 'imProcessCreate',
      hashes: {
        MD5: 'TargetProcessMD5',
        SHA1: 'TargetProcessSHA1',
        SHA256: 'TargetProcessSHA256',
        IMPHASH: 'TargetProcessIMPHASH',
      },
      fields: {
        Image: 'TargetProcessName',
        CommandLine: 'TargetProcessCommandLine',
        Company: 'TargetProcessFileCompany',
        Description: 'TargetProcessFileDescription',
        FileVersion: 'TargetProcessFileVersion',
        Product: 'TargetProcessFileProduct',
        OriginalFileName: 'TargetProcessFileOriginalName',
        CurrentDirectory: 'TargetProcessCurrentDirectory',
        IntegrityLevel: 'TargetProcessIntegrityLevel',
        User: 'TargetUsername',
        ProcessId: 'TargetProcessId',
        ParentProcessId: 'ActingProcessId',
        ParentImage: 'ActingProcessName',
        ParentCommandLine: 'ActingProcessCommandLine',
        Computer: 'Dvc',
      },
    },
    {
      when: { category: FILES },
      table: 'imFileEvent',
      fields: {
        ...ACTING,
        TargetFilename: 'TargetFilePath',
        FileName: 'TargetFileName',
      },
    },
    { when: { category: 'file_access' }, fields: { FileName: 'TargetFilePath' } },
    {
      when: { category: REGISTRY },
      beginnings: { TargetObject: ROOT_KEYS, NewName: ROOT_KEYS },
      values: REGISTRY_EVENTS,
      table: 'imRegistry',
      fields: {
        ...ACTING,
        EventID: 'EventType',
        EventType: 'EventType',
        TargetObject: 'RegistryKey',
        Details: 'RegistryValueData',
        ObjectValueName: 'RegistryValue',
        NewName: 'RegistryKey',
      },
    },
    {
      when: { category: 'network_connection' },
      table: 'imNetworkSession',
      values: { Initiated: { true: 'Outbound', false: 'Inbound' } },
      fields: {
        // Of the side that the event comes from: source of what it began, destination of what it accepted.
        Image: ['SrcProcessName', 'DstProcessName'],
        DestinationHostname: 'DstHostname',
        DestinationIp: 'DstIpAddr',
        DestinationPort: 'DstPortNumber',
        SourceIp: 'SrcIpAddr',
        SourcePort: 'SrcPortNumber',
        Initiated: 'NetworkDirection',
        Protocol: 'NetworkProtocol',
        User: 'SrcUsername',
      },
    },
    {
      when: { category: ['proxy', 'webserver'] },
      table: 'imWebSession',
      fields: {
        'c-uri': 'Url',
        'cs-uri': 'Url',
        'cs-uri-query': 'Url',
        'cs-uri-stem': 'Url',
        'c-useragent': 'HttpUserAgent',
        'cs-user-agent': 'HttpUserAgent',
        'cs-method': 'HttpRequestMethod',
        'cs-host': 'HttpHost',
        'cs-referer': 'HttpReferrer',
        'sc-status': 'EventResultDetails',
        'cs-username': 'SrcUsername',
        src_ip: 'SrcIpAddr',
        dst_ip: 'DstIpAddr',
      },
    },
  ],
};
