import { plainValue } from '../../events/plain-value.ts';
import type { EventRecord, FieldMap, FieldValue } from '../../events/record.ts';
import { isMetadata, nameInRecord, spellingsOf } from './event.ts';

/** Steps of the tree kept; a log whose every event has names of its own must not take all memory. */
const MOST_NODES = 100_000;

/** Where a field stands among an event's fields; `METADATA` where it is asked for by name, `ABSENT` where it is not. */
export const ABSENT = -1;
export const METADATA = -2;

/** The names of an event's fields, in order. Events of one source have few different ones, so places are worked out once. */
export class Layout {
  /** Places of fields by user (a set of rules' network): see `Network`. */
  readonly bindings = new WeakMap<object, Int32Array>();
  private readonly positions: ReadonlyMap<string, number>;
  private spellings: ReadonlyMap<string, string> | undefined;
  readonly channel: number;
  readonly eventId: number;
  readonly eventType: number;

  constructor(names: Iterable<string>) {
    const positions = new Map<string, number>();
    for (const name of names) positions.set(name, positions.size);
    this.positions = positions;
    this.channel = this.positionOf('Channel');
    this.eventId = this.positionOf('EventID');
    this.eventType = this.positionOf('EventType');
  }

  positionOf(field: string): number {
    if (isMetadata(field)) return METADATA;
    const name = nameInRecord(
      field,
      (one) => this.positions.has(one),
      () => {
        this.spellings ??= spellingsOf(this.positions.keys());
        return this.spellings;
      },
    );
    return name === undefined ? ABSENT : this.positions.get(name)!;
  }
}

class Step {
  /** The name that came first, and the step behind it: what nearly every event goes. */
  name: string | undefined;
  after: Step | undefined;
  others: Map<string, Step> | undefined;
  layout: Layout | undefined;
}

/** Finds the layout of an event while its values are laid out in order. */
export class Layouts {
  private root = new Step();
  private steps = 0;

  /** Fills `values` with the fields' values, in the order of their names. */
  read(record: EventRecord, values: FieldValue[]): Layout {
    const { fields } = record;
    let step: Step | undefined = this.root;
    let at = 0;
    for (const [name, value] of fields) {
      values[at++] = plainValue(record, value);
      if (step !== undefined) step = step.name === name ? step.after : this.next(step, name);
    }
    values.length = at;
    if (step === undefined) return this.unkept(fields);
    step.layout ??= new Layout(fields.keys());
    return step.layout;
  }

  private next(step: Step, name: string): Step | undefined {
    let next = step.others?.get(name);
    if (next !== undefined) return next;
    if (this.steps >= MOST_NODES) return undefined;
    this.steps += 1;
    next = new Step();
    if (step.name === undefined) {
      step.name = name;
      step.after = next;
    } else {
      step.others ??= new Map();
      step.others.set(name, next);
    }
    return next;
  }

  /** The tree is full: what it holds is of no use for such events, so it begins anew. */
  private unkept(fields: FieldMap): Layout {
    this.root = new Step();
    this.steps = 0;
    return new Layout(fields.keys());
  }
}
