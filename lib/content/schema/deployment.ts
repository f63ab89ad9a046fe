import type { z } from 'zod';
import * as is from './common.ts';

export const deploymentFile = is.object(
  {
    ...is.datedHead,
    version: is.datedHead.version.optional(),
    status: is.text('Maturity.').optional(),
    scheduling: is.scheduling,
    alert_action: is
      .openObject(
        {
          notable: is
            .object(
              {
                rule_title: is.text('Title of the finding.'),
                rule_description: is.text('Description of the finding.'),
                nes_fields: is.texts('Fields that the finding shows.').optional(),
              },
              'The finding it creates.',
            )
            .optional(),
          rba: is.object({ enabled: is.flag('Whether risk events are created.') }, 'Risk events.').optional(),
        },
        'What a result creates.',
      )
      .optional(),
    type: is.oneOf([...is.detectionTypes, 'Baseline'], 'Type of search it applies to.'),
  },
  'Deployment, security_content generations 1 and 2.',
);

export const schedule = is.object(
  {
    ...is.trackedHead,
    cron_schedule: is.text('When the search runs, in cron notation.'),
    earliest_time: is.text('Earliest time of the search.'),
    latest_time: is.text('Latest time of the search.'),
    schedule_window: is.text('How late a run may start: minutes or `auto`.'),
  },
  'Schedule, security_content generation 3.',
);

export type DeploymentFile = z.infer<typeof deploymentFile>;
export type ScheduleFile = z.infer<typeof schedule>;
