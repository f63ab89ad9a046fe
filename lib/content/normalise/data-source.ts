import { dataNeededOf } from '../../sigma/data-needed/atomic-threat-coverage.ts';
import type { DataSource } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { platformOf } from './platform.ts';
import { optional } from './values.ts';

export function readDataSource(fields: Fields): DataSource {
  const base = readBase('data_source', fields);
  const sourceName = fields.text('source');
  const sourcetype = fields.text('sourcetype');
  const logsource = fields.map('logsource');
  const channel = fields.text('channel') ?? channelOf(sourceName);
  const platform = fields.text('platform') ?? platformOf(base.name, sourceName, sourcetype, channel);
  const eventIds = eventIdsOf(fields, base.name, channel !== undefined);
  return {
    ...base,
    ...optional({
      sourceName,
      sourcetype,
      separator: fields.text('separator'),
      separatorValue: fields.text('separator_value'),
      platform,
      category: fields.text('category'),
      logType: fields.text('log_type') ?? logTypeOf(platform, channel),
      channel,
      provider: fields.text('provider'),
      configuration: fields.text('configuration'),
      exampleLog: fields.text('example_log'),
    }),
    addons: fields.maps('supported_TA').map((addon) => ({
      name: addon.text('name') ?? '',
      ...optional({ url: addon.text('url'), version: addon.text('version') }),
    })),
    fields: fields.texts('fields'),
    outputFields: fields.texts('output_fields'),
    mitreComponents: fields.texts('mitre_components'),
    fieldMappings: fields.maps('field_mappings').map((mapping) => ({
      dataModel: mapping.text('data_model') ?? '',
      ...optional({ dataSet: mapping.text('data_set') }),
      mapping: mapping.map('mapping')?.pairs() ?? [],
    })),
    convertsTo: fields.maps('convert_to_log_source').map((conversion) => ({
      dataSource: { name: conversion.text('data_source') ?? '' },
      mapping: conversion.map('mapping')?.pairs() ?? [],
    })),
    ...(logsource
      ? {
          logsource: optional({
            category: logsource.text('category'),
            product: logsource.text('product'),
            service: logsource.text('service'),
          }),
        }
      : {}),
    eventIds,
    dataNeededNames: channel ? dataNeededOf(channel, eventIds) : [],
    usedBy: [],
    loggingPolicies: [],
    enrichedBy: [],
  };
}

/** Splunk's add-ons for Windows call the source of events by their channel. */
function channelOf(source: string | undefined): string | undefined {
  return /^(?:Xml)?WinEventLog:(.+)$/.exec(source ?? '')?.[1];
}

/** Files of generation 1 have the number in the name alone: `Windows Event Log Security 4688`. */
function eventIdsOf(fields: Fields, name: string, windows: boolean): string[] {
  const written = fields.texts('event_ids');
  if (written.length > 0) return written;
  const byEvent = /^(?:EventID|EventCode|event_id)$/i.test(fields.text('separator') ?? '');
  const values = byEvent ? fields.texts('separator_value') : [];
  if (values.length > 0 || !(byEvent || windows)) return values;
  return /\s(\d{1,5})$/.exec(name)?.slice(1) ?? [];
}

/** The two branches under which the event viewer of Windows shows its channels. */
function logTypeOf(platform: string | undefined, channel: string | undefined): string | undefined {
  if (platform !== 'Windows' || !channel) return undefined;
  const first = ['Application', 'Security', 'Setup', 'System', 'ForwardedEvents'];
  return first.includes(channel) ? 'Windows Log' : 'Applications and Services Logs';
}
