import type { FieldValue } from '../../record.ts';
import { firstFields } from '../first-fields.ts';
import type { Content, SourceType } from '../source-type.ts';
import { typesNamed, typesToTry } from '../source-types.ts';
import { type Shape, type Source, sourceValue } from './shape.ts';
import type { SlotText } from './slots.ts';

/** Tells the source type of the text in `slots`. */
export type Typing = (slots: SlotText) => SourceType | undefined;

/**
 * Source types that texts of one shape may have. Most are ruled out by which fields there are, once for all such texts;
 * those that look at a value or at the text are asked each time.
 */
export function typingOf(shape: Shape, sourcetype: string | undefined): Typing {
  const { tried, otherwise } = typesToTry(sourcetype === undefined ? undefined : typesNamed(sourcetype));
  const asked: SourceType[] = [];
  let last: () => SourceType | undefined = otherwise;
  for (const type of tried) {
    const answer = constantAnswer(type, shape);
    if (answer === false) continue;
    if (answer === true) {
      last = () => type;
      break;
    }
    asked.push(type);
  }
  if (asked.length === 0) return last;
  let seen: { slots: SlotText; content: Content; fields: ShapeFields } | undefined;
  /** What was found for the text before. */
  let found: { type: SourceType | undefined } | undefined;
  return (slots) => {
    // One for all texts: a map of its own for each would be most of the work.
    if (seen?.slots !== slots) {
      const fields = new ShapeFields(shape, slots);
      const { form } = shape;
      seen = {
        slots,
        fields,
        content: {
          get raw() {
            fields.onWhole();
            return slots.text;
          },
          fields,
          form,
        },
      };
    } else if (found !== undefined && seen.fields.sameAsBefore()) return found.type;
    const { content } = seen;
    seen.fields.renew();
    found = undefined;
    found = { type: asked.find((type) => type.recognise?.(content) === true) ?? last() };
    return found.type;
  };
}

/** Whether the type recognises every text of the shape or none; undefined where values or the text decide. */
function constantAnswer(type: SourceType, shape: Shape): boolean | undefined {
  let looked = false;
  const fields = new AskedFields(shape, () => {
    looked = true;
  });
  const content: Content = {
    get raw() {
      looked = true;
      return '';
    },
    fields,
    form: shape.form,
  };
  const answer = type.recognise?.(content) === true;
  return looked ? undefined : answer;
}

/** Knows which fields there are, and says when a value is asked for that differs from text to text. */
class AskedFields extends Map<string, FieldValue> {
  constructor(
    private readonly shape: Shape,
    private readonly onValue: () => void,
  ) {
    super();
  }

  override has(name: string): boolean {
    return this.shape.given.has(name);
  }

  override get(name: string): FieldValue | undefined {
    const source = this.shape.given.get(name);
    if (source === undefined) return undefined;
    if (source !== null && typeof source === 'object' && 'always' in source) return source.always;
    this.onValue();
    return '';
  }

  override get size(): number {
    return this.shape.given.size;
  }

  override [Symbol.iterator](): MapIterator<[string, FieldValue]> {
    this.onValue();
    return super[Symbol.iterator]();
  }

  override entries(): MapIterator<[string, FieldValue]> {
    this.onValue();
    return super.entries();
  }

  override values(): MapIterator<FieldValue> {
    this.onValue();
    return super.values();
  }

  override keys(): MapIterator<string> {
    this.onValue();
    return super.keys();
  }

  override forEach(): void {
    this.onValue();
  }
}

/** First fields of the text in the slots, each worked out when it is asked for. */
class ShapeFields extends Map<string, FieldValue> {
  private whole: Map<string, FieldValue> | undefined;
  /** More than some values decided, so that every text has to be looked at. */
  private wholeAsked = false;
  /** The values that were asked for, and what they were. */
  private readonly asked: { source: Source; value: FieldValue }[] = [];

  constructor(
    private readonly shape: Shape,
    private readonly slots: SlotText,
  ) {
    super();
  }

  /** The slots have another text. */
  renew(): void {
    this.whole = undefined;
    this.wholeAsked = false;
    this.asked.length = 0;
  }

  onWhole(): void {
    this.wholeAsked = true;
  }

  /** Whether all that was asked about the text before is the same of the one in the slots. */
  sameAsBefore(): boolean {
    if (this.wholeAsked) return false;
    for (const { source, value } of this.asked)
      if (sourceValue(this.shape, source, this.slots) !== value) return false;
    return true;
  }

  override has(name: string): boolean {
    return this.shape.given.has(name);
  }

  override get(name: string): FieldValue | undefined {
    const source: Source | null | undefined = this.shape.given.get(name);
    if (source === undefined) return undefined;
    if (source === null) return this.all().get(name);
    const value = sourceValue(this.shape, source, this.slots);
    this.asked.push({ source, value });
    return value;
  }

  override get size(): number {
    return this.shape.given.size;
  }

  override [Symbol.iterator](): MapIterator<[string, FieldValue]> {
    return this.all()[Symbol.iterator]();
  }

  override entries(): MapIterator<[string, FieldValue]> {
    return this.all().entries();
  }

  override values(): MapIterator<FieldValue> {
    return this.all().values();
  }

  override keys(): MapIterator<string> {
    return this.all().keys();
  }

  override forEach(each: (value: FieldValue, name: string, map: Map<string, FieldValue>) => void): void {
    this.all().forEach(each);
  }

  private all(): Map<string, FieldValue> {
    const { text } = this.slots;
    this.onWhole();
    this.whole ??= firstFields(
      'auto',
      text,
      this.shape.form === 'json' ? JSON.parse(text) : undefined,
      new Map(),
    );
    return this.whole;
  }
}
