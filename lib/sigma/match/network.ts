import type { EventRecord, FieldValue } from '../../events/record.ts';
import type { Expression, Test } from '../rule/expression.ts';
import { ANY } from '../rule/pattern.ts';
import { type Atom, atomOf, keyOf, keywordValue, type TestedValue } from './atom.ts';
import { SigmaEvent } from './event.ts';
import { FieldIndex } from './field-index.ts';
import { IdList } from './id-list.ts';
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
/** Events after which the rules are called up by what was seen to be rare, not by what is rare as a rule. */
const LEARNT_FROM = 1024;
/** Events that the expectation weighs as much as. */
const EXPECTED_WEIGHT = 32;

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
  private always = new Int32Array(0);
  /** By atom: the rules that it calls up. */
  private calls: (Int32Array | undefined)[] = [];
  /** By atom: the event that it held in last, and for tests that are asked the event they were asked about. */
  private readonly held: Uint32Array;
  private readonly asked: Uint32Array;
  /** By atom: in how many of the first events it held. */
  private readonly seen: Uint32Array;
  /** By rule: the event that it was called up for. */
  private readonly called: Uint32Array;
  private readonly candidates = new IdList();
  private epoch = 0;
  private record: EventRecord | undefined;
  private event: SigmaEvent | undefined;
  private values: readonly FieldValue[] = [];

  /** Throws `PredicateError` for a value that cannot be tested. */
  constructor(private readonly rules: readonly NetworkRule[]) {
    this.conditions = rules.map(({ expression, fields }) => this.conditionOf(expression, renamer(fields)));
    this.callUp();
    this.held = new Uint32Array(this.atoms.length);
    this.asked = new Uint32Array(this.atoms.length);
    this.seen = new Uint32Array(this.atoms.length);
    this.called = new Uint32Array(rules.length);
  }

  /** Positions of the rules that hold, ascending. `values` are the record's, in the order of its layout. */
  matching(record: EventRecord, layout: Layout, values: readonly FieldValue[]): number[] {
    this.epoch += 1;
    this.record = record;
    this.event = undefined;
    this.values = values;
    this.candidates.count = 0;
    const binding = this.bindingTo(layout);
    // All that holds is noted before a rule is asked: one that this field calls up looks at others too.
    this.call(this.always);
    for (let at = 0; at < binding.length; at += 2) {
      const { name, presence, index } = this.slots[binding[at]!]!;
      const place = binding[at + 1]!;
      const value = place === METADATA ? this.current().value(name) : values[place];
      if (value === undefined) continue;
      this.hold(presence);
      if (typeof value === 'string') this.note(index.of(value));
      else for (const one of value) this.note(index.of(one));
    }
    if (this.keywords !== undefined) this.noteKeywords(this.keywords, record);
    const found: number[] = [];
    const { ids, count } = this.candidates;
    for (let at = 0; at < count; at += 1) {
      const rule = ids[at]!;
      if (this.conditions[rule]!()) found.push(rule);
    }
    if (this.epoch === LEARNT_FROM) this.learn();
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
  }

  private note({ ids, count }: IdList): void {
    for (let at = 0; at < count; at += 1) this.hold(ids[at]!);
  }

  private hold(atom: number): void {
    if (this.held[atom] === this.epoch) return;
    this.held[atom] = this.epoch;
    if (this.epoch <= LEARNT_FROM) this.seen[atom]! += 1;
    const rules = this.calls[atom];
    if (rules !== undefined) this.call(rules);
  }

  private call(rules: Int32Array): void {
    for (let at = 0; at < rules.length; at += 1) {
      const rule = rules[at]!;
      if (this.called[rule] === this.epoch) continue;
      this.called[rule] = this.epoch;
      this.candidates.add(rule);
    }
  }

  private noteKeywords(keywords: FieldIndex, { raw }: EventRecord): void {
    this.note(keywords.ofNew(raw));
    for (const value of this.values) {
      if (typeof value === 'string') this.note(keywords.of(value));
      else for (const one of value) this.note(keywords.of(one));
    }
  }

  /** Which atoms call which rules up, by what the atoms cost now. */
  private callUp(): void {
    const always: number[] = [];
    const calls: number[][] = [];
    for (const [rule, { expression, fields }] of this.rules.entries()) {
      const witness = witnessOf(expression, (test) => this.witnessOf(test, renamer(fields)));
      if (witness === undefined) always.push(rule);
      else
        for (const atom of witness.atoms) {
          const called = calls[atom];
          if (called === undefined) calls[atom] = [rule];
          else called.push(rule);
        }
    }
    this.always = Int32Array.from(always);
    this.calls = Array.from(this.atoms, (_, atom) => calls[atom] && Int32Array.from(calls[atom]));
  }

  private learn(): void {
    for (const [at, atom] of this.atoms.entries())
      atom.cost = (this.seen[at]! + atom.cost * EXPECTED_WEIGHT) / (LEARNT_FROM + EXPECTED_WEIGHT);
    for (const { asked } of this.atoms)
      if (asked?.required !== undefined) asked.required = this.alternatives(asked.required.atoms);
    this.callUp();
  }

  private alternatives(atoms: readonly number[]): Witness {
    return { atoms, cost: atoms.reduce((sum, id) => sum + this.atoms[id]!.cost, 0) };
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
      default:
        return this.joined(expression.kind === 'and', expression.items, rename);
    }
  }

  /** Atoms that are known once all is noted are looked at before what has to be worked out. */
  private joined(all: boolean, items: readonly Expression[], rename: (field: string) => string): Condition {
    const known: number[] = [];
    const others: Condition[] = [];
    for (const item of items) {
      const id = item.kind === 'test' ? this.knownAtom(item, rename) : undefined;
      if (id === undefined) others.push(this.conditionOf(item, rename));
      else known.push(id);
    }
    return () => {
      for (let at = 0; at < known.length; at += 1)
        if ((this.held[known[at]!] === this.epoch) !== all) return !all;
      for (let at = 0; at < others.length; at += 1) if (others[at]!() !== all) return !all;
      return all;
    };
  }

  /** The atom of a test whose answer is known without asking. */
  private knownAtom(test: Test, rename: (field: string) => string): number | undefined {
    if (test.value.kind === 'null') return undefined;
    if (test.value.kind === 'exists')
      return test.value.exists ? this.slotNamed(rename(test.field ?? '')).presence : undefined;
    const id = this.atomFor(test, rename);
    return this.atoms[id]!.asked === undefined ? id : undefined;
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
    const presence = (): Witness => this.alternatives([this.slotNamed(rename(field ?? '')).presence]);
    if (value.kind === 'null') return undefined;
    if (value.kind === 'exists') return value.exists ? presence() : undefined;
    const id = this.atomFor(test, rename);
    const { asked } = this.atoms[id]!;
    if (asked === undefined) return this.alternatives([id]);
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
    const asked: Asked = {
      atom,
      slot,
      required: required && this.alternatives(required),
      answers: new Map(),
    };
    return this.atoms.push({ cost: PRESENCE_COST, asked }) - 1;
  }

  private slotNamed(name: string): Slot {
    return this.slots[this.slotNumber(name)]!;
  }

  private slotNumber(name: string): number {
    let slot = this.slotOf.get(name);
    if (slot === undefined) {
      const presence = this.atoms.push({ cost: PRESENCE_COST, asked: undefined }) - 1;
      slot = this.slots.push({ name, index: new FieldIndex(), presence }) - 1;
      this.slotOf.set(name, slot);
    }
    return slot;
  }
}

const renamer =
  (fields: ReadonlyMap<string, string>) =>
  (field: string): string =>
    fields.get(field) ?? field;
