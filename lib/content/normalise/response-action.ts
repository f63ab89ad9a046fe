import type { ResponseAction } from '../model.ts';
import { type Stage, stages } from '../model-operations.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { optional, references } from './values.ts';

export function readResponseAction(fields: Fields): ResponseAction {
  const stage = readStage(fields);
  return {
    ...readBase('response_action', fields),
    ...(stage ? { stage } : {}),
    ...optional({ category: fields.text('category') }),
    automation: fields.texts('automation'),
    requirements: fields.texts('requirements'),
    dataSources: references(fields.texts('data_sources')),
    workflow: fields.text('workflow') ?? '',
    playbooks: [],
  };
}

/** Undefined where the file has none of the six. */
export function readStage(fields: Fields): Stage | undefined {
  const written = fields.text('stage')?.toLowerCase();
  return stages.find((stage) => stage === written);
}
