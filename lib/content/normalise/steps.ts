import type { Step } from '../model.ts';
import type { Fields } from './fields.ts';
import { optional } from './values.ts';

export function readSteps(fields: Fields, key: string): Step[] {
  return fields
    .maps(key)
    .map((step) => ({ text: step.text('text') ?? '', ...optional({ code: step.text('code') }) }));
}
