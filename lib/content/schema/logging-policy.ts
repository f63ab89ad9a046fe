import * as is from './common.ts';

export const loggingPolicy = is.object(
  {
    ...is.ownHead,
    platforms: is.filledList(is.text('Platform.'), 'Platforms it is for.'),
    initial_state: is.oneOf(
      ['not configured', 'partially configured', 'configured'],
      'What a system does that nobody has touched.',
    ),
    event_volume: is.oneOf(
      ['low', 'medium', 'high', 'very high'],
      'How many events it makes a system write.',
    ),
    event_ids: is.texts('Event ids that it makes a system write.').optional(),
    configuration: is.steps('How to set it up.'),
    data_sources: is.texts('Names of the data sources that it feeds.'),
  },
  'Logging policy.',
);
