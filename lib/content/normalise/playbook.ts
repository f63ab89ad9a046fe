import type { Playbook } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
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
    implementation: fields.text('how_to_implement') ?? '',
    fields: fields.texts('playbook_fields'),
    platformTags: fields.texts('platform_tags'),
    useCases: fields.texts('use_cases'),
    products: fields.texts('product'),
    defend: fields.texts('defend_technique_id'),
    stories: references(fields.texts('analytic_story')),
    detections: references(fields.texts('detections')),
  };
}
