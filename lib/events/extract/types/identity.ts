import type { SourceType } from '../source-type.ts';

const OKTA_RESULTS = { success: 'success', allow: 'success', failure: 'failure', deny: 'failure' };

/** What an event does to an account, an application, a device or a policy → its types. */
const OKTA_CHANGES: Readonly<Record<string, string[]>> = {
  deleted: ['*.lifecycle.delete*', '*.delete', '*.remove', '*.revoke'],
  modified: [
    '*.lifecycle.deactivate',
    '*.lifecycle.activate',
    '*.lifecycle.update',
    '*.lifecycle.suspend',
    '*.lifecycle.unsuspend',
    'user.account.privilege.*',
    'user.account.update*',
    'user.account.reset*',
    'user.account.unlock*',
    'user.mfa.factor.*',
    'user.mfa.attempt_bypass',
    '*.update',
  ],
  created: ['*.lifecycle.create', '*.create', '*.add', '*.grant'],
};

/** Splunk Add-on for Okta Identity Cloud: the system log. */
export const okta: SourceType = {
  sourcetype: 'OktaIM2:log',
  names: ['oktaim2:log', 'okta*'],
  source: 'Okta',
  time: ['published'],
  recognise: ({ fields }) =>
    fields.has('published') &&
    fields.has('eventType') &&
    (fields.has('actor.alternateId') || fields.has('outcome.result')),
  base: 'json',
  steps: [
    {
      alias: {
        src_ip: 'client.ipAddress',
        src: ['client.ipAddress', 'request.ipChain{}.ip'],
        user: ['actor.alternateId', 'target{}.alternateId'],
        src_user: 'actor.alternateId',
        src_user_id: 'actor.id',
        src_user_type: 'actor.type',
        user_id: ['actor.id'],
        user_agent: 'client.userAgent.rawUserAgent',
        http_user_agent: 'client.userAgent.rawUserAgent',
        signature: 'eventType',
        signature_id: 'legacyEventType',
        description: 'displayMessage',
        command: 'eventType',
        result: 'outcome.result',
        reason: 'outcome.reason',
        object: ['target{}.alternateId', 'target{}.displayName'],
        object_id: 'target{}.id',
        object_attrs: 'target{}.type',
        authentication_method: 'authenticationContext.authenticationStep',
        city: 'client.geographicalContext.city',
        src_city: 'client.geographicalContext.city',
        src_country: 'client.geographicalContext.country',
        severity: 'severity',
        vendor_region: 'client.geographicalContext.country',
      },
    },
    { map: 'status', from: 'outcome.result', table: OKTA_RESULTS },
    { set: { action: 'lockout' }, when: { eventType: 'user.account.lock' } },
    ...Object.entries(OKTA_CHANGES).map(([action, eventType]) => ({ set: { action }, when: { eventType } })),
    { map: 'action', from: 'outcome.result', table: OKTA_RESULTS },
    // Where a user signs in, where not to an application: the organization itself.
    { derive: 'dest', from: ['target{}.displayName', 'actor.displayName', 'client.ipAddress'], by: 'first' },
    {
      set: {
        app: 'okta',
        vendor_product: 'Okta Identity Cloud',
        change_type: 'AAA',
        object_category: 'user',
      },
    },
  ],
  eventTypes: [
    { name: 'okta_log' },
    {
      name: 'okta_log_authentication',
      when: {
        eventType: [
          'user.session.*',
          'user.authentication.*',
          'policy.evaluate_sign_on',
          'user.mfa.okta_verify*',
          'system.push.send_factor_verify_push',
          'app.*.unauth_app_access_attempt',
          'app.*login*',
        ],
      },
      tags: ['authentication', 'cloud'],
    },
    {
      name: 'okta_log_change',
      when: {
        eventType: ['user.account.lock', ...Object.values(OKTA_CHANGES).flat()],
      },
      tags: ['change', 'account', 'cloud'],
    },
    {
      name: 'okta_log_alert',
      when: {
        eventType: [
          'security.threat.*',
          'security.attack.*',
          'user.account.report_suspicious_activity_by_enduser',
        ],
      },
      tags: ['alert'],
    },
  ],
};

export const pingId: SourceType = {
  sourcetype: 'ping:identity',
  names: ['ping*'],
  source: 'PINGID',
  time: ['recorded'],
  recognise: ({ fields }) =>
    fields.has('recorded') && fields.has('actors{}.name') && fields.has('resources{}.ipaddress'),
  base: 'json',
  // The event has a member `source` of its own; an indexed event keeps it under this name.
  steps: [{ match: /"source"\s*:\s*"(?<extracted_source>[^"]+)"/, from: '_raw' }],
};
