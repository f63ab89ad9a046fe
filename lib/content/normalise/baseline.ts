import type { Baseline } from '../model.ts';
import { readBase } from './base.ts';
import { readConfiguration } from './configuration.ts';
import type { Fields } from './fields.ts';
import { dataSources, optional, references } from './values.ts';

export function readBaseline(file: Fields): Baseline {
  const fields = file.hoisting('tags');
  const declared = fields.texts('required_fields');
  const schedule = fields.map('deployment', 'custom_schedule');
  return {
    ...readBase('baseline', file),
    search: fields.text('search') ?? '',
    forms: {},
    falsePositives: fields.text('known_false_positives') ?? '',
    implementation: fields.text('how_to_implement') ?? '',
    ...optional({ securityDomain: fields.text('security_domain') }),
    products: fields.texts('product'),
    dataModels: [],
    requiredFields: [],
    ...(declared.length > 0 ? { declaredFields: declared } : {}),
    dataSources: dataSources(fields.texts('data_source')),
    stories: references(fields.texts('analytic_story')),
    detections: references(fields.texts('detections')),
    macros: [],
    lookups: [],
    ...(schedule ? { configuration: readConfiguration(schedule) } : {}),
  };
}
