import type { SourceType } from '../source-type.ts';

/** Splunk Add-on for Microsoft Office 365: the unified audit log. */
export const office365: SourceType = {
  sourcetype: 'o365:management:activity',
  names: ['o365:management:activity*', 'o365*'],
  source: 'o365',
  time: ['CreationTime'],
  recognise: ({ fields }) =>
    fields.has('Operation') &&
    fields.has('Workload') &&
    (fields.has('OrganizationId') || fields.has('UserId')),
  base: 'json',
  steps: [
    { pairs: '', keys: 'ExtendedProperties{}.Name', values: 'ExtendedProperties{}.Value' },
    { pairs: '', keys: 'DeviceProperties{}.Name', values: 'DeviceProperties{}.Value' },
    { pairs: '', keys: 'Parameters{}.Name', values: 'Parameters{}.Value' },
    { pairs: '', keys: 'OperationProperties{}.Name', values: 'OperationProperties{}.Value' },
    { derive: 'src_ip', from: ['ClientIP', 'ClientIPAddress', 'ActorIpAddress'], by: 'clientAddress' },
    {
      alias: {
        src: ['src_ip', 'ClientIP'],
        user: ['UserId', 'UserKey'],
        user_id: ['UserId', 'UserKey'],
        user_type: 'UserType',
        user_agent: ['UserAgent', 'ClientInfoString'],
        object: ['ObjectId', 'SourceFileName'],
        object_id: ['ObjectId'],
        signature: 'Operation',
        command: 'Operation',
        app: 'Workload',
        authentication_service: 'Workload',
        dest: ['Workload', 'OriginatingServer'],
        dest_name: 'Workload',
        dvc: ['OriginatingServer', 'Workload'],
        vendor_account: 'OrganizationId',
        record_type: 'RecordType',
        event_type: 'RecordType',
        file_name: 'SourceFileName',
        result: 'ResultStatus',
        status: 'ResultStatus',
        src_user: ['UserId'],
        object_attrs: ['ModifiedProperties{}.Name'],
        reason: 'LogonError',
        subject: ['Item.Subject'],
        src_name: 'ClientProcessName',
        user_name: 'UserId',
        Id: 'Id',
      },
    },
    {
      map: 'status',
      from: 'ResultStatus',
      table: {
        succeeded: 'success',
        success: 'success',
        partiallysucceeded: 'success',
        true: 'success',
        failed: 'failure',
        failure: 'failure',
        false: 'failure',
      },
      override: true,
    },
    {
      map: 'action',
      from: 'Operation',
      table: {
        userloggedin: 'success',
        userloginfailed: 'failure',
        'add user.': 'created',
        'delete user.': 'deleted',
        'update user.': 'modified',
      },
    },
    { set: { change_type: 'AAA', object_category: 'user' }, when: { Workload: 'AzureActiveDirectory' } },
    { set: { vendor_product: 'Microsoft Office 365' } },
  ],
  eventTypes: [
    { name: 'o365_management_activity' },
    {
      name: 'o365_authentication',
      when: { Operation: ['UserLoggedIn', 'UserLoginFailed'] },
      tags: ['authentication', 'cloud'],
    },
    {
      name: 'o365_change',
      when: { Workload: ['AzureActiveDirectory', 'Exchange'], ResultStatus: '*' },
      tags: ['change', 'cloud'],
    },
  ],
};

/** Azure Monitor's sign-in and audit logs of Entra ID. */
export const azureMonitorAad: SourceType = {
  sourcetype: 'azure:monitor:aad',
  names: ['azure:monitor:aad*', 'azure:aad*'],
  source: 'Azure AD',
  time: ['time', 'properties.activityDateTime', 'properties.createdDateTime'],
  recognise: ({ fields }) =>
    fields.has('operationName') &&
    fields.has('tenantId') &&
    (/aadiam/i.test(String(fields.get('resourceId'))) ||
      /^(?:AuditLogs|SignInLogs|NonInteractiveUserSignInLogs)$/.test(String(fields.get('category')))),
  base: 'json',
  steps: [
    {
      alias: {
        src_ip: ['callerIpAddress', 'properties.ipAddress', 'properties.initiatedBy.user.ipAddress'],
        user: [
          'properties.userPrincipalName',
          'properties.initiatedBy.user.userPrincipalName',
          'properties.initiatedBy.app.displayName',
          'identity',
        ],
        result: ['properties.result', 'resultType'],
      },
    },
    { alias: { src: 'src_ip' } },
  ],
  eventTypes: [
    { name: 'azure_monitor_aad' },
    {
      name: 'azure_monitor_aad_signin',
      when: { category: ['SignInLogs', 'NonInteractiveUserSignInLogs'] },
      tags: ['authentication', 'cloud'],
    },
    { name: 'azure_monitor_aad_audit', when: { category: 'AuditLogs' }, tags: ['change', 'cloud'] },
  ],
};

