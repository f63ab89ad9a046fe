import type { SourceType } from '../source-type.ts';

/** Categories of Entra ID's logs that tell of sign-ins: by users, with a token, by services. */
const SIGN_INS = ['*SignInLogs'];

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
      /^(?:AuditLogs|\w*SignInLogs|UserRiskEvents|RiskyUsers)$/.test(String(fields.get('category')))),
  base: 'json',
  steps: [
    { pairs: '', keys: 'properties.additionalDetails{}.key', values: 'properties.additionalDetails{}.value' },
    {
      alias: {
        src_ip: ['callerIpAddress', 'properties.ipAddress', 'properties.initiatedBy.user.ipAddress'],
        user: [
          'properties.userPrincipalName',
          'properties.initiatedBy.user.userPrincipalName',
          'properties.initiatedBy.app.displayName',
          'identity',
        ],
        // Who did it, where somebody did something to somebody or something else.
        src_user: ['properties.initiatedBy.user.userPrincipalName', 'properties.initiatedBy.app.displayName'],
        user_id: [
          'properties.userId',
          'properties.initiatedBy.user.id',
          'properties.servicePrincipalId',
          'properties.initiatedBy.app.servicePrincipalId',
        ],
        result: ['properties.result', 'resultType'],
      },
    },
    {
      alias: {
        src: 'src_ip',
        command: 'operationName',
        signature: 'operationName',
        id: 'properties.id',
        user_agent: ['properties.userAgent', 'User-Agent', 'properties.deviceDetail.browser'],
        status: ['properties.result', 'resultSignature'],
        signature_id: ['properties.status.errorCode', 'resultType', 'operationName'],
        app: ['properties.appDisplayName', 'properties.loggedByService'],
        reason: ['properties.status.failureReason', 'properties.resultReason', 'resultDescription'],
        authentication_method: 'properties.authenticationDetails{}.authenticationMethod',
        result_id: ['resultType', 'resultSignature'],
        object_id: 'properties.targetResources{}.id',
        object: 'properties.targetResources{}.displayName',
        object_attrs: 'properties.targetResources{}.modifiedProperties{}.displayName',
        additional_details_name: 'properties.additionalDetails{}.key',
        additional_details_value: 'properties.additionalDetails{}.value',
        additional_details: 'properties.additionalDetails{}.value',
        dest: ['properties.targetResources{}.displayName', 'properties.resourceDisplayName'],
        dest_type: 'properties.targetResources{}.type',
        user_type: 'properties.targetResources{}.type',
        src_user_type: 'properties.initiatedBy.user.userType',
        dvc: 'resourceId',
        vendor_account: 'tenantId',
      },
    },
    { match: /^\/tenants\/[^/]+\/(?<path_from_resourceId>.+)$/, from: 'resourceId' },
    {
      map: 'action',
      from: ['properties.status.errorCode', 'resultType'],
      table: { '0': 'success' },
      otherwise: 'failure',
      when: { category: SIGN_INS },
    },
    { match: /^(?<verb>[A-Z][a-z]+)/, from: 'operationName' },
    {
      map: 'action',
      from: 'verb',
      table: { Add: 'created', Invite: 'created', Create: 'created', Delete: 'deleted', Remove: 'deleted' },
      otherwise: 'modified',
    },
    { drop: ['verb'] },
    { set: { src_user_type: 'servicePrincipal' }, when: { 'properties.initiatedBy.app.displayName': '*' } },
    { set: { src_user_type: 'user', vendor_product: 'Microsoft Entra ID', change_type: 'AAA' } },
  ],
  eventTypes: [
    { name: 'azure_monitor_aad' },
    {
      name: 'azure_monitor_aad_signin',
      when: { category: SIGN_INS },
      tags: ['authentication', 'cloud'],
    },
    { name: 'azure_monitor_aad_audit', when: { category: 'AuditLogs' }, tags: ['change', 'cloud'] },
  ],
};

/** The activity log and Intune's audit log as Azure Monitor streams them. */
export const azureMonitorActivity: SourceType = {
  sourcetype: 'azure:monitor:activity',
  names: ['azure:monitor:activity*'],
  source: 'Azure AD',
  time: ['time', 'properties.ActivityDate'],
  recognise: ({ fields }) =>
    fields.has('operationName') &&
    (fields.has('properties.ActivityType') || fields.has('properties.AuditEventId')),
  base: 'json',
  steps: [
    {
      alias: {
        user: ['identity', 'properties.Actor.UPN', 'caller'],
        user_id: 'properties.Actor.ObjectId',
        user_type: ['properties.Actor.ActorType'],
        src: 'callerIpAddress',
        src_ip: 'callerIpAddress',
        object: ['properties.TargetDisplayNames{}', 'resourceId'],
        object_id: 'properties.TargetObjectIds{}',
        object_attrs: 'properties.Targets{}.ModifiedProperties{}.Name',
        command: 'operationName',
        signature: 'operationName',
        result: 'resultType',
        dest: ['properties.TargetDisplayNames{}', 'resourceId'],
        vendor_account: 'tenantId',
      },
    },
    { map: 'status', from: 'resultType', table: { success: 'success', failure: 'failure' } },
    { set: { vendor_product: 'Microsoft Azure', change_type: 'cloud' } },
  ],
  eventTypes: [{ name: 'azure_monitor_activity', tags: ['change', 'cloud'] }],
};

/** Azure activity log through the Microsoft Cloud Services add-on. */
export const azureAudit: SourceType = {
  sourcetype: 'mscs:azure:audit',
  names: ['mscs:azure:audit'],
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
        object: ['resourceId', 'resourceUri', 'authorization.scope'],
        object_id: ['resourceId', 'resourceUri', 'authorization.scope'],
        object_path: ['resourceId', 'resourceUri', 'authorization.scope'],
        vendor_res_code: ['properties.statusCode', 'subStatus.value'],
        result_id: ['subStatus.value', 'properties.statusCode'],
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
    { set: { vendor: 'Microsoft', product: 'Azure', vendor_product: 'Microsoft Azure' } },
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
