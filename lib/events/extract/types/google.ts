import type { SourceType } from '../source-type.ts';
import type { Step } from '../steps.ts';

const REPORT_STEPS: readonly Step[] = [
  // A parameter's value is in a member that its type names.
  { pairs: '', keys: 'event.parameters{}.name', values: 'event.parameters{}.value' },
  {
    match:
      /"name"\s*:\s*"login_challenge_method"\s*,\s*"(?:multiValue|value)"\s*:\s*\[?"(?<login_challenge_method>[^"]+)"/,
    from: '_raw',
    override: true,
  },
  {
    alias: {
      user: ['USER_EMAIL', 'actor.email', 'email'],
      user_name: ['USER_EMAIL', 'actor.email', 'email'],
      user_id: 'actor.profileId',
      src_user: 'actor.email',
      src: ['ipAddress', 'ip_address', 'actor.email'],
      src_ip: ['ipAddress', 'ip_address'],
      signature: ['event.name', 'name'],
      command: ['event.name', 'name'],
      authentication_method: ['login_challenge_method', 'login_type'],
      object: ['USER_EMAIL', 'doc_title', 'event.name'],
      vendor_account: 'id.customerId',
      app: 'id.applicationName',
      dest: 'id.applicationName',
    },
  },
  {
    map: 'action',
    from: 'event.name',
    table: {
      login_success: 'success',
      login_failure: 'failure',
      logout: 'success',
      login_challenge: 'pending',
    },
  },
  { alias: { status: 'action' } },
  { match: /^(?<verb>[A-Z]+)_/, from: 'event.name' },
  {
    map: 'action',
    from: 'verb',
    table: { CREATE: 'created', ADD: 'created', DELETE: 'deleted', REMOVE: 'deleted' },
    otherwise: 'modified',
  },
  { drop: ['verb'] },
  {
    set: {
      status: 'success',
      vendor_product: 'Google Workspace',
      change_type: 'AAA',
      object_category: 'user',
    },
  },
];

/** Google Workspace's activity reports of administrators. */
export const workspace: SourceType = {
  sourcetype: 'gws:reports:admin',
  names: ['gws:*'],
  source: 'gws:reports:admin',
  time: ['id.time', 'timestamp'],
  recognise: ({ fields }) => fields.get('kind') === 'admin#reports#activity',
  base: 'json',
  steps: REPORT_STEPS,
  eventTypes: [
    { name: 'gws_reports_login', when: { 'event.type': 'login' }, tags: ['authentication', 'cloud'] },
    { name: 'gws_reports_admin', when: { 'id.applicationName': 'admin' }, tags: ['change', 'cloud'] },
  ],
};

/** The same reports of sign-ins. */
export const workspaceLogin: SourceType = {
  ...workspace,
  sourcetype: 'gws:reports:login',
  names: ['gws:reports:login'],
  source: 'gws:reports:login',
  recognise: ({ fields }) =>
    fields.get('kind') === 'admin#reports#activity' && fields.get('id.applicationName') === 'login',
};

/** Events of Drive, as sent to a collector by the G Suite add-on. */
export const gsuiteDrive: SourceType = {
  sourcetype: 'gsuite:drive:json',
  names: ['gsuite:drive*', 'gsuite:calendar*'],
  source: 'http:gsuite',
  time: ['timestamp', 'id.time', 'time'],
  recognise: ({ fields }) => fields.has('parameters.doc_id') || fields.has('parameters.doc_title'),
  base: 'json',
  steps: [
    {
      alias: {
        user: ['email', 'actor.email'],
        src: 'ip_address',
        src_ip: 'ip_address',
        signature: 'name',
        object: 'parameters.doc_title',
        object_id: 'parameters.doc_id',
      },
    },
    { set: { vendor_product: 'Google Workspace', app: 'drive' } },
  ],
};

/** Mail as Gmail's log export to BigQuery has it. */
export const gsuiteGmail: SourceType = {
  sourcetype: 'gsuite:gmail:bigquery',
  names: ['gsuite:*'],
  source: 'http:gsuite',
  time: ['event_time', 'event_info.timestamp_usec', 'timestamp', 'time'],
  recognise: ({ fields }) =>
    fields.has('num_message_attachments') && fields.has('source.from_header_address'),
  base: 'json',
  steps: [
    {
      alias: {
        src_user: ['source.from_header_address', 'source.address'],
        recipient: 'destination{}.address',
        message_id: 'rfc2822_message_id',
        file_name: 'attachment{}.file_name',
        file_hash: 'attachment{}.sha256',
        size: 'payload_size',
        url: 'link_domain{}',
      },
    },
    { set: { vendor_product: 'Google Gmail', action: 'delivered' } },
  ],
  eventTypes: [{ name: 'gsuite_gmail', tags: ['email'] }],
};
