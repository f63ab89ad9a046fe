import type { SourceType } from '../source-type.ts';

/** Google Cloud audit logs, plain or inside a Pub/Sub message (`data.`). */
export const gcp: SourceType = {
  sourcetype: 'google:gcp:pubsub:message',
  names: ['google:gcp:*'],
  source: 'google_gcp_pubsub_message',
  time: ['data.timestamp', 'timestamp', 'data.receiveTimestamp', 'publish_time'],
  recognise: ({ fields }) =>
    [
      'data.protoPayload.methodName',
      'protoPayload.methodName',
      'data.protoPayload.serviceName',
      'data.logName',
    ].some((name) => fields.has(name)),
  base: 'json',
  steps: [
    {
      alias: {
        src: [
          'data.protoPayload.requestMetadata.callerIp',
          'protoPayload.requestMetadata.callerIp',
          'data.jsonPayload.connection.src_ip',
        ],
        src_ip: [
          'data.protoPayload.requestMetadata.callerIp',
          'protoPayload.requestMetadata.callerIp',
          'data.jsonPayload.connection.src_ip',
        ],
        user: [
          'data.protoPayload.authenticationInfo.principalEmail',
          'protoPayload.authenticationInfo.principalEmail',
        ],
        user_agent: [
          'data.protoPayload.requestMetadata.callerSuppliedUserAgent',
          'protoPayload.requestMetadata.callerSuppliedUserAgent',
        ],
        command: ['data.protoPayload.methodName', 'protoPayload.methodName'],
        object: ['data.protoPayload.resourceName', 'protoPayload.resourceName'],
        app: ['data.protoPayload.serviceName', 'protoPayload.serviceName'],
        vendor_account: ['data.resource.labels.project_id', 'resource.labels.project_id'],
        dest: ['data.jsonPayload.connection.dest_ip', 'data.resource.labels.instance_id'],
      },
    },
    { set: { vendor_product: 'Google Cloud Platform' } },
  ],
  eventTypes: [{ name: 'gcp_audit', tags: ['change', 'cloud'] }],
};

/** Kubernetes audit log. */
export const kubeAudit: SourceType = {
  sourcetype: '_json',
  names: ['kube:apiserver:audit', 'aws:cloudwatchlogs:eks'],
  source: 'kubernetes',
  time: ['stageTimestamp', 'requestReceivedTimestamp'],
  recognise: ({ fields }) => fields.get('kind') === 'Event' && fields.has('auditID'),
  base: 'json',
  steps: [{ alias: { src_ip: 'sourceIPs{}', user: 'user.username' } }],
  eventTypes: [{ name: 'kube_audit' }],
};

/** Falco alerts of a Kubernetes cluster. */
export const falco: SourceType = {
  sourcetype: 'kube:container:falco',
  source: 'kubernetes',
  recognise: ({ raw }) =>
    /^\d\d:\d\d:\d\d\.\d+: (?:Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug) /.test(raw),
  base: 'kv',
  steps: [{ match: /command=(?<command>.+?) terminal=/, from: '_raw', override: true }],
};

export const github: SourceType = {
  sourcetype: 'aws:firehose:json',
  names: ['github:*', 'httpevent'],
  source: 'github',
  time: ['workflow_run.updated_at', 'created_at', '@timestamp'],
  recognise: ({ fields }) => fields.has('repository.full_name') || fields.has('workflow_run.id'),
  base: 'json',
  steps: [],
};

export const circleci: SourceType = {
  sourcetype: 'circleci',
  source: 'circleci',
  time: ['stop_time', 'job_time'],
  recognise: ({ fields }) => fields.has('workflows.workflow_id') && fields.has('build_num'),
  base: 'json',
  steps: [],
  eventTypes: [{ name: 'circleci' }],
};

/** CrowdStrike Falcon Data Replicator. */
export const crowdstrike: SourceType = {
  sourcetype: 'crowdstrike:events:sensor',
  names: ['crowdstrike:*'],
  source: 'crowdstrike',
  host: ['ComputerName', 'aid'],
  time: ['timestamp', 'ContextTimeStamp', 'metadata.eventCreationTime'],
  recognise: ({ fields }) => fields.has('event_simpleName') || fields.has('metadata.customerIDString'),
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

export const osquery: SourceType = {
  sourcetype: 'osquery:results',
  names: ['osquery*'],
  source: 'osquery',
  host: ['hostIdentifier'],
  time: ['unixTime'],
  recognise: ({ fields }) => fields.has('hostIdentifier') && fields.has('calendarTime'),
  base: 'json',
  steps: [
    {
      alias: {
        dest: 'hostIdentifier',
        src: 'hostIdentifier',
        process_id: 'columns.pid',
        process_path: 'columns.path',
        process: 'columns.cmdline',
        parent_process_id: 'columns.parent',
        process_current_directory: 'columns.cwd',
        user_id: 'columns.uid',
        user: 'columns.username',
        subject: 'name',
      },
    },
    // The add-on gives the columns of a result without their prefix too.
    {
      alias: Object.fromEntries(
        ['cmdline', 'cwd', 'parent', 'path', 'pid', 'signing_id', 'uid', 'username'].map((name) => [
          name,
          `columns.${name}`,
        ]),
      ),
    },
    { derive: 'process_name', from: 'columns.path', by: 'basename' },
    { set: { vendor_product: 'osquery' } },
  ],
  eventTypes: [
    { name: 'osquery-process', when: { 'columns.cmdline': '*' }, tags: ['process', 'report', 'endpoint'] },
  ],
};
