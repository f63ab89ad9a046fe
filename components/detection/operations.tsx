import type { Detection, Reference } from '../../lib/content/model.ts';
import { FactsTable } from '../content/facts-table.tsx';
import { Refs } from '../content/reference.tsx';
import { Section } from '../document/layout.tsx';

/** How it is provoked, enriched, answered and made unnecessary, and for what it is used. */
export function Operations({ detection }: { detection: Detection }) {
  if (!hasOperations(detection)) return null;
  return (
    <Section id="operations" title="In operation">
      <FactsTable
        rows={groupsOf(detection).map(([label, references]) => ({
          label,
          value: references.length > 0 ? <Refs to={references} /> : undefined,
        }))}
      />
    </Section>
  );
}

export function hasOperations(detection: Detection): boolean {
  return groupsOf(detection).some(([, references]) => references.length > 0);
}

function groupsOf(detection: Detection): [label: string, references: Reference[]][] {
  return [
    ['Use cases', detection.useCases],
    ['Enrichment', detection.enrichments],
    ['Trigger', detection.triggers],
    ['Playbooks', detection.playbooks],
    ['Mitigations', detection.mitigations],
  ];
}
