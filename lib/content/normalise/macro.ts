import type { Macro } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';

export function readMacro(fields: Fields): Macro {
  return {
    ...readBase('macro', fields),
    definition: fields.text('definition') ?? '',
    arguments: fields.commaTexts('arguments'),
    macros: [],
    lookups: [],
    usedBy: [],
  };
}
