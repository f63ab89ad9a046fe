/**
 * Some fields of many events without extracting all of each: events of one kind differ in their values alone, so which
 * value of the text is which field is found out once per kind, and of a source type's steps only those run that the
 * fields asked for depend on. What it gives is what `fieldOf` gives; a text that it does not know its way in is left to
 * the plain extraction.
 */
import { defaultField, defaultFields } from '../../default-fields.ts';
import { isExtracted, LogRecord, type Origin } from '../../log-record.ts';
import { encode } from '../../read/bytes.ts';
import type { Layout, MadeText } from '../../read/format.ts';
import { isObject } from '../../read/unwrap.ts';
import { type EventRecord, type FieldValue, fieldOf, METADATA_FIELDS } from '../../record.ts';
import { metadataSources, ownHost, ownSource, ownTime, TIME_WITHIN } from '../own-metadata.ts';
import type { SourceType } from '../source-type.ts';
import { stepsFor, stepsThatAct, targets } from '../step-fields.ts';
import { condition, plan } from '../steps.ts';
import { type Shape, type Source, shapeOf, shapeOfLayout, sourceValue } from './shape.ts';
import { MadeSlots, Slots, type SlotText, SlotTree, type Token } from './slots.ts';
import { jsonTokens, type Tokenizer, xmlTokens } from './tokens.ts';
import { type Typing, typingOf } from './typing.ts';

/** A field as a table holds it: time as a number, whatever is absent as null. */
export type Cell = FieldValue | number | null;

/** A kind of text with all that was found out about it; `plain` where it is to be read the plain way. */
type Kind = Known | 'plain';

interface Known {
  shape: Shape;
  typings: Map<string, Typing>;
  types: Set<SourceType | undefined>;
}

/** A form of texts: how it is cut, and the kinds met. */
class Form {
  readonly kinds: Kind[] = [];
  private readonly tree: SlotTree;

  constructor(
    private readonly slots: Slots,
    private readonly tokenize: Tokenizer,
    private readonly trimmed: boolean,
  ) {
    this.tree = new SlotTree(slots);
  }

  /** The kind of the text in the slots, and the places of its values there. */
  kindOf(): Kind {
    const { tree } = this;
    const leaf = tree.find();
    if (leaf >= 0) return this.kinds[leaf]!;
    if (tree.full) return 'plain';
    const tokens = this.tokens();
    const made = tokens === undefined ? -1 : tree.learn(tokens);
    if (tokens === undefined || made < 0) return 'plain';
    const shape =
      this.tokenize === jsonTokens && isExtracted(JSON.parse(this.slots.text))
        ? undefined
        : shapeOf(this.slots, tokens, this.trimmed);
    this.kinds[made] = shape === undefined ? 'plain' : kindFrom(shape);
    // Found again, so that the places of its values are where a reader looks for them.
    return tree.find() === made ? this.kinds[made]! : 'plain';
  }

  private tokens(): Token[] | undefined {
    if (this.tokenize !== jsonTokens) return this.tokenize(this.slots);
    try {
      return isObject(JSON.parse(this.slots.text)) ? this.tokenize(this.slots) : undefined;
    } catch {
      return undefined;
    }
  }
}

const kindFrom = (shape: Shape): Known => ({ shape, typings: new Map(), types: new Set() });

/** Reads fields of events; what it learns of their kinds serves every later reading. */
export class QuickFields {
  private readonly slots = new Slots();
  private readonly madeSlots = new MadeSlots();
  private readonly madeKinds = new Map<Layout, Known | undefined>();
  private readonly forms = {
    json: new Form(this.slots, jsonTokens, false),
    xml: new Form(this.slots, xmlTokens, false),
    trimmedXml: new Form(this.slots, xmlTokens, true),
  };

  /** Says of one record after another what it has under these names, in their order; the list is used again. */
  reading(names: readonly string[], onPlain: (record: EventRecord) => void): (record: EventRecord) => Cell[] {
    const cells: Cell[] = names.map(() => null);
    const programs = new Map<Shape, Map<SourceType | undefined, Program | undefined>>();
    const plain = (record: EventRecord): Cell[] => {
      onPlain(record);
      for (let at = 0; at < names.length; at += 1) cells[at] = cellOf(record, names[at]!);
      return cells;
    };
    return (record) => {
      const seen = record instanceof LogRecord ? record.peek() : undefined;
      if (seen === undefined) return plain(record);
      const { content, origin, trimmed } = seen;
      const made = typeof content === 'object' && 'layout' in content ? content : undefined;
      const laidOut = made === undefined ? undefined : this.madeKind(made);
      const kind =
        laidOut ?? this.kindOf(made?.text() ?? (content as Exclude<typeof content, MadeText>), trimmed);
      if (kind === 'plain') return plain(record);
      const slots = laidOut === undefined ? this.slots : this.madeSlots;
      const type = typeIn(kind, origin.sourcetype, slots);
      let ofShape = programs.get(kind.shape);
      if (ofShape === undefined) {
        ofShape = new Map();
        programs.set(kind.shape, ofShape);
      }
      let program = ofShape.get(type);
      if (program === undefined && !ofShape.has(type)) {
        program = programFor(kind.shape, type, names);
        ofShape.set(type, program);
      }
      if (program === undefined) return plain(record);
      program(slots, origin, cells);
      return cells;
    };
  }

