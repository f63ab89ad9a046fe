/** Which fields a step may set and which it reads, for reports and for running only the steps that some fields need. */
import type { Step } from './steps.ts';

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

/** Fields that a step may set. Columns and pairs of names that only an event knows are not among them. */
export function targets(step: Step): readonly string[] {
  if ('alias' in step) return Object.keys(step.alias);
  if ('set' in step) return Object.keys(step.set);
  if ('map' in step) return [step.map];
  if ('derive' in step) return [step.derive];
  if ('join' in step) return [step.join];
  if ('columns' in step) return step.columns.filter((name) => name !== '');
  if ('match' in step)
    return [...step.match.source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, name = '']) => name);
  return [];
}

/** The part of a step that may change one of the fields; undefined where none of it does. */
function partFor(step: Step, needed: ReadonlySet<string>): Step | undefined {
  if ('alias' in step || 'set' in step) {
    const kind = 'alias' in step ? 'alias' : 'set';
    const own: Readonly<Record<string, string | readonly string[]>> = 'alias' in step ? step.alias : step.set;
    const kept = Object.entries(own).filter(([name]) => needed.has(name));
    return kept.length === 0 ? undefined : ({ ...step, [kind]: Object.fromEntries(kept) } as Step);
  }
  if ('pairs' in step) return [...needed].some((name) => name.startsWith(step.pairs)) ? step : undefined;
  if ('drop' in step) return step.drop.some((name) => needed.has(name)) ? step : undefined;
  return targets(step).some((name) => needed.has(name)) ? step : undefined;
}

function inputs(step: Step): readonly string[] {
  const conditions = Object.keys(step.when ?? {});
  if ('alias' in step) return [...conditions, ...Object.values(step.alias).flatMap(list)];
  if ('pairs' in step) return [...conditions, step.keys, step.values];
  return 'from' in step ? [...conditions, ...list(step.from)] : conditions;
}

/** The steps, in order, that decide some fields, and every field that they read on the way, the given ones included. */
export function stepsFor(
  steps: readonly Step[],
  fields: Iterable<string>,
): { steps: Step[]; needed: ReadonlySet<string> } {
  const needed = new Set(fields);
  for (;;) {
    const before = needed.size;
    const kept = steps.flatMap((step) => partFor(step, needed) ?? []);
    for (const step of kept) for (const name of inputs(step)) needed.add(name);
    if (needed.size === before) return { steps: kept, needed };
  }
}

/**
 * Without the steps that change nothing of an event that has first fields of these names and no others: conditions on
 * fields that it cannot have, values from such fields, targets that it has already.
 */
export function stepsThatAct(steps: readonly Step[], present: ReadonlySet<string>): Step[] {
  const possible = new Set([...present, '_raw']);
  // What a step takes away, a later one may set again.
  const certain = steps.some((step) => 'drop' in step) ? new Set<string>() : present;
  let kept: Step[] = [];
  for (;;) {
    const before = possible.size;
    kept = steps.flatMap((step) => acting(step, possible, certain) ?? []);
    for (const step of kept) {
      for (const name of targets(step)) possible.add(name);
      // Names that only an event knows: any may be there then.
      if ('pairs' in step) return [...steps];
    }
    if (possible.size === before) return kept;
  }
}

function acting(step: Step, possible: ReadonlySet<string>, certain: ReadonlySet<string>): Step | undefined {
  if (Object.keys(step.when ?? {}).some((name) => !possible.has(name))) return undefined;
  const has = (name: string) => possible.has(name);
  const open = (name: string) => step.override === true || !certain.has(name);
  if ('alias' in step) {
    const kept = Object.entries(step.alias).filter(([name, from]) => open(name) && list(from).some(has));
    return kept.length === 0 ? undefined : { ...step, alias: Object.fromEntries(kept) };
  }
  if ('pairs' in step) return has(step.keys) && has(step.values) ? step : undefined;
  if ('from' in step && !list(step.from).some(has)) return undefined;
  return 'drop' in step || targets(step).some(open) ? step : undefined;
}
