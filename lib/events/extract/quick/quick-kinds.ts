import { isExtracted, LogRecord, type Origin } from '../../log-record.ts';
import { encode } from '../../read/bytes.ts';
import type { Layout, MadeText } from '../../read/format.ts';
import { isObject } from '../../read/unwrap.ts';
import type { EventRecord } from '../../record.ts';
import type { SourceType } from '../source-type.ts';
import { type Shape, shapeOf, shapeOfLayout } from './shape.ts';
import { MadeSlots, Slots, type SlotText, SlotTree, type Token } from './slots.ts';
import { jsonTokens, type Tokenizer, xmlTokens } from './tokens.ts';
import { type Typing, typingOf } from './typing.ts';

/** Events of one source type whose texts differ in their values alone. */
export interface QuickKind {
  shape: Shape;
  type: SourceType | undefined;
}

/** A kind of text with all that was found out about it; `plain` where it is to be read the plain way. */
type Texts = Known | 'plain';

interface Known {
  shape: Shape;
  typings: Map<string, Typing>;
  kinds: Map<SourceType | undefined, QuickKind>;
}

const knownFrom = (shape: Shape): Known => ({ shape, typings: new Map(), kinds: new Map() });

/** A form of texts: how it is cut, and the kinds met. */
class Form {
  readonly met: Texts[] = [];
  private readonly tree: SlotTree;

  constructor(
    private readonly slots: Slots,
    private readonly tokenize: Tokenizer,
    private readonly trimmed: boolean,
  ) {
    this.tree = new SlotTree(slots);
  }

  /** The kind of the text in the slots, and the places of its values there. */
  textsOf(): Texts {
    const { tree } = this;
    const leaf = tree.find();
    if (leaf >= 0) return this.met[leaf]!;
    if (tree.full) return 'plain';
    const tokens = this.tokens();
    const made = tokens === undefined ? -1 : tree.learn(tokens);
    if (tokens === undefined || made < 0) return 'plain';
    const shape =
      this.tokenize === jsonTokens && isExtracted(JSON.parse(this.slots.text))
        ? undefined
        : shapeOf(this.slots, tokens, this.trimmed);
    this.met[made] = shape === undefined ? 'plain' : knownFrom(shape);
    // Found again, so that the places of its values are where a reader looks for them.
    return tree.find() === made ? this.met[made]! : 'plain';
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

const NOWHERE: Origin = {};

/** Tells the kinds of one event after another, and where their values are. */
export class QuickKinds {
  /** The event that was looked at last. */
  slots: SlotText;
  /** The same where its values stand in bytes. */
  bytes: Slots | undefined;
  /** What the file says of that event. */
  origin: Origin = NOWHERE;
  private readonly read = new Slots();
  private readonly made = new MadeSlots();
  private readonly madeTexts = new Map<Layout, Known | undefined>();
  private readonly forms = {
    json: new Form(this.read, jsonTokens, false),
    xml: new Form(this.read, xmlTokens, false),
    trimmedXml: new Form(this.read, xmlTokens, true),
  };
  private record: EventRecord | undefined;
  private kind: QuickKind | undefined;

  constructor() {
    this.slots = this.read;
  }

  /** Undefined: the event is to be read the plain way. Asked again about the same event it answers at once. */
  of(record: EventRecord): QuickKind | undefined {
    if (record !== this.record) {
      this.record = undefined;
      this.kind = this.look(record);
      // Where the values are that a text is made of is known until another is looked at, by whomever.
      if (this.slots === this.read) this.record = record;
    }
    return this.kind;
  }

  /** Every kind met. */
  *all(): Generator<QuickKind> {
    for (const { met } of Object.values(this.forms))
      for (const texts of met) if (texts !== 'plain') yield* texts.kinds.values();
    for (const texts of this.madeTexts.values()) if (texts !== undefined) yield* texts.kinds.values();
  }

  private look(record: EventRecord): QuickKind | undefined {
    this.slots = this.read;
    const seen = record instanceof LogRecord ? record.peek() : undefined;
    if (seen === undefined) return undefined;
    const { content, trimmed, origin } = seen;
    const made = typeof content === 'object' && 'layout' in content ? content : undefined;
    const laidOut = made === undefined ? undefined : this.madeTextsOf(made);
    const texts =
      laidOut ?? this.textsOf(made?.text() ?? (content as Exclude<typeof content, MadeText>), trimmed);
    if (texts === 'plain') return undefined;
    this.slots = laidOut === undefined ? this.read : this.made;
    this.bytes = laidOut === undefined ? this.read : undefined;
    this.origin = origin;
    const key = origin.sourcetype ?? '';
    let typing = texts.typings.get(key);
    if (typing === undefined) {
      typing = typingOf(texts.shape, origin.sourcetype);
      texts.typings.set(key, typing);
    }
    const type = typing(this.slots);
    let kind = texts.kinds.get(type);
    if (kind === undefined) {
      kind = { shape: texts.shape, type };
      texts.kinds.set(type, kind);
    }
    return kind;
  }

  /** Of a text that is not made yet; undefined where it has to be made to tell. */
  private madeTextsOf(made: MadeText): Known | undefined {
    const layout = made.layout();
    if (layout === undefined) return undefined;
    this.made.take(made);
    const known = this.madeTexts.get(layout);
    if (known !== undefined || this.madeTexts.has(layout)) return known;
    const shape = shapeOfLayout(layout);
    const texts = shape === undefined ? undefined : knownFrom(shape);
    this.madeTexts.set(layout, texts);
    return texts;
  }

  private textsOf(content: Uint8Array | string, trimmed: boolean): Texts {
    const { read, forms } = this;
    if (!read.take(content)) return 'plain';
    const { bytes, length } = read;
    const first = bytes[0];
    const last = bytes[length - 1];
    if (first === OPEN && last === CLOSE) return trimmed ? 'plain' : forms.json.textsOf();
    const xml = first === LESS && last === GREATER && EVENT.every((byte, at) => bytes[at] === byte);
    if (!xml || !AFTER_EVENT.has(bytes[EVENT.length]!)) return 'plain';
    return (trimmed ? forms.trimmedXml : forms.xml).textsOf();
  }
}

const OPEN = 0x7b;
const CLOSE = 0x7d;
const LESS = 0x3c;
const GREATER = 0x3e;
const EVENT = encode('<Event');
const AFTER_EVENT: ReadonlySet<number> = new Set([GREATER, 0x20, 0x09, 0x0a, 0x0d]);
