/** Schedule and alert actions: of a deployment, of a schedule, and of the block that a search may carry itself. */
import type { Configuration } from '../model.ts';
import type { Fields } from './fields.ts';

/** From a mapping with `scheduling` and `alert_action` (generations 1, 2) or with the schedule's own keys (3). */
export function readConfiguration(fields: Fields): Configuration {
  const schedule = fields.map('scheduling') ?? fields;
  const actions = fields.map('alert_action');
  const notable = actions?.map('notable');
  const rba = actions?.map('rba');
  const optional = {
    cron: schedule.text('cron_schedule'),
    earliest: schedule.text('earliest_time'),
    latest: schedule.text('latest_time'),
    scheduleWindow: schedule.text('schedule_window'),
    ruleTitle: notable?.text('rule_title'),
    ruleDescription: notable?.text('rule_description'),
  };
  const configuration: Configuration = {
    // Content ships switched off; `enabled_by_default` is the exception, and belongs to the detection.
    disabled: true,
    createsFinding: notable !== undefined,
    findingFields: notable?.texts('nes_fields') ?? [],
    createsRiskEvent: rba !== undefined && rba.flag('enabled') !== false,
  };
  for (const [key, value] of Object.entries(optional)) {
    if (value) configuration[key as keyof typeof optional] = value;
  }
  return configuration;
}
