import type { Trigger } from '../model.ts';
import { atomicUse } from './atomic-use.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { readSteps } from './steps.ts';
import { techniqueUses } from './techniques.ts';
import { references } from './values.ts';

export function readTrigger(fields: Fields): Trigger {
  return {
    ...readBase('trigger', fields),
    platforms: fields.texts('platforms'),
    techniques: techniqueUses(fields.texts('mitre_attack_id')),
    atomics: fields.texts('atomic_tests').map((guid) => atomicUse(guid.toLowerCase())),
    requirements: fields.texts('requirements'),
    steps: readSteps(fields, 'steps'),
    cleanup: readSteps(fields, 'cleanup'),
    detections: references(fields.texts('detections')),
  };
}
