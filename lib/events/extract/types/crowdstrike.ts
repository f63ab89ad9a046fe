import type { SourceType } from '../source-type.ts';

/** CrowdStrike Falcon Data Replicator. */
export const crowdstrike: SourceType = {
  sourcetype: 'crowdstrike:events:sensor',
  names: ['crowdstrike:events:sensor', 'crowdstrike:*'],
  source: 'crowdstrike',
  host: ['ComputerName', 'aid'],
  time: ['timestamp', 'ContextTimeStamp', 'metadata.eventCreationTime'],
  recognise: ({ fields }) => fields.has('event_simpleName'),
  base: 'json',
  steps: [
    {
      alias: {
        process: 'CommandLine',
        process_path: 'ImageFileName',
        process_id: ['TargetProcessId', 'RawProcessId'],
        process_hash: ['SHA256HashData', 'MD5HashData'],
        parent_process_id: ['ParentProcessId', 'SourceProcessId'],
        parent_process_name: 'ParentBaseFileName',
        parent_process_exec: 'ParentBaseFileName',
        user: ['UserName', 'UserSid'],
        user_id: ['UserSid', 'UID'],
        dest: ['ComputerName', 'aid'],
        dvc: ['ComputerName', 'aid'],
        host_res_aid: 'aid',
        resolve_dest: 'aid',
        aid_computer_name: 'ComputerName',
        file_path: 'TargetFileName',
        dest_ip: ['RemoteAddressIP4'],
        dest_port: 'RemotePort',
        src_ip: 'LocalAddressIP4',
        src_port: 'LocalPort',
        query: 'DomainName',
        registry_path: 'RegObjectName',
        registry_value_name: 'RegValueName',
        registry_value_data: 'RegStringValue',
        original_file_name: 'OriginalFilename',
      },
    },
    { derive: 'process_name', from: 'ImageFileName', by: 'basename' },
    { derive: 'process_exec', from: 'ImageFileName', by: 'basename' },
    { derive: 'file_name', from: 'TargetFileName', by: 'basename' },
    { map: 'os', from: 'event_platform', table: { win: 'Windows', lin: 'Linux', mac: 'macOS' } },
    {
      map: 'process_integrity_level',
      from: 'IntegrityLevel',
      table: {
        '0': 'untrusted',
        '4096': 'low',
        '8192': 'medium',
        '8448': 'medium',
        '12288': 'high',
        '16384': 'system',
        '20480': 'protected',
      },
    },
    {
      alias: {
        IntegrityLevel_meaning: 'process_integrity_level',
        resolve_process_integrity_level: 'process_integrity_level',
      },
    },
    {
      map: 'ImageSubsystem_meaning',
      from: 'ImageSubsystem',
      table: { '1': 'NATIVE', '2': 'WINDOWS_GUI', '3': 'WINDOWS_CUI', '7': 'POSIX_CUI' },
    },
    {
      map: 'TokenType_meaning',
      from: 'TokenType',
      table: { '0': 'INVALID', '1': 'PRIMARY', '2': 'IMPERSONATION' },
    },
    { set: { action: 'allowed', vendor_product: 'CrowdStrike Falcon' } },
  ],
  eventTypes: [
    {
      name: 'crowdstrike_process',
      when: { event_simpleName: ['ProcessRollup2', 'SyntheticProcessRollup2'] },
      tags: ['process', 'report', 'endpoint'],
    },
    {
      name: 'crowdstrike_network',
      when: { event_simpleName: ['NetworkConnectIP4', 'NetworkReceiveAcceptIP4'] },
      tags: ['network', 'communicate'],
    },
    {
      name: 'crowdstrike_dns',
      when: { event_simpleName: 'DnsRequest' },
      tags: ['network', 'resolution', 'dns'],
    },
    {
      name: 'crowdstrike_file',
      when: { event_simpleName: ['NewExecutableWritten', 'PeFileWritten', 'NewScriptWritten'] },
      tags: ['endpoint', 'filesystem'],
    },
    {
      name: 'crowdstrike_registry',
      when: { event_simpleName: ['AsepValueUpdate', 'RegGenericValueUpdate'] },
      tags: ['endpoint', 'registry'],
    },
  ],
};

/** CrowdStrike's event stream: detections, incidents and audit events under `event`. */
export const crowdstrikeStream: SourceType = {
  sourcetype: 'CrowdStrike:Event:Streams:JSON',
  names: ['crowdstrike:event:streams*'],
  source: 'CrowdStrike:Event:Streams',
  host: ['event.ComputerName', 'event.EndpointName', 'event.Hostname'],
  time: ['metadata.eventCreationTime', 'event.ProcessStartTime'],
  recognise: ({ fields }) => fields.has('metadata.eventType') && fields.has('metadata.customerIDString'),
  base: 'json',
  steps: [
    {
      alias: {
        dest: ['event.ComputerName', 'event.EndpointName', 'event.Hostname', 'event.EndpointIp'],
        src: ['event.EndpointIp', 'event.LocalIP', 'event.UserIp', 'event.ComputerName'],
        src_ip: ['event.EndpointIp', 'event.LocalIP', 'event.UserIp'],
        user: ['event.UserName', 'event.UserId', 'event.SourceAccountName'],
        signature: ['event.DetectName', 'event.IncidentType', 'event.Name', 'event.OperationName'],
        signature_id: ['event.DetectId', 'event.IncidentId', 'event.CompositeId'],
        severity_id: 'event.Severity',
        description: ['event.DetectDescription', 'event.IncidentDescription', 'event.Description'],
        type: 'metadata.eventType',
        id: ['event.DetectId', 'event.CompositeId', 'metadata.offset'],
        process: 'event.CommandLine',
        process_name: 'event.FileName',
        process_path: 'event.FilePath',
        file_hash: ['event.SHA256String', 'event.MD5String'],
        url: ['event.FalconHostLink', 'event.FalconLink'],
        app: 'event.ServiceName',
        command: 'event.OperationName',
        object: 'event.OperationName',
      },
    },
    { derive: 'severity', from: ['event.SeverityName'], by: 'lower' },
    { map: 'action', from: 'event.Success', table: { true: 'success', false: 'failure' } },
    { set: { vendor_product: 'CrowdStrike Falcon' } },
  ],
  eventTypes: [
    {
      name: 'crowdstrike_stream_alert',
      when: {
        'metadata.eventType': ['*DetectionSummaryEvent', '*IncidentSummaryEvent', 'IdentityProtectionEvent'],
      },
      tags: ['alert'],
    },
    {
      name: 'crowdstrike_stream_authentication',
      when: { 'metadata.eventType': ['AuthActivityAuditEvent', 'UserActivityAuditEvent'] },
      tags: ['authentication'],
    },
  ],
};

/** Identities with their risk, of CrowdStrike's identity protection. */
export const crowdstrikeIdentities: SourceType = {
  sourcetype: 'crowdstrike:identities',
  names: ['crowdstrike:identities*'],
  source: 'crowdstrike:identities',
  time: ['time', 'timestamp', 'mostRecentActivity', 'creationTime'],
  recognise: ({ fields }) => fields.has('primaryDisplayName') && fields.has('riskScore'),
  base: 'json',
  steps: [
    { alias: { user: 'accounts{}.samAccountName' } },
    { set: { vendor_product: 'CrowdStrike Falcon' } },
  ],
};
