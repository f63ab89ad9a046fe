import type { ReactNode } from 'react';
import type { Detection } from '../../lib/content/model.ts';
import { Cve } from '../attack/links.tsx';
import { type FactRow, FactsTable } from '../content/facts-table.tsx';
import { Joined } from '../content/reference.tsx';
import { Section } from '../document/layout.tsx';

export function Annotations({ detection }: { detection: Detection }) {
  const rows: FactRow[] = [];
  const add = (label: string, items: ReactNode[]) => {
    if (items.length > 0) rows.push({ label, value: <Joined key={label} items={items} /> });
  };
  add('Kill chain', detection.killChainPhases);
  add('NIST', detection.nist);
  add('CIS', detection.cis);
  add(
    'CVE',
    detection.cves.map((cve) => <Cve key={cve} id={cve} />),
  );
  add('Asset type', detection.assetType ? [detection.assetType] : []);
  add('Security domain', detection.securityDomain ? [detection.securityDomain] : []);
  add('Threat groups', detection.threatGroups);
  if (rows.length === 0) return null;
  return (
    <Section id="annotations" title="Annotations">
      <FactsTable rows={rows} />
    </Section>
  );
}
