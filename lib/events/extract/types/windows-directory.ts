import type { SourceType } from '../source-type.ts';

/** Changes of Active Directory objects, as the Splunk forwarder's own monitor (admon) writes them. */
export const activeDirectory: SourceType = {
  sourcetype: 'ActiveDirectory',
  names: ['activedirectory'],
  source: 'ActiveDirectory',
  host: ['dcName'],
  recognise: ({ fields }) => fields.has('admonEventType'),
  base: 'lines',
  steps: [
    {
      alias: {
        dvc: 'dcName',
        dest: 'dcName',
        object: ['displayName', 'name', 'cn'],
        object_id: 'objectGUID',
        object_path: 'distinguishedName',
      },
    },
    {
      map: 'action',
      from: 'admonEventType',
      table: { Update: 'modified', Delete: 'deleted', Sync: 'read', Schema: 'read' },
    },
    { set: { vendor_product: 'Microsoft Active Directory' } },
  ],
  eventTypes: [{ name: 'admon' }],
};
