import { z } from 'zod';
import * as is from './common.ts';

const renaming = z
  .record(z.string(), is.text('Name there.'), { error: 'a mapping of names to names' })
  .meta({ description: 'Field here → field there.' });

const body = {
  source: is.text('`source` of its events.'),
  sourcetype: is.text('`sourcetype` of its events.'),
  separator: is.text('Field that tells this source from others of the sourcetype.').optional(),
  separator_value: is.text('Value of that field.').optional(),
  platform: is.text('Platform that writes it.').optional(),
  category: is.text('Kind of logs: `OS Logs`, `AV Alerts`, `Proxy Logs`.').optional(),
  log_type: is.text('Kind of log within the platform: `Applications and Services Logs`.').optional(),
  channel: is.text('Channel of the Windows event log, or what the system calls the log.').optional(),
  provider: is.text('What writes it.').optional(),
  event_ids: is.texts('Event ids that belong to it.').optional(),
  configuration: is.text('Where to find the configuration that produces it.').optional(),
  supported_TA: is
    .list(
      is.object(
        {
          name: is.text('Name of the add-on.'),
          url: is.text('Where to get it.').optional(),
          version: is.text('Version it was written with.'),
        },
        'An add-on that reads it.',
      ),
      'Add-ons that read it.',
    )
    .optional(),
  fields: is.texts('Fields that the add-on yields.').optional(),
  output_fields: is.texts('Fields that a detection on it should return.').optional(),
  mitre_components: is.texts('ATT&CK data components.').optional(),
  field_mappings: is
    .list(
      is.object(
        {
          data_model: is.oneOf(['cim', 'ocsf', 'custom_cim'], 'Data model.'),
          data_set: is.text('Dataset in it.').optional(),
          mapping: renaming,
        },
        'Its fields in a data model.',
      ),
      'Its fields in data models.',
    )
    .optional(),
  convert_to_log_source: is
    .list(
      is.object(
        { data_source: is.text('Name of the other data source.'), mapping: renaming },
        'The same event elsewhere.',
      ),
      'The same event in other data sources.',
    )
    .optional(),
  logsource: is
    .object(
      {
        category: is.text('Category.').optional(),
        product: is.text('Product.').optional(),
        service: is.text('Service.').optional(),
      },
      'The same as a Sigma log source.',
    )
    .optional(),
  example_log: is.text('One event, raw.').optional(),
};

export const dataSource = is.object(
  { ...is.datedHead, ...body, status: is.text('Maturity.').optional() },
  'Data source, security_content generations 1 and 2.',
);

export const dataSourceG3 = is.object(
  { ...is.trackedHead, ...body, references: is.references.optional() },
  'Data source, security_content generation 3.',
);

/** What Splunk calls it may be left out where the system's own name for the log is there. */
export const dataNeeded = is.object(
  {
    ...is.ownHead,
    ...body,
    source: body.source.optional(),
    sourcetype: body.sourcetype.optional(),
    channel: is.filledText('Channel of the Windows event log, or what the system calls the log.'),
  },
  'Data source by the name that its system has for it.',
);

export type DataSourceFile = z.infer<typeof dataSource>;
export type DataSourceFileG3 = z.infer<typeof dataSourceG3>;
