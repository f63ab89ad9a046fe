import * as is from './common.ts';

export const enrichment = is.object(
  {
    ...is.ownHead,
    data_sources: is.texts('Names of the data sources that it reads.'),
    enriches: is.texts('Names of the data sources whose events it adds to.').optional(),
    new_fields: is.texts('Fields that it adds.').optional(),
    requires: is.texts('Names of the enrichments that must run before it.').optional(),
    configuration: is.steps('How to set it up.').optional(),
    detections: is.texts('Names of the detections that it serves.').optional(),
  },
  'Enrichment of events.',
);
