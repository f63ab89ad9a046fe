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
  return {
    ...base,
    ...optional({
      sourceName,
      sourcetype,
      separator: fields.text('separator'),
      separatorValue: fields.text('separator_value'),
      platform: platformOf(base.name, sourceName, sourcetype),
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
    usedBy: [],
  };
}
