import type { Configuration as ConfigurationModel, Reference } from '../../lib/content/model.ts';
import { FactsTable } from '../content/facts-table.tsx';
import { Ref } from '../content/reference.tsx';
import { Section } from '../document/layout.tsx';

/** How Enterprise Security schedules it and what it creates, before anybody changes that. */
export function Configuration({
  configuration,
  deployment,
}: {
  configuration?: ConfigurationModel;
  deployment?: Reference;
}) {
  if (!configuration) return null;
  return (
    <Section
      id="configuration"
      title="Default configuration"
      note={deployment ? <Ref to={deployment} /> : undefined}
    >
      <ConfigurationTable configuration={configuration} />
    </Section>
  );
}

export function ConfigurationTable({ configuration: c }: { configuration: ConfigurationModel }) {
  return (
    <FactsTable
      rows={[
        { label: 'Disabled', value: c.disabled ? 'true' : 'false' },
        { label: 'Cron schedule', value: c.cron, mono: true },
        { label: 'Earliest time', value: c.earliest, mono: true },
        { label: 'Latest time', value: c.latest, mono: true },
        { label: 'Schedule window', value: c.scheduleWindow, mono: true },
        { label: 'Creates a finding (notable)', value: c.createsFinding ? 'yes' : 'no' },
        { label: 'Rule title', value: c.createsFinding ? c.ruleTitle : undefined },
        { label: 'Rule description', value: c.createsFinding ? c.ruleDescription : undefined },
        {
          label: 'Finding fields',
          value: c.createsFinding && c.findingFields.length > 0 ? c.findingFields.join(', ') : undefined,
          mono: true,
        },
        { label: 'Creates a risk event', value: c.createsRiskEvent ? 'yes' : 'no' },
      ]}
    />
  );
}
