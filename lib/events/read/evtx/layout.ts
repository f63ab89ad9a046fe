/**
 * Records of one log mostly differ in their values alone: same templates, same values absent. Such records share a
 * layout, so that whoever knows where a layout has a field reads that value and needs no text.
 */
import type { Layout } from '../format.ts';
import type { ChunkXml } from './binxml.ts';
import type { Plan, Template } from './plan.ts';
import { type Filling, print } from './print.ts';
import { ARRAY, BINXML_TYPE, NARROW_TYPE, NULL_TYPE, printValue, SID_TYPE, WIDE_TYPES } from './values.ts';

/** Values of one record that are followed, and templates within one another. */
const MOST_VALUES = 1024;
const MOST_NESTED = 8;
/** Beyond these no more is learnt: a damaged log may have a new template in each event. */
const MOST_TEMPLATES = 4_000;
const MOST_WAYS = 100_000;
/** The widest value that is read whatever length is stated for it. */
const WIDEST = 16;

/** What there is of a value. The text of an empty one is empty; that of a filled one has more than blanks. */
const ABSENT = 0;
const EMPTY = 1;
const FILLED = 2;
const NESTED = 3;
/** An array, or a text of blanks, which is no field in some places and one in others. */
const OTHER = -1;

/** A template in a record: its values' place in the record's table, and the value that holds it (-1: none). */
interface Part {
  template: Template;
  first: number;
  count: number;
  holder: number;
}

/** A step of the way along templates and states of values; at its end is a layout. */
class Way {
  readonly byTemplate = new Map<Template, Way>();
  readonly byState: (Way | undefined)[] = [undefined, undefined, undefined, undefined];
  layout: LogLayout | undefined;
}

/** Templates and layouts of one file, and the values of the record that was looked at last. */
export class Layouts {
  private readonly templates = new Map<string, Template>();
  private readonly start = new Way();
  private ways = 1;
  private chunk: ChunkXml | undefined;
  private readonly types = new Uint8Array(MOST_VALUES);
  private readonly places = new Int32Array(MOST_VALUES);
  private readonly lengths = new Int32Array(MOST_VALUES);
  /** The last value that was read of each slot. */
  private readonly last = new Array<string>(MOST_VALUES).fill('');
  private size = 0;
  private parts: Part[] = [];

  /**
   * The same template for the same plan: each chunk of a file has definitions of its own. A plan with values in it is
   * of its chunk alone.
   */
  template(plan: Plan): Template {
    if (plan.some((piece) => typeof piece === 'object' && piece.kind === 'instance'))
      return { plan, ofChunk: true };
    const key = JSON.stringify(plan);
    const known = this.templates.get(key);
    if (known !== undefined) return known;
    const template = { plan, ofChunk: false };
    if (this.templates.size < MOST_TEMPLATES) this.templates.set(key, template);
    return template;
  }

  /**
   * Finds the values of the fragment in `[at, end)`. True where it is nothing but a template with values that can be
   * printed, which are templates again or plain; anything else, damage too, is for the renderer.
   */
  take(chunk: ChunkXml, at: number, end: number): boolean {
    this.chunk = chunk;
    this.size = 0;
    this.parts = [];
    try {
      return this.fragment(chunk, at, end, 0, -1);
    } catch {
      return false;
    }
  }

  /** Layout of the record that was taken last; undefined where its text has a shape of its own. */
  layout(): Layout | undefined {
    let way = this.start;
    for (const { template, first, count } of this.parts) {
      let next = way.byTemplate.get(template);
      if (next === undefined) {
        next = this.newWay();
        if (next === undefined) return undefined;
        way.byTemplate.set(template, next);
      }
      way = next;
      for (let slot = first; slot < first + count; slot++) {
        const state = this.state(slot);
        if (state === OTHER) return undefined;
        next = way.byState[state];
        if (next === undefined) {
          next = this.newWay();
          if (next === undefined) return undefined;
          way.byState[state] = next;
        }
        way = next;
      }
    }
    way.layout ??= new LogLayout(
      this.parts,
      Uint8Array.from({ length: this.size }, (_, slot) => this.state(slot)),
    );
    return way.layout;
  }

