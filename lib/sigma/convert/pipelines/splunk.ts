/** Names of Splunk: the Windows add-on's, and those of the Common Information Model. */
import { WINDOWS_CATEGORIES, WINDOWS_SERVICES } from '../../match/windows-sources.ts';
import type { Pipeline, PipelinePart } from './pipeline.ts';

const channelParts: readonly PipelinePart[] = Object.entries(WINDOWS_SERVICES).map(([service, channels]) => ({
  when: { product: 'windows', service },
  demands: [{ field: 'source', values: channels.map((channel) => `WinEventLog:${channel}`) }],
}));

/** Programs that write to an event log, such as RPC Firewall, have products of their own. */
const EVENT_CODE: PipelinePart = { fields: { EventID: 'EventCode' } };

export const SPLUNK_WINDOWS: Pipeline = {
  name: 'splunk_windows',
  title: 'Splunk, Windows event logs',
  backends: ['splunk'],
  unmapped: 'keep',
  parts: [EVENT_CODE, ...channelParts],
};

/** Categories become the Sysmon events they are about. */
export const SPLUNK_SYSMON: Pipeline = {
  name: 'sysmon+splunk_windows',
  title: 'Splunk, Sysmon',
  backends: ['splunk'],
  unmapped: 'keep',
  parts: [
    ...SPLUNK_WINDOWS.parts,
    ...Object.entries(WINDOWS_CATEGORIES).flatMap(([category, events]): PipelinePart[] => {
      const own = events.filter(({ service }) => service === 'sysmon');
      if (own.length === 0) return [];
      const types = own.flatMap(({ eventType }) => eventType ?? []);
      return [
        {
          when: { product: 'windows', category },
          demands: [
            {
              field: 'source',
              values: WINDOWS_SERVICES.sysmon!.map((channel) => `WinEventLog:${channel}`),
            },
            { field: 'EventCode', values: [...new Set(own.flatMap(({ eventIds }) => eventIds.map(Number)))] },
            ...(types.length === 0 ? [] : [{ field: 'EventType', values: types }]),
          ],
        },
      ];
    }),
  ],
};

const REGISTRY = ['registry_add', 'registry_delete', 'registry_event', 'registry_set'];

/** Fields that each data set is grouped by, so that a row says what was found. */
export const CIM_GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Endpoint.Processes':
    'process dest process_current_directory process_path process_integrity_level original_file_name parent_process parent_process_path parent_process_guid parent_process_id process_guid process_id user'.split(
      ' ',
    ),
  'Endpoint.Registry':
    'dest registry_value_data action process_path process_guid process_id registry_path'.split(' '),
  'Endpoint.Filesystem': 'dest file_create_time process_path process_guid process_id file_path'.split(' '),
  'Web.Web': 'url uri_query uri_path http_user_agent http_method dest http_referrer src'.split(' '),
};

const under = (dataset: string, fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).map(([name, own]) => [name, `${dataset}.${own}`]));

/** `TargetObject` is the whole path, so `registry_path`; a key name alone would never end in a value's name. */
export const SPLUNK_CIM: Pipeline = {
  name: 'splunk_cim',
  title: 'Splunk data models (CIM)',
  backends: ['splunk'],
  unmapped: 'refuse',
  needsTable: true,
  parts: [
    {
      when: { category: 'process_creation' },
      table: 'Endpoint.Processes',
      fields: under('Processes', {
        CommandLine: 'process',
        Computer: 'dest',
        CurrentDirectory: 'process_current_directory',
        Image: 'process_path',
        IntegrityLevel: 'process_integrity_level',
        OriginalFileName: 'original_file_name',
        ParentCommandLine: 'parent_process',
        ParentImage: 'parent_process_path',
        ParentProcessGuid: 'parent_process_guid',
        ParentProcessId: 'parent_process_id',
        ProcessGuid: 'process_guid',
        ProcessId: 'process_id',
        User: 'user',
      }),
    },
    {
      when: { category: REGISTRY },
      table: 'Endpoint.Registry',
      fields: under('Registry', {
        Computer: 'dest',
        Details: 'registry_value_data',
        EventType: 'action',
        Image: 'process_path',
        ProcessGuid: 'process_guid',
        ProcessId: 'process_id',
        TargetObject: 'registry_path',
      }),
    },
    {
      when: { category: 'file_event' },
      table: 'Endpoint.Filesystem',
      fields: under('Filesystem', {
        Computer: 'dest',
        CreationUtcTime: 'file_create_time',
        Image: 'process_path',
        ProcessGuid: 'process_guid',
        ProcessId: 'process_id',
        TargetFilename: 'file_path',
      }),
    },
    {
      when: { category: 'proxy' },
      table: 'Web.Web',
      fields: under('Web', {
        'c-uri': 'url',
        'c-uri-query': 'uri_query',
        'c-uri-stem': 'uri_path',
        'c-useragent': 'http_user_agent',
        'cs-method': 'http_method',
        'cs-host': 'dest',
        'cs-referrer': 'http_referrer',
        src_ip: 'src',
        dst_ip: 'dest',
        'sc-status': 'status',
      }),
    },
  ],
};
