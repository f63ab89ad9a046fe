import type { Investigation } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { optional, references } from './values.ts';

export function readInvestigation(file: Fields): Investigation {
  const fields = file.hoisting('tags');
  const declared = fields.texts('required_fields');
  return {
    ...readBase('investigation', file),
    search: fields.text('search') ?? '',
    forms: {},
    implementation: fields.text('how_to_implement') ?? '',
    falsePositives: fields.text('known_false_positives') ?? '',
    ...optional({ securityDomain: fields.text('security_domain') }),
    products: fields.texts('product'),
    ...(declared.length > 0 ? { declaredFields: declared } : {}),
    stories: references(fields.texts('analytic_story')),
    macros: [],
    lookups: [],
  };
}
