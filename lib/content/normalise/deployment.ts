/** A deployment (generations 1 and 2) says by `type` what it applies to; a schedule (3) says it by its name. */
import type { Deployment } from '../model.ts';
import { readBase } from './base.ts';
import { readConfiguration } from './configuration.ts';
import type { Fields } from './fields.ts';

const eventTypes = ['TTP', 'Anomaly', 'Hunting', 'Correlation'];

export function readDeployment(fields: Fields): Deployment {
  const base = readBase('deployment', fields);
  return {
    ...base,
    appliesTo: appliesTo(fields, base.name),
    configuration: readConfiguration(fields),
    usedBy: 0,
  };
}

function appliesTo(fields: Fields, name: string): string[] {
  const types = fields.texts('type');
  if (types.length > 0) return types;
  if (/eventbaseddetection/i.test(name)) return eventTypes;
  return /baseline/i.test(name) ? ['Baseline'] : [];
}
