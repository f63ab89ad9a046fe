import type { Detection } from '../../lib/content/model.ts';
import { FactsTable } from '../content/facts-table.tsx';
import { Section } from '../document/layout.tsx';

/** Where a Sigma rule looks, and what its file says that SPL detections have no word for. */
export function SigmaSection({ detection }: { detection: Detection }) {
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
          { label: 'Definition', value: logsource.definition },
          { label: 'Level', value: sigma.level },
          { label: 'Fields', value: sigma.fields.join(', ') || undefined },
          { label: 'Tags', value: sigma.tags.join(', ') || undefined },
          {
            label: 'Related rules',
            value: sigma.related.map((rule) => `${rule.id} (${rule.type})`).join(', ') || undefined,
          },
          { label: 'Licence', value: sigma.licence },
        ]}
      />
    </Section>
  );
}
