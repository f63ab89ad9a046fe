import type { SourceType } from '../source-type.ts';
import { targets } from '../step-fields.ts';
import type { QuickKind } from './quick-kinds.ts';
import type { Source } from './shape.ts';

/** Names that a source type's steps set or take away. */
interface StepNames {
  set: ReadonlySet<string>;
  /** Of those, the ones that are set whether they are there or not. */
  overridden: ReadonlySet<string>;
  dropped: ReadonlySet<string>;
}

/** Undefined where only an event knows them. */
function namesOfSteps({ steps }: SourceType): StepNames | undefined {
  if (steps.some((step) => 'pairs' in step)) return undefined;
  return {
    set: new Set(steps.flatMap(targets)),
    overridden: new Set(steps.filter(({ override }) => override === true).flatMap(targets)),
    dropped: new Set(steps.flatMap((step) => ('drop' in step ? step.drop : []))),
  };
}

const NO_STEPS: StepNames = { set: new Set(), overridden: new Set(), dropped: new Set() };
const ofTypes = new WeakMap<SourceType, StepNames | undefined>();

function stepNames(type: SourceType | undefined): StepNames | undefined {
  if (type === undefined) return NO_STEPS;
  if (!ofTypes.has(type)) ofTypes.set(type, namesOfSteps(type));
  return ofTypes.get(type);
}

/** What is known of the fields of every event of a kind, before one is read. */
export interface QuickNames {
  /** All names that its fields may have. */
  possible: ReadonlySet<string>;
  /** Whether every event has the field. */
  certain(name: string): boolean;
  /** Where a field of every event comes from that no step changes. */
  unchanged(name: string): Source | undefined;
}

const ofKinds = new WeakMap<QuickKind, QuickNames | undefined>();

/** Undefined where only an event knows the names of its fields. */
export function quickNames(kind: QuickKind): QuickNames | undefined {
  if (!ofKinds.has(kind)) ofKinds.set(kind, namesOfKind(kind));
  return ofKinds.get(kind);
}

function namesOfKind({ shape, type }: QuickKind): QuickNames | undefined {
  const steps = stepNames(type);
  if (steps === undefined) return undefined;
  const { set, overridden, dropped } = steps;
  const certain = (name: string) => shape.fields.has(name) && !dropped.has(name);
  return {
    possible: new Set([...shape.fields.keys(), ...set, ...(type?.eventTypes === undefined ? [] : ['tag'])]),
    certain,
    unchanged: (name) =>
      certain(name) && !overridden.has(name) ? (shape.fields.get(name) ?? undefined) : undefined,
  };
}
