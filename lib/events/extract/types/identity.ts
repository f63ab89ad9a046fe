import type { SourceType } from '../source-type.ts';

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
        signature: 'displayMessage',
        signature_id: 'eventType',
        command: 'eventType',
        result: 'outcome.result',
        reason: 'outcome.reason',
        dest: ['target{}.displayName', 'actor.displayName'],
        object: ['target{}.alternateId', 'target{}.displayName'],
        object_id: 'target{}.id',
        authentication_method: 'authenticationContext.authenticationStep',
        city: 'client.geographicalContext.city',
        src_city: 'client.geographicalContext.city',
        src_country: 'client.geographicalContext.country',
        severity: 'severity',
        vendor_region: 'client.geographicalContext.country',
      },
    },
    {
      map: 'action',
      from: 'outcome.result',
      table: {
        success: 'success',
        allow: 'success',
        failure: 'failure',
        deny: 'failure',
        challenge: 'pending',
      },
    },
    {
      map: 'status',
      from: 'outcome.result',
      table: { success: 'success', allow: 'success', failure: 'failure', deny: 'failure' },
    },
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
          'user.session.start',
          'user.authentication.sso',
          'user.authentication.auth_via_mfa',
          'user.authentication.verify',
          'user.authentication.auth_via_AD_agent',
          'policy.evaluate_sign_on',
          'user.mfa.okta_verify.deny_push',
        ],
      },
      tags: ['authentication', 'cloud'],
    },
    {
      name: 'okta_log_change',
      when: {
        eventType: [
          'user.lifecycle.create',
          'user.lifecycle.delete.initiated',
          'user.account.privilege.grant',
          'user.account.update_password',
          'user.account.reset_password',
          'user.mfa.factor.deactivate',
          'user.mfa.factor.reset_all',
          'user.mfa.factor.activate',
          'application.lifecycle.create',
          'system.idp.lifecycle.create',
          'zone.update',
          'user.account.lock',
        ],
      },
      tags: ['change', 'account', 'cloud'],
    },
    {
      name: 'okta_log_alert',
      when: { eventType: ['security.threat.detected', 'user.account.report_suspicious_activity_by_enduser'] },
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

/** Google Workspace's admin reports. */
export const workspace: SourceType = {
  sourcetype: 'gws:reports:admin',
  names: ['gws:*', 'gsuite:*'],
  source: 'gws:reports:admin',
  time: ['id.time', 'timestamp'],
  recognise: ({ fields }) =>
    fields.get('kind') === 'admin#reports#activity' || fields.has('parameters.doc_id'),
  base: 'json',
  steps: [
    {
      alias: {
        user: ['actor.email', 'email'],
        src: ['ipAddress', 'ip_address'],
        src_ip: ['ipAddress', 'ip_address'],
        signature: ['event.name', 'name'],
        app: 'id.applicationName',
      },
    },
    {
      map: 'action',
      from: 'event.name',
      table: { login_success: 'success', login_failure: 'failure', logout: 'success' },
    },
    { alias: { status: 'action' } },
    { set: { vendor_product: 'Google Workspace' } },
  ],
  eventTypes: [
    { name: 'gws_reports_login', when: { 'event.type': 'login' }, tags: ['authentication', 'cloud'] },
    { name: 'gws_reports_admin', tags: [] },
  ],
};
