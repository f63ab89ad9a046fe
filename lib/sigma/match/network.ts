import type { EventRecord, FieldValue } from '../../events/record.ts';
import type { Expression, Test } from '../rule/expression.ts';
import { ANY } from '../rule/pattern.ts';
import { type Atom, atomOf, keyOf, keywordValue, type TestedValue } from './atom.ts';
import { SigmaEvent } from './event.ts';
import { FieldIndex, type Found } from './field-index.ts';
import { ABSENT, type Layout, METADATA } from './layout.ts';
import { literalCost, PRESENCE_COST, type Witness, witnessOf } from './witness.ts';

/** One rule of a network: what has to hold, and the names that its fields have in the network's events. */
export interface NetworkRule {
  expression: Expression;
  fields: ReadonlyMap<string, string>;
}

/** Asks whether a rule holds for the event that the network is at. */
type Condition = () => boolean;

/** A field of the network's rules. */
interface Slot {
  name: string;
  index: FieldIndex;
  /** Atom that holds where the field is there. */
  presence: number;
  /** Rules that its presence calls up. */
  calls: Int32Array;
}

interface Asked {
  /** Atoms of which one holds where the answer is yes; absent where nothing can be said. */
  required: Witness | undefined;
  atom: Extract<Atom, { literal?: undefined }>;
  /** Undefined: a keyword. */
  slot: number | undefined;
  /** Value → answer, where the value alone decides. */
  answers: Map<string, boolean>;
}

/** Distinct values per asked test of which the answer is kept. */
const MOST_ANSWERS = 10_000;

/**
 * Many rules over one kind of event. Tests are shared: each distinct one is an atom. For every field one index finds the
 * atoms that hold of a value in one pass, and what it found is kept for values that come again. Of an event's atoms,
 * those that a rule cannot do without (its witnesses) call the rule up; only then is its condition evaluated, over atoms
 * whose answer is known already. The rules that hold are the ones that hold when each is asked by itself.
 */
export class Network {
  private readonly slots: Slot[] = [];
  private readonly slotOf = new Map<string, number>();
  private readonly atomOf = new Map<string, number>();
  private readonly atoms: { cost: number; asked: Asked | undefined }[] = [];
  private keywords: FieldIndex | undefined;
  private readonly conditions: readonly Condition[];
  private readonly always: Int32Array;
  /** By atom: the event that it held in last, and for tests that are asked the event they were asked about. */
  private readonly held: Uint32Array;
  private readonly asked: Uint32Array;
  /** By rule: the event that it was called up for. */
  private readonly called: Uint32Array;
  private epoch = 0;
  private record: EventRecord | undefined;
  private event: SigmaEvent | undefined;
  private values: readonly FieldValue[] = [];
  private binding: Int32Array = new Int32Array(0);

  /** Throws `PredicateError` for a value that cannot be tested. */
  constructor(rules: readonly NetworkRule[]) {
    const witnesses: (Witness | undefined)[] = [];
    this.conditions = rules.map(({ expression, fields }) => {
      const rename = (field: string): string => fields.get(field) ?? field;
      witnesses.push(witnessOf(expression, (test) => this.witnessOf(test, rename)));
      return this.conditionOf(expression, rename);
    });
    this.held = new Uint32Array(this.atoms.length);
    this.asked = new Uint32Array(this.atoms.length);
    this.called = new Uint32Array(rules.length);
    const always: number[] = [];
    const calls = new Map<number, number[]>();
    for (const [rule, witness] of witnesses.entries()) {
      if (witness === undefined) always.push(rule);
      else
        for (const atom of witness.atoms) {
          const called = calls.get(atom);
          if (called === undefined) calls.set(atom, [rule]);
          else called.push(rule);
        }
    }
    this.always = Int32Array.from(always);
    for (const slot of this.slots) {
      slot.calls = Int32Array.from(calls.get(slot.presence) ?? []);
      slot.index.close(calls);
    }
    this.keywords?.close(calls);
  }