/** Azure activity log through the Microsoft Cloud Services add-on. */
export const azureAudit: SourceType = {
  sourcetype: 'mscs:azure:audit',
  names: ['mscs:azure:audit', 'azure:monitor:activity*'],
  source: 'mscs:azure:audit',
  time: ['eventTimestamp', 'time'],
  recognise: ({ fields }) => fields.has('authorization.action') || fields.has('operationName.value'),
  base: 'json',
  steps: [
    {
      alias: {
        action: 'authorization.action',
        command: ['operationName.localizedValue', 'operationName.value'],
        change_type: 'category.value',
        dest: ['resourceId', 'resourceProviderName.value'],
        dvc: ['resourceProviderName.value', 'resourceGroupName'],
        object: 'resourceId',
        object_id: 'resourceId',
        object_path: 'resourceId',
        object_category: 'resourceType.value',
        object_attrs: 'authorization.scope',
        result: 'status.value',
        src: ['claims.ipaddr', 'httpRequest.clientIpAddress'],
        src_ip: ['claims.ipaddr', 'httpRequest.clientIpAddress'],
        status: 'status.value',
        user: 'caller',
        user_name: 'claims.name',
        user_id: 'claims.http://schemas.microsoft.com/identity/claims/objectidentifier',
        vendor_account: 'subscriptionId',
        vendor_region: 'location',
        id: 'id',
        signature: 'operationName.localizedValue',
      },
    },
    { set: { vendor_product: 'Microsoft Azure' } },
  ],
  eventTypes: [{ name: 'mscs_azure_audit', tags: ['change', 'cloud'] }],
};

/** Microsoft Defender's advanced hunting tables through an event hub. */
export const defenderHunting: SourceType = {
  sourcetype: 'mscs:azure:eventhub:defender:advancedhunting',
  names: ['mscs:azure:eventhub:defender*'],
  source: 'eventhub://windowsdefenderlogs',
  time: ['properties.Timestamp', 'time'],
  recognise: ({ fields }) => /^AdvancedHunting-/.test(String(fields.get('category'))),
  base: 'json',
  steps: [
    {
      alias: Object.fromEntries(
        [
          'AlertId',
          'Timestamp',
          'EntityType',
          'EvidenceRole',
          'SHA1',
          'SHA256',
          'RemoteIP',
          'LocalIP',
          'RemoteUrl',
          'AccountName',
          'AccountDomain',
          'AccountSid',
          'AccountObjectId',
          'DeviceId',
          'ThreatFamily',
          'EvidenceDirection',
          'AdditionalFields',
          'MachineGroup',
          'NetworkMessageId',
          'ServiceSource',
          'FileName',
          'FolderPath',
          'ProcessCommandLine',
          'EmailSubject',
          'ApplicationId',
          'Application',
          'DeviceName',
          'FileSize',
          'RegistryKey',
          'RegistryValueName',
          'RegistryValueData',
          'AccountUpn',
          'OAuthApplicationId',
          'Categories',
          'Title',
          'AttackTechniques',
          'DetectionSource',
          'Severity',
        ].map((name) => [name, `properties.${name}`]),
      ),
    },
    {
      alias: {
        TenantId: 'tenantId',
        OperationName: 'operationName',
        Category: 'category',
        dest: 'properties.DeviceName',
        signature: 'properties.Title',
        severity: 'properties.Severity',
      },
    },
  ],
  eventTypes: [{ name: 'defender_advancedhunting', tags: ['alert'] }],
};
