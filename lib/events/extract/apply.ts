import type { EventType, SourceType } from './source-type.ts';
import { type Condition, condition, type Fields, plan } from './steps.ts';

interface Ready {
  run: ReturnType<typeof plan>;
  eventTypes: { name: string; tags: readonly string[]; holds: Condition | undefined }[];
}

const readied = new WeakMap<SourceType, Ready>();

function ready(type: SourceType): Ready {
  const known = readied.get(type);
  if (known !== undefined) return known;
  const eventTypes = (type.eventTypes ?? []).map(({ name, when, tags = [] }: EventType) => ({
    name,
    tags,
    holds: condition(when),
  }));
  const made = { run: plan(type.steps, type.key), eventTypes };
  readied.set(type, made);
  return made;
}

/** Runs the source type's steps over the fields and adds `tag`; gives the names of the event types that hold. */
export function applySourceType(type: SourceType, fields: Fields, raw: string): string[] {
  const { run, eventTypes } = ready(type);
  run(fields, raw);
  const names: string[] = [];
  const tags: string[] = [];
  for (const { name, tags: own, holds } of eventTypes) {
    if (holds !== undefined && !holds(fields)) continue;
    names.push(name);
    for (const tag of own) if (!tags.includes(tag)) tags.push(tag);
  }
  if (tags.length > 0 && !fields.has('tag'))
    fields.set('tag', tags.length === 1 ? (tags[0] ?? '') : tags.sort());
  return names;
}
