import type { Enrichment } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { readSteps } from './steps.ts';
import { references } from './values.ts';

export function readEnrichment(fields: Fields): Enrichment {
  return {
    ...readBase('enrichment', fields),
    dataSources: references(fields.texts('data_sources')),
    enriches: references(fields.texts('enriches')),
    newFields: fields.texts('new_fields'),
    requires: references(fields.texts('requires')),
    configuration: readSteps(fields, 'configuration'),
    detections: references(fields.texts('detections')),
  };
}
