import type { Customer, Detection, Reference, UseCase } from '../../lib/content/model.ts';
import { Section } from '../document/layout.tsx';
import { DetectionTable, summarise } from '../lists/detection-table.tsx';
import { ObjectPage } from './object-page.tsx';
import { RefList } from './reference.tsx';

interface UseCasePageProps {
  useCase: UseCase;
  /** Those that it names, as far as the catalog has them. */
  detections: Detection[];
}

export function UseCasePage({ useCase, detections }: UseCasePageProps) {
  return (
    <ObjectPage object={useCase} noun="Use case" list="Use cases">
      <Detections named={useCase.detections} detections={detections} />
      <References id="data-sources" title="Data needed" references={useCase.dataSources} />
      <References id="logging-policies" title="Logging policies" references={useCase.loggingPolicies} />
      <References id="customers" title="Customers" references={useCase.customers} />
    </ObjectPage>
  );
}

interface CustomerPageProps {
  customer: Customer;
  detections: Detection[];
}

export function CustomerPage({ customer, detections }: CustomerPageProps) {
  const collected = new Set(customer.collects.map(({ name }) => name));
  const missing = customer.dataSources.filter(({ name }) => !collected.has(name));
  return (
    <ObjectPage object={customer} noun="Customer" list="Customers">
      <References id="use-cases" title="Use cases" references={customer.useCases} />
      <References id="blind" title="Detections without the data they need" references={customer.blind} />
      <Detections named={customer.detections} detections={detections} />
      <References id="collects" title="Data it collects" references={customer.collects} />
      <References
        id="data-sources"
        title={customer.collects.length > 0 ? 'Data that its detections could use besides' : 'Data needed'}
        references={customer.collects.length > 0 ? missing : customer.dataSources}
      />
      <References id="logging-policies" title="Logging policies" references={customer.loggingPolicies} />
    </ObjectPage>
  );
}

function Detections({ named, detections }: { named: Reference[]; detections: Detection[] }) {
  const unknown = named.filter(({ slug }) => !slug);
  return (
    <Section id="detections" title="Detections" note={String(named.length)}>
      {named.length === 0 ? <p className="nothing">It has none.</p> : null}
      {detections.length > 0 ? <DetectionTable detections={detections.map(summarise)} /> : null}
      {unknown.length > 0 ? <RefList to={unknown} /> : null}
    </Section>
  );
}

function References({ id, title, references }: { id: string; title: string; references: Reference[] }) {
  if (references.length === 0) return null;
  return (
    <Section id={id} title={title} note={String(references.length)}>
      <RefList to={references} limit={20} />
    </Section>
  );
}
