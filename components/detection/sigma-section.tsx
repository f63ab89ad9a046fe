import { groupBy } from '../../lib/collections.ts';
import { capitalised, statusLabel } from '../../lib/content/labels.ts';
import type { SigmaRelation } from '../../lib/content/link/sigma-relations.ts';
import type { Detection } from '../../lib/content/model.ts';
import type { LoggingNeed } from '../../lib/sigma/logging/logging-needs.ts';
import { FactsTable } from '../content/facts-table.tsx';
import { Refs } from '../content/reference.tsx';
import { Table } from '../content/table.tsx';
import { Section } from '../document/layout.tsx';
import { Markdown } from '../text/markdown.tsx';

interface SigmaSectionProps {
  detection: Detection;
  relations: SigmaRelation[];
  logging: LoggingNeed[];
}

/** Where a Sigma rule looks, what has to be logged for it, and what its file says that SPL detections have no word for. */
export function SigmaSection({ detection, relations, logging }: SigmaSectionProps) {
  const { sigma } = detection;
  if (!sigma) return null;
  const { logsource } = sigma;
  return (
    <Section id="log-source" title="Log source">
      <FactsTable
        rows={[
          { label: 'Product', value: logsource.product },
          { label: 'Category', value: logsource.category },
          { label: 'Service', value: logsource.service },
          {
            label: 'Data Needed (Atomic Threat Coverage)',
            value: sigma.dataNeeded.join(', ') || undefined,
            mono: true,
          },
          {
            label: 'Its author asks for',
            value: logsource.definition ? <Markdown text={logsource.definition} /> : undefined,
          },
          { label: 'Level', value: sigma.level ? capitalised(sigma.level) : undefined },
          { label: 'Status', value: statusLabel(detection.status) },
          { label: 'Fields to show', value: sigma.fields.join(', ') || undefined, mono: true },
          { label: 'Tags', value: sigma.tags.join(', ') || undefined },
          ...[...groupBy(relations, (relation) => relation.label)].map(([label, group]) => ({
            label,
            value: <Refs to={group.map((relation) => relation.rule)} />,
          })),
        ]}
      />
      <Logging needs={logging} />
    </Section>
  );
}

/** The advanced audit policy, by category and subcategory. */
const AUDIT_POLICY =
  'https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/advanced-security-audit-policy-settings';

function Logging({ needs }: { needs: LoggingNeed[] }) {
  if (needs.length === 0) return null;
  return (
    <>
      <h3>Events that have to be logged</h3>
      <Table
        rows={needs}
        columns={[
          { title: 'Windows log', className: 'value', cell: ({ channels }) => channels.join(' or ') },
          { title: 'Events', className: 'mono', cell: ({ eventIds }) => eventIds.join(', ') },
          {
            title: 'What has to be on',
            cell: (need) => need.needs.map((text) => <div key={text}>{text}</div>),
          },
        ]}
      />
      <p className="remark">
        {needs.length > 1 ? 'Any one of these logs will do. ' : ''}From the rule’s log source and event IDs;{' '}
        <a href={AUDIT_POLICY} rel="noopener noreferrer">
          audit policy as Microsoft documents it
        </a>
        .
      </p>
    </>
  );
}
