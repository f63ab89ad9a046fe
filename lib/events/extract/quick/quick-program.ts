import { defaultField, defaultFields } from '../../default-fields.ts';
import type { Origin } from '../../log-record.ts';
import { type FieldMap, type FieldValue, GIVEN_FIELDS, METADATA_FIELDS } from '../../record.ts';
import { metadataSources, ownHost, ownSource, ownTime, TIME_WITHIN } from '../own-metadata.ts';
import { stepsFor, stepsThatAct } from '../step-fields.ts';
import { condition, plan } from '../steps.ts';
import type { QuickKind } from './quick-kinds.ts';
import { quickNames } from './quick-names.ts';
import { type Source, sourceValue } from './shape.ts';
import type { SlotText } from './slots.ts';

/** A field as a table holds it: time as a number, whatever is absent as null. */
export type Cell = FieldValue | number | null;

/** Fills the cells from the text in the slots. */
export type Program = (slots: SlotText, origin: Origin, cells: Cell[]) => void;

const METADATA: ReadonlySet<string> = new Set(METADATA_FIELDS);
const DEFAULTS: ReadonlySet<string> = new Set(defaultFields());

interface Holding {
  name: string;
  tags: readonly string[];
}

const NO_TYPES: readonly Holding[] = [];

function addTags(fields: Map<string, FieldValue>, held: readonly Holding[]): void {
  const tags = [...new Set(held.flatMap((one) => one.tags))];
  if (tags.length > 0 && !fields.has('tag')) fields.set('tag', tags.length === 1 ? tags[0]! : tags.sort());
}

/** Steps of the source type that some fields of such events depend on, and every field that is read on the way. */
export function actingSteps({ shape, type }: QuickKind, names: Iterable<string>) {
  const sliced = type === undefined ? undefined : stepsFor(type.steps, [...names, ...(type.key ?? [])]);
  return {
    steps: stepsThatAct(sliced?.steps ?? [], new Set(shape.fields.keys())),
    needed: sliced?.needed ?? new Set(names),
  };
}

/**
 * Cells of events of one kind, under these names and in their order. Undefined where a value that is needed is not one of
 * the text's values as they stand.
 */
export function programFor(kind: QuickKind, names: readonly string[]): Program | undefined {
  const { shape, type } = kind;
  const named = names.some((name) => DEFAULTS.has(name)) ? [...names, '_time'] : names;
  const wanted = new Set(named.filter((name) => !METADATA.has(name)));
  if (type !== undefined)
    for (const name of named) for (const from of metadataSources(name, type)) wanted.add(from);
  const { steps, needed } = actingSteps(kind, wanted);
  const sources = new Map<string, Source>();
  for (const name of needed) {
    const source = shape.fields.get(name);
    if (source === null) return undefined;
    if (source !== undefined) sources.set(name, source);
  }
  const eventTypes = (type?.eventTypes ?? []).map(({ name, tags = [], when }) => ({
    name,
    tags,
    holds: condition(when),
  }));
  const types = names.includes('eventtype') || names.includes('tag') ? eventTypes : [];
  const fill = fillersFor(names, kind);
  if (steps.length === 0 && types.length === 0) {
    let slots: SlotText;
    // No step changes a value: each is cut out of the text when it is asked for.
    const fields: Fields = {
      get(name) {
        const source = sources.get(name);
        return source === undefined ? undefined : sourceValue(shape, source, slots);
      },
    };
    return (given, origin, cells) => {
      slots = given;
      cells.fill(null);
      for (const { at, cell } of fill) cells[at] = cell(given, origin, fields, NO_TYPES);
    };
  }
  const rawRead = needed.has('_raw');
  const run = steps.length === 0 ? undefined : plan(steps, type?.key);
  return (slots, origin, cells) => {
    const fields = new Map<string, FieldValue>();
    for (const [name, source] of sources) fields.set(name, sourceValue(shape, source, slots));
    run?.(fields, rawRead ? slots.text : '');
    const held =
      types.length === 0 ? NO_TYPES : types.filter(({ holds }) => holds === undefined || holds(fields));
    if (held.length > 0) addTags(fields, held);
    cells.fill(null);
    for (const { at, cell } of fill) cells[at] = cell(slots, origin, fields, held);
  };
}

type Fields = Pick<FieldMap, 'get'>;
type Filler = (slots: SlotText, origin: Origin, fields: Fields, held: readonly Holding[]) => Cell;

/** Of many names that a scan asks for, an event may have a few: the others cost it nothing. */
function fillersFor(names: readonly string[], kind: QuickKind): { at: number; cell: Filler }[] {
  const possible = quickNames(kind)?.possible;
  const mayBe = (name: string) => possible === undefined || possible.has(name) || GIVEN_FIELDS.has(name);
  return names.flatMap((name, at) => (mayBe(name) ? { at, cell: fillerFor(name, kind) } : []));
}

function fillerFor(name: string, { type }: QuickKind): Filler {
  switch (name) {
    case '_raw':
      return (slots) => slots.text;
    case '_time':
      return (slots, _, fields) => ownTime(type, fields, () => slots.head(TIME_WITHIN));
    case 'host':
      return (_, origin, fields) => origin.host ?? ownHost(type, fields);
    case 'source':
      return (_, origin, fields) => ownSource(type, fields, { stated: origin.source, file: origin.name });
    case 'sourcetype':
      return (_, origin) => origin.sourcetype ?? type?.sourcetype ?? 'unknown';
    case 'index':
      return (_, origin) => origin.index ?? 'main';
    case 'eventtype':
      return (_slots, origin, _fields, held) => {
        const own = origin.eventtype ?? held.map((one) => one.name);
        return own.length === 0 ? null : own;
      };
    default:
      if (!DEFAULTS.has(name)) return (_slots, _origin, fields) => fields.get(name) ?? null;
      return (slots, _, fields) => {
        const own = fields.get(name);
        if (own !== undefined) return own;
        const time = ownTime(type, fields, () => slots.head(TIME_WITHIN));
        return defaultField({ time, raw: slots.text }, name) ?? null;
      };
  }
}
