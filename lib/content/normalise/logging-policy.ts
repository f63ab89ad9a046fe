import type { LoggingPolicy } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { readSteps } from './steps.ts';
import { optional, references } from './values.ts';

export function readLoggingPolicy(fields: Fields): LoggingPolicy {
  return {
    ...readBase('logging_policy', fields),
    ...optional({
      initialState: fields.text('initial_state'),
      eventVolume: fields.text('event_volume'),
    }),
    platforms: fields.texts('platforms'),
    eventIds: fields.texts('event_ids'),
    configuration: readSteps(fields, 'configuration'),
    dataSources: references(fields.texts('data_sources')),
    detections: [],
  };
}
