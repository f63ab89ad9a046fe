import { mitigationName } from '../../attack/techniques.ts';
import type { Mitigation } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { readSteps } from './steps.ts';
import { techniqueUses } from './techniques.ts';
import { optional } from './values.ts';

export function readMitigation(fields: Fields): Mitigation {
  const id = fields.text('mitre_mitigation_id')?.toUpperCase();
  return {
    ...readBase('mitigation', fields),
    platforms: fields.texts('platforms'),
    ...(id ? { attack: { id, ...optional({ name: mitigationName(id) }) } } : {}),
    techniques: techniqueUses(fields.texts('mitre_attack_id')),
    ...optional({ system: fields.text('system') }),
    minimumVersions: fields.texts('minimum_versions'),
    prerequisites: fields.texts('prerequisites'),
    configuration: readSteps(fields, 'configuration'),
    detections: [],
  };
}
