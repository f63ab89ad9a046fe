import type { Playbook } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { readStage } from './response-action.ts';
import { techniqueUses } from './techniques.ts';
import { optional, references } from './values.ts';

export function readPlaybook(file: Fields): Playbook {
  const fields = file.hoisting('tags');
  return {
    ...readBase('playbook', file),
    ...optional({
      playbook: fields.text('playbook'),
      playbookType: fields.text('playbook_type'),
      type: fields.text('type'),
      vpeType: fields.text('vpe_type'),
    }),
    apps: fields.texts('app_list'),
    implementation: fields.text('how_to_implement', 'workflow') ?? '',
    fields: fields.texts('playbook_fields'),
    platformTags: fields.texts('platform_tags'),
    useCases: fields.texts('use_cases'),
    products: fields.texts('product'),
    defend: fields.texts('defend_technique_id'),
    techniques: techniqueUses(fields.texts('mitre_attack_id')),
    ...optional({
      severity: fields.text('severity'),
      tlp: fields.text('tlp'),
      pap: fields.text('pap'),
    }),
    tags: file.map('tags') ? [] : file.texts('tags'),
    stages: file.maps('stages').flatMap((entry) => {
      const stage = readStage(entry);
      if (!stage) return [];
      const actions = references(entry.texts('actions'));
      return [{ stage, ...optional({ note: entry.text('note') }), actions }];
    }),
    stories: references(fields.texts('analytic_story')),
    detections: references(fields.texts('detections')),
  };
}
