import type { SourceType } from '../source-type.ts';
import type { Step } from '../steps.ts';

const ALERT: Step = { derive: 'severity', from: 'severity', by: 'lower', override: true };
const EVENT_TYPES = [{ name: 'ms_defender_alerts', tags: ['alert'] }];

/** Splunk Add-on for Microsoft Security: alerts of Defender for Endpoint, as its API gives them. */
export const defenderAtpAlerts: SourceType = {
  sourcetype: 'ms:defender:atp:alerts',
  names: ['ms:defender:atp*'],
  source: 'ms_defender_atp_alerts',
  host: ['computerDnsName'],
  time: ['lastUpdateTime', 'alertCreationTime', 'lastEventTime'],
  recognise: ({ fields }) => fields.has('alertCreationTime') && fields.has('machineId'),
  base: 'json',
  steps: [
    {
      alias: {
        dest: ['computerDnsName', 'machineId'],
        src: ['computerDnsName', 'machineId'],
        signature: 'title',
        signature_id: ['threatName', 'detectorId'],
        type: 'category',
        user: ['relatedUser.userName', 'evidence{}.accountName'],
        user_name: 'relatedUser.userName',
        src_user: 'relatedUser.userName',
        body: 'description',
        subject: 'title',
        app: 'detectionSource',
        mitre_technique_id: 'mitreTechniques{}',
        file_name: 'evidence{}.fileName',
        file_hash: 'evidence{}.sha256',
        process: 'evidence{}.processCommandLine',
        vendor_account: ['aadTenantId', 'tenantId'],
      },
    },
    ALERT,
    { set: { dest_type: 'endpoint', vendor_product: 'Microsoft Defender for Endpoint' } },
  ],
  eventTypes: EVENT_TYPES,
};

/** The same add-on: alerts of incidents of Defender XDR. */
export const defenderIncidentAlerts: SourceType = {
  sourcetype: 'ms365:defender:incident:alerts',
  names: ['ms365:defender:incident*', 'ms:defender:incident*'],
  source: 'm365_defender_incident_alerts',
  time: ['lastUpdatedTime', 'creationTime', 'lastActivity', 'createdDateTime'],
  recognise: ({ fields }) => fields.has('alertId') && fields.has('serviceSource'),
  base: 'json',
  steps: [
    {
      alias: {
        id: ['alertId', 'id'],
        dest: ['devices{}.deviceDnsName', 'entities{}.deviceId', 'evidence{}.deviceDnsName'],
        src: ['devices{}.deviceDnsName', 'entities{}.deviceId'],
        signature: 'title',
        signature_id: ['threatFamilyName', 'detectorId', 'alertId'],
        type: 'category',
        user: ['entities{}.userPrincipalName', 'entities{}.accountName'],
        user_name: 'entities{}.accountName',
        body: 'description',
        subject: 'title',
        app: 'serviceSource',
        mitre_technique_id: 'mitreTechniques{}',
        file_name: 'entities{}.fileName',
        file_hash: 'entities{}.sha256',
      },
    },
    ALERT,
    { set: { vendor_product: 'Microsoft 365 Defender' } },
  ],
  eventTypes: EVENT_TYPES,
};
