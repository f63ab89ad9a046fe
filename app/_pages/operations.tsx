import { EnrichmentPage } from '../../components/content/enrichment-page.tsx';
import { LoggingPolicyPage } from '../../components/content/logging-policy-page.tsx';
import { MitigationPage } from '../../components/content/mitigation-page.tsx';
import { ResponseActionPage } from '../../components/content/response-pages.tsx';
import { TriggerPage } from '../../components/content/trigger-page.tsx';
import { CustomerPage, UseCasePage } from '../../components/content/use-case-pages.tsx';
import { capitalised } from '../../lib/content/labels.ts';
import type { TechniqueUse } from '../../lib/content/model.ts';
import { type Stage, stages } from '../../lib/content/model-operations.ts';
import type { PageGroup } from '../_site/pages.ts';
import { detectionsOf } from '../_site/site-catalog.ts';
import { count, description, kind, name } from './kind-pages.tsx';

const listed = (techniques: TechniqueUse[]) =>
  techniques
    .filter((use) => !use.implied)
    .map(({ id }) => id)
    .join(', ');

const stageOrder = (stage: Stage | undefined) => (stage ? stages.indexOf(stage) : stages.length);

const KINDS: PageGroup[] = [
  kind({
    kind: 'logging_policy',
    empty: 'No logging policy was found. Logging policies live in a folder called logging_policies.',
    objects: (catalog) => catalog.loggingPolicies,
    columns: [
      name(),
      { title: 'Platform', cell: (policy) => policy.platforms.join(', ') },
      { title: 'Without it', cell: (policy) => capitalised(policy.initialState ?? '') },
      { title: 'Event volume', cell: (policy) => capitalised(policy.eventVolume ?? '') },
      { title: 'Event ids', className: 'mono', cell: (policy) => policy.eventIds.join(', ') },
      { title: 'Detections', className: 'num', cell: (policy) => count(policy.detections.length) },
    ],
    page: (policy, catalog) => <LoggingPolicyPage policy={policy} dataSources={catalog.dataSourceBySlug} />,
  }),
  kind({
    kind: 'trigger',
    empty: 'No trigger was found. Triggers live in a folder called triggers.',
    objects: (catalog) => catalog.triggers,
    columns: [
      name(),
      { title: 'Platform', cell: (trigger) => trigger.platforms.join(', ') },
      { title: 'ATT&CK', className: 'mono', cell: (trigger) => listed(trigger.techniques) },
      { title: 'Atomic tests', className: 'num', cell: (trigger) => count(trigger.atomics.length) },
      { title: 'Detections', className: 'num', cell: (trigger) => count(trigger.detections.length) },
    ],
    page: (trigger) => <TriggerPage trigger={trigger} />,
  }),
  kind({
    kind: 'enrichment',
    empty: 'No enrichment was found. Enrichments live in a folder called enrichments.',
    objects: (catalog) => catalog.enrichments,
    columns: [
      name(),
      { title: 'New fields', className: 'mono', cell: (enrichment) => enrichment.newFields.join(', ') },
      { title: 'Detections', className: 'num', cell: (enrichment) => count(enrichment.detections.length) },
      description(),
    ],
    page: (enrichment) => <EnrichmentPage enrichment={enrichment} />,
  }),
  kind({
    kind: 'response_action',
    empty: 'No response action was found. Response actions live in a folder called response_actions.',
    objects: (catalog) =>
      [...catalog.responseActions].sort((a, b) => stageOrder(a.stage) - stageOrder(b.stage)),
    columns: [
      { title: 'Stage', className: 'tight', cell: (action) => capitalised(action.stage ?? '') },
      name(),
      { title: 'Acts on', cell: (action) => capitalised(action.category ?? '') },
      { title: 'Playbooks', className: 'num', cell: (action) => count(action.playbooks.length) },
      description(),
    ],
    page: (action) => <ResponseActionPage action={action} />,
  }),
  kind({
    kind: 'mitigation',
    empty: 'No mitigation was found. Mitigations live in a folder called mitigations.',
    objects: (catalog) => catalog.mitigations,
    columns: [
      name(),
      { title: 'Platform', cell: (mitigation) => mitigation.platforms.join(', ') },
      { title: 'Against', className: 'mono', cell: (mitigation) => listed(mitigation.techniques) },
      { title: 'Enforced by', cell: (mitigation) => mitigation.system },
      { title: 'Detections', className: 'num', cell: (mitigation) => count(mitigation.detections.length) },
    ],
    page: (mitigation) => <MitigationPage mitigation={mitigation} />,
  }),
  kind({
    kind: 'use_case',
    empty: 'No use case was found. Use cases live in a folder called use_cases.',
    objects: (catalog) => catalog.useCases,
    columns: [
      name(),
      { title: 'Detections', className: 'num', cell: (useCase) => count(useCase.detections.length) },
      { title: 'Customers', className: 'num', cell: (useCase) => count(useCase.customers.length) },
      description(),
    ],
    page: (useCase, catalog) => (
      <UseCasePage useCase={useCase} detections={detectionsOf(catalog, useCase.detections)} />
    ),
  }),
  kind({
    kind: 'customer',
    empty: 'No customer was found. Customers live in a folder called customers.',
    objects: (catalog) => catalog.customers,
    columns: [
      name(),
      { title: 'Use cases', className: 'num', cell: (customer) => count(customer.useCases.length) },
      { title: 'Detections', className: 'num', cell: (customer) => count(customer.detections.length) },
      { title: 'Without data', className: 'num', cell: (customer) => count(customer.blind.length) },
      description(),
    ],
    page: (customer, catalog) => (
      <CustomerPage customer={customer} detections={detectionsOf(catalog, customer.detections)} />
    ),
  }),
];

export const operationsPages: PageGroup = function* (catalog) {
  for (const pages of KINDS) yield* pages(catalog);
};