  /** Whether an event that was read quickly may have the field. */
  mayHave(name: string): boolean {
    const kinds = [...Object.values(this.forms).map((form) => form.kinds), this.madeKinds.values()];
    for (const some of kinds) {
      for (const kind of some) {
        if (kind === undefined || kind === 'plain') continue;
        if (kind.shape.fields.has(name)) return true;
        for (const type of kind.types) if (type !== undefined && maySet(type, name)) return true;
      }
    }
    return false;
  }

  /** The kind of a text that is not made yet; undefined where it has to be made to tell. */
  private madeKind(made: MadeText): Known | undefined {
    const layout = made.layout();
    if (layout === undefined) return undefined;
    this.madeSlots.take(made);
    const known = this.madeKinds.get(layout);
    if (known !== undefined || this.madeKinds.has(layout)) return known;
    const shape = shapeOfLayout(layout);
    const kind = shape === undefined ? undefined : kindFrom(shape);
    this.madeKinds.set(layout, kind);
    return kind;
  }

  private kindOf(content: Uint8Array | string, trimmed: boolean): Kind {
    const { slots, forms } = this;
    if (!slots.take(content)) return 'plain';
    const { bytes, length } = slots;
    const first = bytes[0];
    const last = bytes[length - 1];
    if (first === OPEN && last === CLOSE) return trimmed ? 'plain' : forms.json.kindOf();
    const xml = first === LESS && last === GREATER && EVENT.every((byte, at) => bytes[at] === byte);
    if (!xml || !AFTER_EVENT.has(bytes[EVENT.length]!)) return 'plain';
    return (trimmed ? forms.trimmedXml : forms.xml).kindOf();
  }
}

const OPEN = 0x7b;
const CLOSE = 0x7d;
const LESS = 0x3c;
const GREATER = 0x3e;
const EVENT = encode('<Event');
const AFTER_EVENT: ReadonlySet<number> = new Set([GREATER, 0x20, 0x09, 0x0a, 0x0d]);

function typeIn(kind: Known, sourcetype: string | undefined, slots: SlotText) {
  const { shape, typings, types } = kind;
  const key = sourcetype ?? '';
  let typing = typings.get(key);
  if (typing === undefined) {
    typing = typingOf(shape, sourcetype);
    typings.set(key, typing);
  }
  const type = typing(slots);
  types.add(type);
  return type;
}

function maySet(type: SourceType, name: string): boolean {
  return (
    name === 'tag' ||
    type.steps.some(
      (step) => targets(step).includes(name) || ('pairs' in step && name.startsWith(step.pairs)),
    )
  );
}

function cellOf(record: EventRecord, name: string): Cell {
  return name === '_time' ? record.time : (fieldOf(record, name) ?? null);
}

/** Fills the cells from the text in the slots. */
type Program = (slots: SlotText, origin: Origin, cells: Cell[]) => void;

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

/** Undefined where a value that is needed is not one of the text's values as they stand. */
function programFor(
  shape: Shape,
  type: SourceType | undefined,
  names: readonly string[],
): Program | undefined {
  const named = names.some((name) => DEFAULTS.has(name)) ? [...names, '_time'] : names;
  const wanted = new Set(named.filter((name) => !METADATA.has(name)));
  if (type !== undefined)
    for (const name of named) for (const from of metadataSources(name, type)) wanted.add(from);
  const sliced = type === undefined ? undefined : stepsFor(type.steps, [...wanted, ...(type.key ?? [])]);
  const steps = stepsThatAct(sliced?.steps ?? [], new Set(shape.fields.keys()));
  const sources: [string, Source][] = [];
  for (const name of sliced?.needed ?? wanted) {
    const source = shape.fields.get(name);
    if (source === null) return undefined;
    if (source !== undefined) sources.push([name, source]);
  }
  const rawRead = sliced?.needed.has('_raw') === true;
  const run = steps.length === 0 ? undefined : plan(steps, type?.key);
  const eventTypes = (type?.eventTypes ?? []).map(({ name, tags = [], when }) => ({
    name,
    tags,
    holds: condition(when),
  }));
  const types = names.includes('eventtype') || names.includes('tag') ? eventTypes : [];
  return (slots, origin, cells) => {
    const fields = new Map<string, FieldValue>();
    for (const [name, source] of sources) fields.set(name, sourceValue(shape, source, slots));
    run?.(fields, rawRead ? slots.text : '');
    const held =
      types.length === 0 ? NO_TYPES : types.filter(({ holds }) => holds === undefined || holds(fields));
    if (held.length > 0) addTags(fields, held);
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at]!;
      switch (name) {
        case '_raw':
          cells[at] = slots.text;
          break;
        case '_time':
          cells[at] = ownTime(type, fields, () => slots.head(TIME_WITHIN));
          break;
        case 'host':
          cells[at] = origin.host ?? ownHost(type, fields);
          break;
        case 'source':
          cells[at] = ownSource(type, fields, { stated: origin.source, file: origin.name });
          break;
        case 'sourcetype':
          cells[at] = origin.sourcetype ?? type?.sourcetype ?? 'unknown';
          break;
        case 'index':
          cells[at] = origin.index ?? 'main';
          break;
        case 'eventtype': {
          const own = origin.eventtype ?? held.map((one) => one.name);
          cells[at] = own.length === 0 ? null : own;
          break;
        }
        default:
          cells[at] =
            fields.get(name) ??
            (DEFAULTS.has(name)
              ? defaultField(
                  { time: ownTime(type, fields, () => slots.head(TIME_WITHIN)), raw: slots.text },
                  name,
                )
              : undefined) ??
            null;
      }
    }
  };
}
