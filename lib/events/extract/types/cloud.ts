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

/** Events of a cluster's objects, as the Kubernetes objects collector watches them. */
export const kubeObjects: SourceType = {
  sourcetype: 'kube:objects:events',
  names: ['kube:objects*'],
  source: 'kubernetes',
  time: [
    'object.lastTimestamp',
    'object.eventTime',
    'object.firstTimestamp',
    'object.metadata.creationTimestamp',
  ],
  recognise: ({ fields }) =>
    fields.get('object.kind') === 'Event' && fields.has('object.involvedObject.kind'),
  base: 'json',
  steps: [],
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
  time: [
    'workflow_run.updated_at',
    'created_at',
    'check_suite.updated_at',
    'check_suite.created_at',
    'alert.created_at',
    'alert.updated_at',
    'repository.pushed_at',
    'repository.updated_at',
    '@timestamp',
  ],
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
