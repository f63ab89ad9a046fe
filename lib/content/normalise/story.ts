/** An analytic story. Tactics, techniques and data sources follow from its detections, when those are linked. */
import type { Story } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { optional } from './values.ts';

export function readStory(file: Fields): Story {
  const fields = file.hoisting('tags');
  return {
    ...readBase('story', file),
    narrative: fields.text('narrative') ?? '',
    categories: fields.texts('category'),
    products: fields.texts('product'),
    ...optional({ usecase: fields.text('usecase') }),
    cves: fields.texts('cve').map((id) => id.toUpperCase()),
    threatGroups: fields.texts('threat_group', 'group'),
    detections: [],
    baselines: [],
    investigations: [],
    tactics: [],
    techniques: [],
    dataSources: [],
  };
}
