import * as is from './common.ts';

export const mitigation = is.object(
  {
    ...is.ownHead,
    platforms: is.filledList(is.text('Platform.'), 'Platforms it is for.'),
    mitre_mitigation_id: is.mitigationId('Mitigation of ATT&CK that it puts into practice.').optional(),
    mitre_attack_id: is.list(is.techniqueId('Technique.'), 'ATT&CK techniques that it works against.'),
    system: is.text('Product that enforces it.').optional(),
    minimum_versions: is.texts('Versions from which it works.').optional(),
    prerequisites: is.texts('Licences and settings that it takes.').optional(),
    configuration: is.steps('How to set it up.'),
  },
  'Mitigation policy.',
);