  /** A value of the record that was taken last. */
  value(slot: number): string {
    const { chunk, types, places, lengths, last } = this;
    if (chunk === undefined) return '';
    const before = last[slot]!;
    const type = types[slot]!;
    // Half the values of a log repeat the event before: the same text again costs no memory and no hash.
    if (WIDE_TYPES.has(type) && isWide(chunk.view, places[slot]!, lengths[slot]!, before)) return before;
    const text = printValue(type, chunk.view, places[slot]!, lengths[slot]!);
    last[slot] = text;
    return text;
  }

  private newWay(): Way | undefined {
    if (this.ways >= MOST_WAYS) return undefined;
    this.ways += 1;
    return new Way();
  }

  private fragment(chunk: ChunkXml, from: number, end: number, depth: number, holder: number): boolean {
    const { view } = chunk;
    let at = view.getUint8(from) === 0x0f ? from + 4 : from;
    if (view.getUint8(at) !== 0x0c || depth > MOST_NESTED) return false;
    const offset = view.getUint32(at + 6, true);
    const { template, end: after } = chunk.template(offset, depth);
    if (template.ofChunk) return false;
    at += 10;
    if (offset === at) at = after;
    const count = view.getUint32(at, true);
    at += 4;
    const first = this.size;
    if (first + count > MOST_VALUES) return false;
    let data = at + 4 * count;
    for (let slot = first; slot < first + count; slot++, at += 4) {
      const bytes = view.getUint16(at, true);
      this.types[slot] = view.getUint8(at + 2);
      this.places[slot] = data;
      this.lengths[slot] = bytes;
      data += bytes;
    }
    if (data + WIDEST > view.byteLength) return false;
    if (data < end && view.getUint8(data) !== 0) return false;
    this.size += count;
    this.parts.push({ template, first, count, holder });
    for (let slot = first; slot < first + count; slot++) {
      const bytes = this.lengths[slot]!;
      if (bytes === 0) continue;
      const type = this.types[slot]!;
      const place = this.places[slot]!;
      if (type === BINXML_TYPE) {
        if (!this.fragment(chunk, place, place + bytes, depth + 1, slot)) return false;
        // A count in it says how much is read.
      } else if ((type & ~ARRAY) === SID_TYPE) {
        if (type !== SID_TYPE || 8 + 4 * view.getUint8(place + 1) > bytes) return false;
      }
    }
    return true;
  }

  private state(slot: number): number {
    const type = this.types[slot]!;
    const bytes = this.lengths[slot]!;
    if (bytes === 0 || type === NULL_TYPE) return ABSENT;
    if (type === BINXML_TYPE) return NESTED;
    if ((type & ARRAY) !== 0) return OTHER;
    const wide = WIDE_TYPES.has(type);
    if (!wide && type !== NARROW_TYPE) return FILLED;
    const { view } = this.chunk!;
    const place = this.places[slot]!;
    const first = !wide ? view.getUint8(place) : bytes > 1 ? view.getUint16(place, true) : 0;
    if (first > 0x20 && first < 0x80) return FILLED;
    const text = this.value(slot);
    return text === '' ? EMPTY : text.trim() === '' ? OTHER : FILLED;
  }
}

/** Whether the bytes are the text in UTF-16, and no more than that. */
function isWide(view: DataView, at: number, bytes: number, text: string): boolean {
  if (text.length * 2 !== bytes) return false;
  for (let unit = text.length - 1; unit >= 0; unit--)
    if (text.charCodeAt(unit) !== view.getUint16(at + 2 * unit, true)) return false;
  return true;
}

class LogLayout implements Layout {
  constructor(
    private readonly parts: readonly Part[],
    private readonly states: Uint8Array,
  ) {}

  marked(mark: (slot: number) => string): string {
    const out: string[] = [];
    this.part(this.parts[0]!, mark, out);
    return out.join('');
  }

  private part({ template, first, count }: Part, mark: (slot: number) => string, out: string[]): void {
    const stateOf = (id: number) => (id < count ? this.states[first + id]! : ABSENT);
    const filling: Filling = {
      absent: (id) => stateOf(id) === ABSENT,
      members: () => undefined,
      print: (id, _attribute, into) => {
        const state = stateOf(id);
        if (state === FILLED) into.push(mark(first + id));
        else if (state === NESTED)
          this.part(this.parts.find(({ holder }) => holder === first + id)!, mark, into);
      },
      // Plans with values in them have no layout.
      instance: () => undefined,
    };
    print(template.plan, filling, out);
  }
}
