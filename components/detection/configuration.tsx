import type { Configuration as ConfigurationModel, Reference } from '../../lib/content/model.ts';
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
  const rows: [string, string | undefined, boolean?][] = [
    ['Disabled', c.disabled ? 'true' : 'false'],
    ['Cron schedule', c.cron, true],
    ['Earliest time', c.earliest, true],
    ['Latest time', c.latest, true],
    ['Schedule window', c.scheduleWindow, true],
    ['Creates a finding (notable)', c.createsFinding ? 'yes' : 'no'],
    ['Rule title', c.createsFinding ? c.ruleTitle : undefined],
    ['Rule description', c.createsFinding ? c.ruleDescription : undefined],
    [
      'Finding fields',
      c.createsFinding && c.findingFields.length > 0 ? c.findingFields.join(', ') : undefined,
      true,
    ],
    ['Creates a risk event', c.createsRiskEvent ? 'yes' : 'no'],
  ];
  return (
    <table className="facts">
      <tbody>
        {rows.map(([label, value, mono]) =>
          value === undefined ? null : (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className={mono ? 'mono' : undefined}>{value}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
