/** Which schema a file is held against. */
import type { z } from 'zod';
import type { Recognised } from '../normalise/recognise.ts';
import { baselineG1, baselineG2, baselineG3 } from './baseline.ts';
import { dashboard, dashboardG3 } from './dashboard.ts';
import { dataNeeded, dataSource, dataSourceG3 } from './data-source.ts';
import { deploymentFile, schedule } from './deployment.ts';
import { detectionG1 } from './detection-g1.ts';
import { detectionG2 } from './detection-g2.ts';
import { detectionG3, removedContent } from './detection-g3.ts';
import { detectionSigma } from './detection-sigma.ts';
import { detectionSsa1, detectionSsa2, detectionSsa2Compiled } from './detection-ssa.ts';
import { enrichment } from './enrichment.ts';
import { investigation } from './investigation.ts';
import { loggingPolicy } from './logging-policy.ts';
import { lookupG1, lookupG2, lookupG3 } from './lookup.ts';
import { macro, macroG3 } from './macro.ts';
import { mitigation } from './mitigation.ts';
import { playbook } from './playbook.ts';
import { responseAction, responsePlaybook } from './response.ts';
import { storyG1, storyG2, storyG3 } from './story.ts';
import { trigger } from './trigger.ts';
import { customer, useCase } from './use-case.ts';

/** Every schema by a stable name: for validation here, and for editors as JSON Schema. */
export const schemas = {
  'detection-g1': detectionG1,
  'detection-g2': detectionG2,
  'detection-g3': detectionG3,
  'detection-ssa1': detectionSsa1,
  'detection-ssa2': detectionSsa2,
  'detection-ssa2-compiled': detectionSsa2Compiled,
  'detection-sigma': detectionSigma,
  'removed-content': removedContent,
  'story-g1': storyG1,
  'story-g2': storyG2,
  'story-g3': storyG3,
  'macro-g1': macro,
  'macro-g2': macro,
  'macro-g3': macroG3,
  'lookup-g1': lookupG1,
  'lookup-g2': lookupG2,
  'lookup-g3': lookupG3,
  'data_source-g1': dataSource,
  'data_source-g2': dataSource,
  'data_source-g3': dataSourceG3,
  'baseline-g1': baselineG1,
  'baseline-g2': baselineG2,
  'baseline-g3': baselineG3,
  'investigation-g1': investigation,
  'investigation-g2': investigation,
  'investigation-g3': investigation,
  'playbook-g1': playbook,
  'playbook-g2': playbook,
  'playbook-g3': playbook,
  'deployment-g1': deploymentFile,
  'deployment-g2': deploymentFile,
  'deployment-g3': schedule,
  'dashboard-g1': dashboard,
  'dashboard-g2': dashboard,
  'dashboard-g3': dashboardG3,
  data_needed: dataNeeded,
  'playbook-staged': responsePlaybook,
  logging_policy: loggingPolicy,
  trigger,
  enrichment,
  response_action: responseAction,
  mitigation,
  use_case: useCase,
  customer,
} as const satisfies Record<string, z.ZodObject>;

export type SchemaName = keyof typeof schemas;

/** Undefined for files that are no objects themselves. `has` tells the keys of the file, `status` is as written. */
export function schemaNameFor(
  recognised: Recognised,
  has: (key: string) => boolean,
  status: string | undefined,
): SchemaName | undefined {
  switch (recognised.kind) {
    case 'tests':
    case 'deprecations':
    case 'addresses':
      return undefined;
    case 'detection':
      if (status === 'removed') return 'removed-content';
      return recognised.shape === 'ssa2' && has('runtime')
        ? 'detection-ssa2-compiled'
        : `detection-${recognised.shape}`;
    // Kinds that no content repository has had before; they have one shape.
    case 'logging_policy':
    case 'trigger':
    case 'enrichment':
    case 'response_action':
    case 'mitigation':
    case 'use_case':
    case 'customer':
      return recognised.kind;
    default:
      if (recognised.kind === 'playbook' && has('stages')) return 'playbook-staged';
      if (recognised.kind === 'data_source' && has('channel') && !has('source')) return 'data_needed';
      return status === 'removed' ? 'removed-content' : `${recognised.kind}-g${recognised.generation}`;
  }
}