  /** Positions of the rules that hold, ascending. `values` are the record's, in the order of its layout. */
  matching(record: EventRecord, layout: Layout, values: readonly FieldValue[]): number[] {
    this.epoch += 1;
    this.record = record;
    this.event = undefined;
    this.values = values;
    this.binding = this.bindingTo(layout);
    // All that holds is noted before a rule is asked: one that this field calls up looks at others too.
    const calls: Int32Array[] = this.always.length > 0 ? [this.always] : [];
    for (let at = 0; at < this.binding.length; at += 2) {
      const slot = this.slots[this.binding[at]!]!;
      const value = this.valueAt(slot, this.binding[at + 1]!);
      if (value === undefined) continue;
      this.held[slot.presence] = this.epoch;
      if (slot.calls.length > 0) calls.push(slot.calls);
      if (typeof value === 'string') this.note(slot.index.of(value), calls);
      else for (const one of value) this.note(slot.index.of(one), calls);
    }
    if (this.keywords !== undefined) this.noteKeywords(this.keywords, record, calls);
    const found: number[] = [];
    for (const rules of calls) {
      for (let at = 0; at < rules.length; at += 1) {
        const rule = rules[at]!;
        if (this.called[rule] === this.epoch) continue;
        this.called[rule] = this.epoch;
        if (this.conditions[rule]!()) found.push(rule);
      }
    }
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
  }

  private note({ hits, calls }: Found, all: Int32Array[]): void {
    for (let at = 0; at < hits.length; at += 1) this.held[hits[at]!] = this.epoch;
    if (calls.length > 0) all.push(calls);
  }

  private noteKeywords(keywords: FieldIndex, { raw }: EventRecord, calls: Int32Array[]): void {
    this.note(keywords.ofNew(raw), calls);
    for (const value of this.values) {
      if (typeof value === 'string') this.note(keywords.of(value), calls);
      else for (const one of value) this.note(keywords.of(one), calls);
    }
  }

  /** Pairs of slot and place in the layout, of the fields that its events have. */
  private bindingTo(layout: Layout): Int32Array {
    let binding = layout.bindings.get(this);
    if (binding === undefined) {
      const pairs = this.slots.flatMap(({ name }, slot) => {
        const place = layout.positionOf(name);
        return place === ABSENT ? [] : [slot, place];
      });
      binding = Int32Array.from(pairs);
      layout.bindings.set(this, binding);
    }
    return binding;
  }

  private valueAt(slot: Slot, place: number): FieldValue | undefined {
    return place === METADATA ? this.current().value(slot.name) : this.values[place];
  }

  private current(): SigmaEvent {
    this.event ??= new SigmaEvent(this.record!);
    return this.event;
  }

  private conditionOf(expression: Expression, rename: (field: string) => string): Condition {
    switch (expression.kind) {
      case 'test':
        return this.testCondition(expression, rename);
      case 'not': {
        const item = this.conditionOf(expression.item, rename);
        return () => !item();
      }
      default: {
        const items = expression.items.map((item) => this.conditionOf(item, rename));
        const all = expression.kind === 'and';
        return () => {
          for (let at = 0; at < items.length; at += 1) if (items[at]!() !== all) return !all;
          return all;
        };
      }
    }
  }

  private testCondition(test: Test, rename: (field: string) => string): Condition {
    const { value } = test;
    if (value.kind === 'null' || value.kind === 'exists') {
      const wanted = value.kind === 'exists' && value.exists;
      const { presence } = this.slotNamed(rename(test.field ?? ''));
      return () => (this.held[presence] === this.epoch) === wanted;
    }
    const id = this.atomFor(test, rename);
    const { asked } = this.atoms[id]!;
    if (asked === undefined) return () => this.held[id] === this.epoch;
    return () => {
      if (this.asked[id] !== this.epoch) {
        this.asked[id] = this.epoch;
        if (this.mayHold(asked) && this.ask(asked)) this.held[id] = this.epoch;
      }
      return this.held[id] === this.epoch;
    };
  }

