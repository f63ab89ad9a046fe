import type { SourceType } from '../source-type.ts';
import type { Step } from '../steps.ts';
import { WINDOWS_EVENT_TYPES } from './windows-event-types.ts';
import {
  ACCOUNT_CODES,
  GROUP_CODES,
  LEVELS,
  ONE_NAME,
  TASK_CATEGORIES,
  TASK_CODES,
  TOKEN_ELEVATION,
  WINDOWS_CHANGES,
  WINDOWS_SIGNATURES,
} from './windows-names.ts';

const PROCESS_CODES = ['4688', '4689', '4696'];
const SHARE_CODES = ['5140', '5145', '5142'];
const OBJECT_CODES = ['4656', '4657', '4658', '4660', '4661', '4662', '4663', '4670', '5136', '5137', '5141'];

const STEPS: readonly Step[] = [
  ONE_NAME,
  {
    alias: {
      dvc: 'Computer',
      dest: 'Computer',
      dvc_nt_host: 'Computer',
      event_id: 'EventRecordID',
      id: 'EventRecordID',
      signature_id: 'EventCode',
      user_id: 'UserID',
      Error_Code: ['Status', 'Error_Code'],
    },
  },
  { set: { vendor: 'Microsoft', product: 'Windows', vendor_product: 'Microsoft Windows', Error_Code: '-' } },
  { map: 'signature', from: 'EventCode', table: WINDOWS_SIGNATURES },
  { map: 'name', from: 'EventCode', table: WINDOWS_SIGNATURES },
  { map: 'subject', from: 'EventCode', table: WINDOWS_SIGNATURES },
  { map: 'action', from: 'EventCode', table: WINDOWS_CHANGES },
  {
    map: 'status',
    from: 'Keywords',
    table: {
      '0x8020000000000000': 'success',
      '0x8010000000000000': 'failure',
      'audit success': 'success',
      'audit failure': 'failure',
      '0x4020000000000000': 'success',
    },
  },
  { alias: { action: 'status', ta_windows_action: 'status' } },
  { set: { ta_windows_action: 'unknown' } },
  // Accounts
  {
    alias: {
      Caller_User_Name: 'SubjectUserName',
      Caller_Domain: 'SubjectDomainName',
      Target_User_Name: ['TargetUserName', 'MemberName'],
      Target_Domain: 'TargetDomainName',
      Logon_ID: ['TargetLogonId', 'SubjectLogonId', 'Logon_ID'],
      session_id: ['TargetLogonId', 'SubjectLogonId', 'Logon_ID'],
      src_nt_domain: ['SubjectDomainName', 'Account_Domain'],
      dest_nt_domain: ['TargetDomainName'],
      Logon_Type: 'LogonType',
      Logon_Process: 'LogonProcessName',
      WorkstationName: 'Workstation_Name',
      Authentication_Package: 'AuthenticationPackageName',
      authentication_method: ['AuthenticationPackageName', 'LogonProcessName'],
      Source_Port: ['IpPort', 'Source_Port'],
      Source_Workstation: ['WorkstationName', 'Workstation', 'Source_Workstation'],
      Ticket_Encryption_Type: 'TicketEncryptionType',
      Ticket_Options: 'TicketOptions',
      Service_Name: ['ServiceName'],
      Service_ID: 'ServiceSid',
      Service_File_Name: ['ServiceFileName', 'ImagePath', 'Service_File_Name'],
      Service_Type: 'ServiceType',
      Service_Start_Type: ['StartType', 'ServiceStartType'],
      Client_Address: 'IpAddress',
      Source_Network_Address: 'IpAddress',
      Subcategory_GUID: 'SubcategoryGuid',
      Access_Mask: 'AccessMask',
      Object_Name: 'ObjectName',
      Object_Type: 'ObjectType',
      Share_Name: 'ShareName',
      Share_Path: 'ShareLocalPath',
      Relative_Target_Name: 'RelativeTargetName',
      Task_Name: 'TaskName',
      Group_Name: ['TargetUserName'],
    },
  },
  {
    derive: 'src_ip',
    from: ['IpAddress', 'Client_Address', 'Source_Network_Address', 'ClientAddress'],
    by: 'first',
  },
  {
    alias: {
      src_port: ['IpPort', 'Source_Port', 'ClientPort'],
      src: ['src_ip', 'WorkstationName', 'Workstation'],
    },
  },
  { derive: 'src_user', from: ['SubjectUserName', 'Account_Name'], by: 'first' },
  // Who is put into a group is told by a distinguished name; a local account by its identifier alone.
  { match: /^CN=(?<user>(?:[^,\\]|\\.)+)/, from: 'MemberName', when: { EventCode: GROUP_CODES } },
  { alias: { user: 'MemberSid' }, when: { EventCode: GROUP_CODES } },
  {
    derive: 'user',
    from: 'Security_ID',
    by: 'secondAccount',
    when: { EventCode: GROUP_CODES, Account_Name: '-' },
  },
  // In classic text both accounts are in one multivalue field, the target's last.
  { derive: 'user', from: 'Account_Name', by: 'last' },
  {
    alias: { user: ['SubjectUserName'] },
    when: {
      EventCode: [
        ...PROCESS_CODES,
        ...OBJECT_CODES,
        ...SHARE_CODES,
        ...TASK_CODES,
        '4672',
        '4673',
        '4674',
        '4697',
        '4703',
        '4719',
        '4616',
      ],
    },
  },
  { alias: { user: ['TargetUserName', 'SubjectUserName', 'UserName', 'User'] } },
  {
    alias: { user_group: ['TargetUserSid', 'TargetUserName'] },
    when: { EventCode: [...GROUP_CODES, '4624', '4627', '4688'] },
  },
  {
    alias: { group_name: 'TargetUserName', group_domain: 'TargetDomainName', member_id: 'MemberSid' },
    when: { EventCode: GROUP_CODES },
  },
  { set: { app: 'win:remote' }, when: { LogonType: ['3', '8', '10'] } },
  { set: { app: 'win:local' }, when: { LogonType: ['2', '4', '5', '7', '11'] } },
  { set: { app: 'win:unknown' } },
  {
    alias: {
      src_user_name: ['SubjectUserName', 'Account_Name'],
      user_name: ['TargetUserName', 'MemberName', 'SubjectUserName'],
      user_group: ['TargetUserSid', 'TargetSid', 'SubjectUserSid'],
      user_type: ['UserAccountControl', 'PrimaryGroupId'],
      dest_nt_host: ['TargetServerName', 'Computer'],
      src_nt_host: ['WorkstationName', 'Workstation', 'IpAddress'],
      ta_windows_status: ['Status', 'FailureCode'],
      Sub_Status: 'SubStatus',
      service_id: ['ServiceSid', 'ServiceName'],
      Target_Server_Name: 'TargetServerName',
      severity_id: 'Level',
    },
  },
  { alias: { Source_Workstation: ['IpAddress'] } },
  { map: 'severity', from: 'Level', table: LEVELS },
  { map: 'CategoryString', from: 'Task', table: TASK_CATEGORIES },
  { alias: { CategoryString: 'TaskCategory' } },
  {
    alias: {
      category: 'CategoryString',
      ta_windows_security_CategoryString: 'CategoryString',
      body: 'Message',
    },
  },
  // Processes
  {
    alias: {
      process_path: [
        'NewProcessName',
        'New_Process_Name',
        'ProcessName',
        'Process_Name',
        'CallerProcessName',
      ],
      new_process: ['NewProcessName', 'New_Process_Name'],
      new_process_id: ['NewProcessId', 'New_Process_ID'],
      process: ['CommandLine', 'Process_Command_Line', 'NewProcessName', 'New_Process_Name'],
      Process_Command_Line: 'CommandLine',
      process_id: ['NewProcessId', 'New_Process_ID'],
      parent_process_id: ['ProcessId', 'Creator_Process_ID'],
      parent_process_path: ['ParentProcessName', 'Creator_Process_Name'],
      parent_process: ['ParentProcessName', 'Creator_Process_Name'],
      Token_Elevation_Type_id: 'TokenElevationType',
      mandatory_label: 'MandatoryLabel',
      New_Process_Name: 'NewProcessName',
      Creator_Process_Name: 'ParentProcessName',
    },
    when: { EventCode: PROCESS_CODES },
  },
  {
    map: 'Token_Elevation_Type',
    from: ['TokenElevationType'],
    table: TOKEN_ELEVATION,
    when: { EventCode: PROCESS_CODES },
  },
  { derive: 'process_name', from: ['NewProcessName', 'New_Process_Name'], by: 'basename' },
  { derive: 'process_exec', from: ['NewProcessName', 'New_Process_Name'], by: 'basename' },
  { derive: 'new_process_name', from: ['NewProcessName', 'New_Process_Name'], by: 'basename' },
  { derive: 'parent_process_name', from: ['ParentProcessName', 'Creator_Process_Name'], by: 'basename' },
  { derive: 'parent_process_exec', from: ['ParentProcessName', 'Creator_Process_Name'], by: 'basename' },
  {
    derive: 'process_command_line_process',
    from: ['CommandLine', 'Process_Command_Line'],
    by: 'commandProcess',
    when: { EventCode: PROCESS_CODES },
  },
  {
    derive: 'process_command_line_arguments',
    from: ['CommandLine', 'Process_Command_Line'],
    by: 'commandArguments',
    when: { EventCode: PROCESS_CODES },
  },
  {
    alias: {
      process: ['ProcessName', 'CallerProcessName', 'Process_Name'],
      process_path: ['ProcessName', 'CallerProcessName', 'Process_Name'],
      process_id: ['ProcessId', 'CallerProcessId', 'Process_ID'],
    },
  },
  { derive: 'process_name', from: ['ProcessName', 'CallerProcessName', 'Process_Name'], by: 'basename' },
  { derive: 'process_exec', from: ['ProcessName', 'CallerProcessName', 'Process_Name'], by: 'basename' },
  // Services
  {
    alias: {
      service: ['ServiceName', 'param1'],
      service_name: ['ServiceName', 'param1'],
      service_path: ['ImagePath', 'ServiceFileName'],
      start_mode: ['StartType'],
      user: ['AccountName'],
    },
  },
  {
    map: 'start_mode',
    from: ['param3'],
    table: { 'auto start': 'auto', 'demand start': 'manual', disabled: 'disabled' },
    when: { EventCode: '7040' },
  },
  // Objects, shares, directory changes
  {
    alias: {
      object: ['ObjectName', 'ObjectDN', 'Object_Name', 'TargetUserName', 'TaskName'],
      object_id: ['ObjectGUID', 'TargetSid', 'HandleId'],
      object_file_path: 'ObjectName',
      file_path: ['ObjectName', 'RelativeTargetName'],
      share_name: 'ShareName',
      access_mask: 'AccessMask',
    },
    when: { EventCode: [...OBJECT_CODES, ...SHARE_CODES, ...ACCOUNT_CODES, ...TASK_CODES] },
  },
  {
    derive: 'file_name',
    from: ['ObjectName', 'RelativeTargetName'],
    by: 'basename',
    when: { EventCode: [...OBJECT_CODES, ...SHARE_CODES] },
  },
  { derive: 'object_file_name', from: ['ObjectName'], by: 'basename', when: { EventCode: OBJECT_CODES } },
  {
    alias: {
      registry_path: 'ObjectName',
      registry_value_name: 'ObjectValueName',
      registry_value_data: 'NewValue',
    },
    when: { EventCode: '4657' },
  },
  { set: { object_category: 'registry' }, when: { EventCode: '4657' } },
  {
    set: { object_category: 'user', change_type: 'AAA' },
    when: { EventCode: [...ACCOUNT_CODES, ...GROUP_CODES] },
  },
  {
    set: { object_category: 'directory', change_type: 'AAD' },
    when: { EventCode: ['4662', '5136', '5137', '5141'] },
  },
  {
    set: { object_category: 'log', change_type: 'audit', object_attrs: 'audit log', object: 'audit log' },
    when: { EventCode: ['1102', '104'] },
  },
  { set: { object_category: 'task', change_type: 'endpoint' }, when: { EventCode: TASK_CODES } },
  {
    alias: {
      object_attrs: ['UserAccountControl', 'AllowedToDelegateTo', 'TargetUserName', 'DomainPolicyChanged'],
    },
    when: { EventCode: [...ACCOUNT_CODES, ...GROUP_CODES, '4739'] },
  },
  { set: { change_type: 'endpoint', object_category: 'user' }, when: { EventCode: ['4703', '4704'] } },
  {
    alias: {
      object: 'TargetUserName',
      object_id: 'TargetUserSid',
      object_attrs: ['EnabledPrivilegeList', 'DisabledPrivilegeList'],
    },
    when: { EventCode: ['4703', '4704'] },
  },
  { set: { change_type: 'audit', object_category: 'policy' }, when: { EventCode: ['4719', '4739'] } },
  {
    alias: { object_attrs: ['SubcategoryId', 'SubcategoryGuid', 'CategoryId'] },
    when: { EventCode: '4719' },
  },
  {
    set: {
      change_type: 'audit',
      object_category: 'service',
      object_attrs: 'event log service',
      service: 'eventlog',
      service_name: 'eventlog',
    },
    when: { EventCode: '1100' },
  },
  { derive: 'file_name', from: ['ShareName'], by: 'basename', when: { EventCode: SHARE_CODES } },
  { alias: { ServiceName: 'param1' }, when: { Name: 'Service Control Manager' } },
  { alias: { status: 'param2' }, when: { EventCode: '7036' }, override: true },
  { alias: { privilege: ['PrivilegeList', 'EnabledPrivilegeList'], privilege_id: 'PrivilegeList' } },
  // A change tells what came of it in words, and by its event's number.
  { set: { result: 'lockout' }, when: { EventCode: '4740' } },
  {
    alias: { result: 'signature', result_id: 'EventCode' },
    when: { EventCode: [...ACCOUNT_CODES, ...GROUP_CODES, '1102', '4719', '4794'] },
  },
  { alias: { result: 'status' } },
];

