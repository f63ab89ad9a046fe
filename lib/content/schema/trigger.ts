import * as is from './common.ts';

export const trigger = is.object(
  {
    ...is.ownHead,
    platforms: is.filledList(is.text('Platform.'), 'Platforms it runs on.'),
    mitre_attack_id: is.list(is.techniqueId('Technique.'), 'ATT&CK techniques that it carries out.'),
    atomic_tests: is
      .list(is.uuid('GUID of a test.'), 'Tests of Atomic Red Team that do the same.')
      .optional(),
    requirements: is.texts('Rights and tools that it takes.').optional(),
    steps: is.steps('How to carry it out.').optional(),
    cleanup: is.steps('How to undo it.').optional(),
    detections: is.texts('Names of the detections that it makes fire.').optional(),
  },
  'Trigger: how to make a detection fire.',
);
