/** Splunk searches as stanzas of `savedsearches.conf` and as `tstats` over data models. */
import type { Expression } from '../rule/expression.ts';
import type { SigmaRule } from '../rule/model.ts';
import { CIM_GROUPS } from './pipelines/splunk.ts';
import { splunkParts } from './splunk.ts';

/** A value of a stanza is one line; a line break would end it. */
const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();

export function savedSearch(rule: SigmaRule, search: string): string {
  return [
    `[${oneLine(rule.title).replace(/[[\]]/g, '')}]`,
    `description = ${oneLine(rule.description ?? '')}`,
    'dispatch.earliest_time = -30d',
    'dispatch.latest_time = now',
    `search = ${oneLine(search)}`,
    '',
  ].join('\n');
}

/** What `search` cannot say is asked of the grouped rows, whose fields are those that are grouped by. */
export function tstatsSearch(expression: Expression, dataset: string): string {
  const { search, commands } = splunkParts(expression);
  const object = dataset.split('.')[1] ?? dataset;
  const groups = (CIM_GROUPS[dataset] ?? []).map((field) => `${object}.${field}`);
  const time = '| convert timeformat="%Y-%m-%dT%H:%M:%S" ctime';
  return [
    `| tstats summariesonly=false allow_old_summaries=true fillnull_value="null" count min(_time) as firstTime max(_time) as lastTime from datamodel=${dataset}`,
    ...(search === '' ? [] : [`where ${search}`]),
    `by ${groups.join(' ')}`,
    ...commands,
    `| rename ${object}.* as *`,
    `${time}(firstTime)`,
    `${time}(lastTime)`,
  ].join(' ');
}