/** Splunk Add-on for Microsoft Windows, XML rendering. */
export const windowsXml: SourceType = {
  sourcetype: 'XmlWinEventLog',
  names: ['xmlwineventlog*', 'wineventlog*'],
  source: { prefix: 'XmlWinEventLog:', fields: ['Channel'], otherwise: 'XmlWinEventLog' },
  host: ['Computer', 'ComputerName', 'Hostname'],
  time: ['SystemTime', 'TimeCreated', '@timestamp', 'EventTime'],
  recognise: ({ form, fields }) =>
    form === 'xml' || (fields.has('Channel') && (fields.has('EventID') || fields.has('EventCode'))),
  base: 'auto',
  key: ['EventCode', 'EventID'],
  steps: STEPS,
  eventTypes: WINDOWS_EVENT_TYPES,
};

/** The same add-on, classic text. */
export const windowsText: SourceType = {
  ...windowsXml,
  sourcetype: 'WinEventLog',
  names: [...(windowsXml.names ?? []), 'iis:configuration:operational', 'msexchange:management'],
  source: { prefix: 'WinEventLog:', fields: ['LogName'], otherwise: 'WinEventLog' },
  recognise: ({ form, fields }) => form === 'text' && fields.has('LogName') && fields.has('EventCode'),
  base: 'windows-message',
};
