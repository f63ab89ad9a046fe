import { groupBy } from '../../lib/collections.ts';
import type { SigmaRelation } from '../../lib/content/link/sigma-relations.ts';
import type { Detection } from '../../lib/content/model.ts';
import { FactsTable } from '../content/facts-table.tsx';
import { Refs } from '../content/reference.tsx';
import { Section } from '../document/layout.tsx';

/** Where a Sigma rule looks, and what its file says that SPL detections have no word for. */
export function SigmaSection({ detection, relations }: { detection: Detection; relations: SigmaRelation[] }) {
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
          ...[...groupBy(relations, (relation) => relation.label)].map(([label, group]) => ({
            label,
            value: <Refs to={group.map((relation) => relation.rule)} />,
          })),
          { label: 'Licence', value: sigma.licence },
        ]}
      />
    </Section>
  );
}