  private mayHold({ required }: Asked): boolean {
    return required?.atoms.some((atom) => this.held[atom] === this.epoch) ?? true;
  }

  private ask(asked: Asked): boolean {
    const event = this.current();
    const values = asked.slot === undefined ? event.all() : event.values(this.slots[asked.slot]!.name);
    if (values === undefined) return false;
    const { atom, answers } = asked;
    return values.texts.some((text, at) => {
      if (!atom.pure) return atom.ask.test(text, values.folded[at]!, event);
      let answer = answers.get(text);
      if (answer === undefined) {
        answer = atom.ask.test(text, values.folded[at]!, event);
        if (answers.size >= MOST_ANSWERS) answers.clear();
        answers.set(text, answer);
      }
      return answer;
    });
  }

  private witnessOf(test: Test, rename: (field: string) => string): Witness | undefined {
    const { value, field } = test;
    const presence = (): Witness => ({
      atoms: [this.slotNamed(rename(field ?? '')).presence],
      cost: PRESENCE_COST,
    });
    if (value.kind === 'null') return undefined;
    if (value.kind === 'exists') return value.exists ? presence() : undefined;
    const id = this.atomFor(test, rename);
    const { cost, asked } = this.atoms[id]!;
    if (asked === undefined) return { atoms: [id], cost };
    if (asked.required !== undefined) return asked.required;
    return field === undefined ? undefined : presence();
  }

  private atomFor(test: Test, rename: (field: string) => string): number {
    const written = test.field === undefined ? keywordValue(test) : (test.value as TestedValue);
    const value: TestedValue =
      written.kind === 'field' ? { ...written, field: rename(written.field) } : written;
    const slot = test.field === undefined ? undefined : this.slotNumber(rename(test.field));
    const key = `${slot ?? ''}\u0000${keyOf(value)}`;
    let id = this.atomOf.get(key);
    if (id === undefined) {
      id = this.addAtom(atomOf(value, test), slot);
      this.atomOf.set(key, id);
    }
    return id;
  }

  private addAtom(atom: Atom, slot: number | undefined): number {
    if (atom.literal !== undefined) {
      const { place, text } = atom.literal;
      const id =
        this.atoms.push({ cost: literalCost(text.length, place === 'equals'), asked: undefined }) - 1;
      if (slot === undefined) this.keywords ??= new FieldIndex();
      (slot === undefined ? this.keywords! : this.slots[slot]!.index).add(id, atom);
      return id;
    }
    const required = atom.ask.required?.map((text) => {
      const key = `${slot ?? ''}\u0000${keyOf({ kind: 'pattern', pattern: [ANY, text, ANY], cased: false })}`;
      let id = this.atomOf.get(key);
      if (id === undefined) {
        id = this.addAtom({ literal: { place: 'contains', text } }, slot);
        this.atomOf.set(key, id);
      }
      return id;
    });
    const cost = required?.reduce((sum, id) => sum + this.atoms[id]!.cost, 0) ?? PRESENCE_COST;
    const asked: Asked = {
      atom,
      slot,
      required: required && { atoms: required, cost },
      answers: new Map(),
    };
    return this.atoms.push({ cost, asked }) - 1;
  }

  private slotNamed(name: string): Slot {
    return this.slots[this.slotNumber(name)]!;
  }

  private slotNumber(name: string): number {
    let slot = this.slotOf.get(name);
    if (slot === undefined) {
      const presence = this.atoms.push({ cost: PRESENCE_COST, asked: undefined }) - 1;
      slot = this.slots.push({ name, index: new FieldIndex(), presence, calls: new Int32Array(0) }) - 1;
      this.slotOf.set(name, slot);
    }
    return slot;
  }
}
