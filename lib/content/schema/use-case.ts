import * as is from './common.ts';

export const useCase = is.object(
  {
    ...is.ownHead,
    detections: is.filledList(is.text('Name of a detection.'), 'Detections that belong to it.'),
  },
  'Use case: a question, and the detections that answer it.',
);

export const customer = is.object(
  {
    ...is.ownHead,
    use_cases: is.texts('Names of its use cases.'),
    detections: is.texts('Names of detections that it runs besides.').optional(),
    data_sources: is.texts('Names of the data sources that it collects.').optional(),
  },
  'Customer: somebody for whom detections run.',
);
